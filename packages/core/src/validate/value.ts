import type { JsonNode } from "../json.js";
import { integerOf } from "../json.js";
import { escapePointer, nameAt, type Problem } from "./problem.js";

/** A JSON text's value for a validator. Names such as `__proto__` become members like any other (SEC-005). */
export function plainValue(node: JsonNode): unknown {
  switch (node.kind) {
    case "string":
      return node.value;
    case "number":
      return Number(node.lexeme);
    case "true":
    case "false":
      return node.kind === "true";
    case "null":
      return null;
    case "array":
      return node.items.map(plainValue);
    case "object": {
      const value = {};
      for (const { name, value: inner } of node.members)
        Object.defineProperty(value, name, { value: plainValue(inner), enumerable: true });
      return value;
    }
  }
}

/**
 * Numbers that are written otherwise than as plain integers where an integer is expected: `1.0`, `1e2`, beyond 2^53. A
 * validator sees a value only; the signature covers the text (SIG-012), and a code must be plain (RSP-007).
 */
export function numberProblems(
  node: JsonNode,
  wholes: (pointer: string) => boolean,
  pointer = "",
): readonly Problem[] {
  if (node.kind === "object")
    return node.members.flatMap(({ name, value }) =>
      numberProblems(value, wholes, `${pointer}/${escapePointer(name)}`),
    );
  if (node.kind !== "number" || integerOf(node) !== undefined || !wholes(pointer)) return [];
  const requirement = pointer === "/code" ? "RSP-007" : "SIG-012";
  const detail = `Expected ${nameAt(pointer)} to be an integer in plain digits, found ${node.lexeme}.`;
  return [{ pointer, requirement, code: "number_form", detail }];
}

/** The JSON pointer of what stands at an offset of a JSON text that is well formed up to there. */
export function pointerAt(text: string, offset: number): string {
  const path: { readonly list: boolean; name: string | number }[] = [];
  for (let at = 0; at < offset; ) {
    const next = text[at];
    if (next === '"') {
      const from = at;
      for (at += 1; at < text.length && text[at] !== '"'; at += 1) if (text[at] === "\\") at += 1;
      at += 1;
      const here = path.at(-1);
      if (here && !here.list && /^\s*:/.test(text.slice(at)))
        here.name = JSON.parse(text.slice(from, at)) as string;
      continue;
    }
    if (next === "{" || next === "[") path.push({ list: next === "[", name: next === "[" ? 0 : "" });
    else if (next === "}" || next === "]") path.pop();
    else if (next === ",") {
      const here = path.at(-1);
      if (here) here.name = here.list ? Number(here.name) + 1 : "";
    }
    at += 1;
  }
  const named = path.filter(({ name }) => name !== "");
  return named.map(({ name }) => `/${escapePointer(String(name))}`).join("");
}
