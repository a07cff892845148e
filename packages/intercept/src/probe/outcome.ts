import {
  CANCEL_CODES,
  CANCEL_OUTCOMES,
  CREATE_OUTCOMES,
  QUERY_CODES,
  QUERY_OUTCOMES,
  QUERY_RESULTS,
} from "@ksherproof/spec";
import type { ChildEnd } from "../child.js";
import { mismatch } from "./match.js";
import type { Outcome, OutcomeTable, ProbeOp } from "./script.js";

/** How an outcome was read: by the table, by its name in what was printed, from the gateway's answer, or from a failure. */
export type ReadBy = "table" | "word" | "answer" | "failure";

/** What a client told its caller; null where nothing that it did says it. */
export interface ToldOutcome {
  readonly outcome: Outcome;
  readonly by: ReadBy;
}

const WORDS: Readonly<Record<ProbeOp, readonly Outcome[]>> = {
  cancel: CANCEL_OUTCOMES,
  query: QUERY_OUTCOMES,
  create: CREATE_OUTCOMES,
};

/**
 * Reads what the client told its caller: the script's table decides; else a JSON member `outcome`, else the outcome's name
 * as a word of the last line; else the gateway's own answer, handed through; else, where the process failed, `unknown`.
 */
export function toldOutcome(op: ProbeOp, end: ChildEnd, table: OutcomeTable): ToldOutcome | null {
  const listed = table.find(
    ([outcome, match]) => WORDS[op].includes(outcome) && mismatch(match, end) === null,
  );
  if (listed) return { outcome: listed[0], by: "table" };
  const json = lastJson(end.stdout);
  const member = WORDS[op].find((one) => one === json?.outcome);
  if (member) return { outcome: member, by: "word" };
  const last = end.stdout.trim().split("\n").at(-1) ?? "";
  const named = WORDS[op].filter((one) => new RegExp(`(?<![\\w-])${one}(?![\\w-])`, "i").test(last));
  const [word] = named;
  if (json === null && word && named.length === 1) return { outcome: word, by: "word" };
  const handed = json === null ? null : answerOutcome(op, json);
  if (handed) return { outcome: handed, by: "answer" };
  return end.code !== 0 ? { outcome: "unknown", by: "failure" } : null;
}

/** The last JSON object that stands on a line of its own, or the whole text as one. */
function lastJson(text: string): Readonly<Record<string, unknown>> | null {
  const lines = text.trim().split("\n").reverse();
  for (const candidate of [text.trim(), ...lines]) {
    try {
      const value: unknown = JSON.parse(candidate);
      if (typeof value === "object" && value !== null && !Array.isArray(value))
        return value as Readonly<Record<string, unknown>>;
    } catch {
      // Not this one.
    }
  }
  return null;
}

function answerOutcome(op: ProbeOp, json: Readonly<Record<string, unknown>>): Outcome | null {
  const { code, data } = json;
  if (!Number.isInteger(code)) return null;
  if (op === "create") return code === 0 ? "created" : "rejected";
  if (op === "cancel") return CANCEL_CODES.find((entry) => entry.code === code)?.outcome ?? "unknown";
  if (code !== 0) return QUERY_CODES.find((entry) => entry.code === code)?.outcome ?? "unknown";
  const result = (data as { readonly result?: unknown } | null | undefined)?.result;
  return QUERY_RESULTS.find((entry) => entry.result === result)?.outcome ?? "unknown";
}
