import { compareBytes } from "./canonical.js";
import type { JsonNode } from "./json.js";
import { type Params, rejectLone } from "./params.js";
import { accept, type Result, reject } from "./rejection.js";

/** Which members of `data` a signature covers: all, or those named (a rule of the endpoint, `SIGNED_MEMBERS` of the spec). */
export type SignedMembers = "all" | readonly string[];

/**
 * The params that a response's signature covers: the members of `data` and only those (QRY-001), undocumented ones too
 * (QRY-004), each value by its lexeme (SIG-011, SIG-012).
 */
export function signedParams(data: JsonNode | undefined, covered: SignedMembers): Result<Params> {
  if (data?.kind !== "object") {
    return reject(
      "data_not_object",
      "QRY-001",
      `Expected data to be an object, found ${data?.kind ?? "none"}.`,
      {
        field: "data",
      },
    );
  }
  const params = new Map<string, string>();
  for (const { name, value } of data.members) {
    if (covered !== "all" && !covered.includes(name)) continue;
    const text = valueText(value);
    const rejected = rejectLone(name, name) ?? rejectLone(name, text);
    if (rejected) return rejected;
    params.set(name, text);
  }
  return accept(params);
}

/** A JSON value as it is signed: strings as they are, numbers by lexeme, nested values as compact JSON (SIG-011). */
export function valueText(node: JsonNode): string {
  return node.kind === "string" ? node.value : compactJson(node);
}

/** Compact JSON with names sorted by byte, number lexemes kept, and no escapes but the ones that JSON needs (SIG-011). */
export function compactJson(node: JsonNode): string {
  switch (node.kind) {
    case "string":
      return quote(node.value);
    case "number":
      return node.lexeme;
    case "true":
    case "false":
    case "null":
      return node.kind;
    case "array":
      return `[${node.items.map(compactJson).join(",")}]`;
    case "object": {
      const sorted = [...node.members].sort((a, b) => compareBytes(a.name, b.name));
      return `{${sorted.map((m) => `${quote(m.name)}:${compactJson(m.value)}`).join(",")}}`;
    }
  }
}

/** JSON.stringify writes a lone surrogate as an escape; it must stay one, so that it is rejected and not signed. */
function quote(text: string): string {
  return rejectLone("", text) ? `"${text}"` : JSON.stringify(text);
}
