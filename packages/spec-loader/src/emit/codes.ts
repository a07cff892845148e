import type { CodeRow, Specs } from "../model.js";
import { list, module, union } from "./module.js";

/** generated/codes.ts: what the gateway answers. */
export function codesModule({ codes }: Specs): string {
  const rows = (endpoint: string) => (codes.endpoints[endpoint] ?? []).map(row);
  return module("specs/codes.yaml", [
    list("The codes of cancel_order (RSP-002), success first.", "CANCEL_CODES", rows("cancel_order")),
    list(
      "The codes of gateway_order_query; with code 0 the signed result decides (QRY-005).",
      "QUERY_CODES",
      rows("gateway_order_query"),
    ),
    list("The codes of gateway_pay.", "CREATE_CODES", rows("gateway_pay")),
    list(
      "The values of `result` in a query's signed data (QRY-005).",
      "QUERY_RESULTS",
      codes.results.map(({ basis, source, ...rest }) => rest),
    ),
  ]);
}

function row({ data, basis, source, ...rest }: CodeRow): Record<string, unknown> {
  return data === null ? rest : { ...rest, data };
}

/** generated/outcomes.ts: what a caller may believe. */
export function outcomesModule({ outcomes }: Specs): string {
  const words = { cancel: "Cancel", query: "Query", notify: "Notify", create: "Create" } as const;
  const parts = Object.entries(words).map(([operation, word]) =>
    union(
      `What a caller may believe after ${operation}.`,
      `${word.toUpperCase()}_OUTCOMES`,
      `${word}Outcome`,
      outcomes.operations[operation as keyof typeof words].map(({ outcome }) => outcome),
    ),
  );
  const meanings = Object.entries(outcomes.operations).flatMap(([operation, rows]) =>
    rows.map((one) => ({ operation, ...one })),
  );
  return module("specs/outcomes.yaml", [
    ...parts,
    list("Every outcome of every operation, with its meaning and what to do.", "OUTCOMES", meanings),
  ]);
}
