import { type JsonNode, member, parseJson, stringOf, UsageError, valueText } from "@ksherproof/core";

/** What a port said about one vector; a member is absent where the port did not say. */
export interface PortResult {
  readonly id: string;
  readonly line: number;
  readonly canonical?: string;
  readonly digest?: string;
  readonly signature?: string;
  readonly valid?: boolean;
  readonly outcome?: string;
}

const KNOWN = ["id", "canonical", "canonical_utf8_hex", "digest", "signature", "valid", "outcome"];

/** Reads JSON Lines of results. Throws `UsageError` with the line where one is no result. */
export function readResults(text: string, name: string): readonly PortResult[] {
  const results: PortResult[] = [];
  const seen = new Map<string, number>();
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const result = resultOf(line, index + 1, name);
    const before = seen.get(result.id);
    if (before !== undefined)
      throw broken(name, index + 1, `${result.id} was answered on line ${before} already.`);
    seen.set(result.id, index + 1);
    results.push(result);
  }
  if (results.length > 0) return results;
  throw new UsageError("results_empty", `${name} holds no result.`, {
    hint: 'Expected one JSON object a line: {"id": "...", "canonical": "...", "digest": "...", "signature": "...", "valid": true}',
  });
}

function resultOf(line: string, number: number, name: string): PortResult {
  if (number === 1 && line.trimStart().startsWith("["))
    throw broken(name, 1, "Found the start of a list: write one object a line, not one list of them.");
  const parsed = parseJson(line);
  if (!parsed.ok) throw broken(name, number, parsed.rejection.detail.replace(/\(line 1, /, "("));
  const root = parsed.value;
  if (root.kind !== "object") throw broken(name, number, `Expected a JSON object, found ${root.kind}.`);
  const id = stringOf(member(root, "id"));
  if (id === undefined) throw broken(name, number, "The result has no id, a string.");
  const odd = root.members.find((one) => !KNOWN.includes(one.name));
  if (odd) throw broken(name, number, `Unknown member ${odd.name}; known are ${KNOWN.join(", ")}.`);
  const text = (field: string): string | undefined => {
    const node = member(root, field);
    if (node === undefined || node.kind === "null") return undefined;
    if (node.kind === "string") return node.value;
    throw broken(name, number, `Expected ${field} to be a string, found ${describe(node)}.`);
  };
  const hex = text("canonical_utf8_hex");
  const canonical = hex === undefined ? text("canonical") : fromHexText(hex, name, number);
  const digest = text("digest");
  const signature = text("signature");
  const outcome = text("outcome");
  return {
    id,
    line: number,
    ...(canonical === undefined ? {} : { canonical }),
    ...(digest === undefined ? {} : { digest }),
    ...(signature === undefined ? {} : { signature }),
    ...(outcome === undefined ? {} : { outcome }),
    ...validOf(member(root, "valid"), name, number),
  };
}

function validOf(node: JsonNode | undefined, name: string, line: number): { readonly valid?: boolean } {
  if (node === undefined || node.kind === "null") return {};
  if (node.kind === "true" || node.kind === "false") return { valid: node.kind === "true" };
  throw broken(name, line, `Expected valid to be true or false, found ${describe(node)}.`);
}

function fromHexText(hex: string, name: string, line: number): string {
  if (!/^([0-9a-fA-F]{2})*$/.test(hex)) throw broken(name, line, "Expected canonical_utf8_hex to be hex.");
  return Buffer.from(hex, "hex").toString("utf8");
}

const describe = (node: JsonNode): string => `${node.kind} ${valueText(node).slice(0, 20)}`;

function broken(name: string, line: number, detail: string): UsageError {
  return new UsageError("result_broken", `${name}:${line}: ${detail}`, {
    hint: "One JSON object a line; `ksherproof vectors check --help` shows the form.",
  });
}
