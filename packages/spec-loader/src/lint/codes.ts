import type { Operation } from "../model.js";
import { type Lint, twins } from "./report.js";

const OPERATION_OF: Readonly<Record<string, Operation>> = {
  cancel_order: "cancel",
  gateway_order_query: "query",
  gateway_pay: "create",
};

/** Outcomes that no code gives: they come from what is wrong with an answer. */
const FROM_NO_CODE = ["unknown", "untrusted"];

/** Codes and results: each once, each with an outcome that there is, and no outcome without one. */
export function lintCodes(lint: Lint): void {
  const { codes, outcomes } = lint.specs;
  const given = new Set<string>();
  const known = (operation: Operation, outcome: string): boolean =>
    outcomes.operations[operation].some((row) => row.outcome === outcome);
  for (const [endpoint, rows] of Object.entries(codes.endpoints)) {
    const operation = OPERATION_OF[endpoint] ?? "cancel";
    const path = (index: number, name: string) => ["endpoints", endpoint, index, name];
    for (const { row, index } of twins(rows, ({ code }) => String(code)))
      lint.at("codes", path(index, "code"), `The code ${row.code} of ${endpoint} stands twice.`);
    rows.forEach((row, index) => {
      given.add(`${operation} ${row.outcome}`);
      if (!known(operation, row.outcome))
        lint.at(
          "codes",
          path(index, "outcome"),
          `There is no outcome ${row.outcome} of ${operation} in outcomes.yaml.`,
        );
      const success = endpoint === "cancel_order" && row.code === 0;
      if (success !== (row.data !== null))
        lint.at(
          "codes",
          path(index, "data"),
          "Only a success of cancel_order has a text as data; expected null elsewhere.",
        );
    });
  }
  for (const { row, index } of twins(codes.results, ({ result }) => result))
    lint.at("codes", ["results", index, "result"], `The result ${row.result} stands twice.`);
  codes.results.forEach(({ outcome }, index) => {
    given.add(`query ${outcome}`);
    if (!known("query", outcome))
      lint.at(
        "codes",
        ["results", index, "outcome"],
        `There is no outcome ${outcome} of query in outcomes.yaml.`,
      );
  });
  for (const operation of ["cancel", "query", "create"] as const)
    outcomes.operations[operation].forEach(({ outcome }, index) => {
      if (!FROM_NO_CODE.includes(outcome) && !given.has(`${operation} ${outcome}`))
        lint.at(
          "outcomes",
          ["operations", operation, index, "outcome"],
          `No code or result gives the outcome ${outcome}.`,
        );
    });
  for (const [operation, rows] of Object.entries(outcomes.operations))
    for (const { row, index } of twins(rows, ({ outcome }) => outcome))
      lint.at(
        "outcomes",
        ["operations", operation, index, "outcome"],
        `The outcome ${row.outcome} stands twice.`,
      );
}
