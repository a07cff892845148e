import { CANCEL_CODES, QUERY_RESULTS } from "../protocol.js";
import type { Operation } from "./client.js";

/** The words of write-an-adapter.md for each operation's outcome. */
export const OUTCOMES: Readonly<Record<"create" | "cancel" | "query" | "notify", readonly string[]>> = {
  create: ["created", "rejected", "unknown"],
  cancel: [...CANCEL_CODES.map(({ outcome }) => outcome), "unknown"],
  query: [...new Set([...QUERY_RESULTS.map(({ outcome }) => outcome), "not_found", "untrusted", "unknown"])],
  notify: ["paid", "untrusted", "unknown"],
};

/** What is not as documented in the `ok` of an operation, in one sentence; null where it is right. */
export function wrongShape(op: Operation, value: Readonly<Record<string, unknown>>): string | null {
  const field = (name: string, type: "string" | "boolean"): string | null =>
    typeof value[name] === type
      ? null
      : `expected ${name} to be a ${type}, found ${JSON.stringify(value[name]) ?? "none"}`;
  switch (op) {
    case "canonicalize":
      return field("canonical", "string");
    case "sign":
      return field("sign", "string");
    case "verify":
      return field("valid", "boolean");
    case "notify":
      return wrongOutcome(op, value) ?? field("reply", "string");
    case "create":
    case "cancel":
    case "query":
      return wrongOutcome(op, value);
  }
}

function wrongOutcome(op: keyof typeof OUTCOMES, value: Readonly<Record<string, unknown>>): string | null {
  const { outcome } = value;
  if (outcome === undefined && "response" in value && op !== "notify") return null;
  const words = OUTCOMES[op];
  if (typeof outcome === "string" && words.includes(outcome)) return null;
  return `expected outcome to be one of ${words.join(", ")}; found ${JSON.stringify(outcome) ?? "none"}`;
}
