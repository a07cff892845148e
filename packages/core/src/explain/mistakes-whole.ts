import { compareBytes } from "../canonical.js";
import type { JsonNode } from "../json.js";
import { compactJson } from "../signed-members.js";
import { type Mistake, mistake } from "./mistake.js";
import type { Field, Material } from "./recipe.js";

const whole = (
  id: string,
  requirement: string,
  says: string,
  text: (fields: readonly Field[], material: Material, value: (field: Field) => string) => string,
): Mistake =>
  mistake(id, requirement, says, "write", () => ({
    write: (fields, recipe, material) => text(fields, material, recipe.value),
  }));

/** JSON of fields: typed where their nodes are known, else strings; `colon` and `comma` as a library would write them. */
function json(
  fields: readonly Field[],
  value: (field: Field) => string,
  colon: string,
  comma: string,
): string {
  const members = fields.map((field) => {
    const text =
      field.node && field.node.kind !== "string" ? compactJson(field.node) : JSON.stringify(value(field));
    return JSON.stringify(field.name) + colon + text;
  });
  return `{${members.join(comma)}}`;
}

const ascii = (text: string): string =>
  text.replace(/[^\x00-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** Signs something that is no list of pairs at all (SIG-003, QRY-001). */
export const WHOLE_MISTAKES: readonly Mistake[] = [
  // First: where no body is known, those below give the empty text too.
  whole("signs_nothing", "SIG-001", "signs the empty text", () => ""),
  whole("json_signed", "SIG-003", "signs the fields as JSON", (fields, _, value) =>
    json(fields, value, ":", ","),
  ),
  whole(
    "json_with_spaces_signed",
    "SIG-003",
    "signs the fields as JSON with spaces (Python's default)",
    (fields, _, value) => json(fields, value, ": ", ", "),
  ),
  whole(
    "json_escaped_signed",
    "SIG-003",
    "signs the fields as JSON with \\uXXXX escapes",
    (fields, _, value) => ascii(json(fields, value, ":", ",")),
  ),
  whole(
    "json_with_spaces_escaped_signed",
    "SIG-003",
    "signs the fields as JSON with spaces and escapes",
    (fields, _, value) => ascii(json(fields, value, ": ", ", ")),
  ),
  whole(
    "json_php_signed",
    "SIG-003",
    "signs the fields as PHP's JSON: escapes, and \\/ for /",
    (fields, _, value) => ascii(json(fields, value, ":", ",")).replace(/\//g, "\\/"),
  ),
  whole("json_indented_signed", "SIG-003", "signs the fields as indented JSON", (fields, _, value) =>
    JSON.stringify(JSON.parse(json(fields, value, ":", ",")), null, 2),
  ),
  whole("body_signed", "QRY-001", "signs the whole body as it stands", (_, material) => material.body ?? ""),
  whole("body_trimmed_signed", "QRY-001", "signs the whole body, trimmed", (_, material) =>
    (material.body ?? "").trim(),
  ),
  whole(
    "data_json_signed",
    "QRY-001",
    "signs data as its JSON stands in the answer",
    (_, material) => material.dataText ?? "",
  ),
  whole("data_json_compact_signed", "QRY-001", "signs data as compact JSON", (_, material) =>
    compacted(material.dataText),
  ),
  whole("repr_signed", "SIG-003", "signs Python's text of the dictionary", (fields, _, value) =>
    repr(fields, value),
  ),
];

function compacted(text: string | undefined): string {
  try {
    return text === undefined ? "" : JSON.stringify(JSON.parse(text));
  } catch {
    return "";
  }
}

function repr(fields: readonly Field[], value: (field: Field) => string): string {
  return `{${fields.map((f) => `'${f.name}': ${f.node ? pythonText(f.node) : `'${value(f)}'`}`).join(", ")}}`;
}

/** Python's `str` of a value inside a container. */
function pythonText(node: JsonNode): string {
  switch (node.kind) {
    case "string":
      return `'${node.value}'`;
    case "number":
      return node.lexeme;
    case "true":
      return "True";
    case "false":
      return "False";
    case "null":
      return "None";
    case "array":
      return `[${node.items.map(pythonText).join(", ")}]`;
    case "object":
      return `{${node.members.map((m) => `'${m.name}': ${pythonText(m.value)}`).join(", ")}}`;
  }
}

/** Nested values as other languages write them (SIG-011). */
const nested = (id: string, says: string, write: (node: JsonNode) => string): Mistake =>
  mistake(id, "SIG-011", says, "value", (recipe) => ({
    value: (field) =>
      field.node?.kind === "object" || field.node?.kind === "array" ? write(field.node) : recipe.value(field),
  }));

function spaced(node: JsonNode, sorted: boolean, gap: string): string {
  if (node.kind === "array")
    return `[${node.items.map((item) => spaced(item, sorted, gap)).join(`,${gap}`)}]`;
  if (node.kind !== "object") return compactJson(node);
  const members = sorted ? [...node.members].sort((a, b) => compareBytes(a.name, b.name)) : node.members;
  return `{${members.map((m) => `${JSON.stringify(m.name)}:${gap}${spaced(m.value, sorted, gap)}`).join(`,${gap}`)}}`;
}

/** Wrong texts of nested values (SIG-011). */
export const NESTED_MISTAKES: readonly Mistake[] = [
  nested("nested_as_received", "writes nested JSON with its names as they came", (node) =>
    spaced(node, false, ""),
  ),
  nested("nested_with_spaces", "writes nested JSON with spaces, names as they came", (node) =>
    spaced(node, false, " "),
  ),
  nested("nested_sorted_with_spaces", "writes nested JSON with spaces", (node) => spaced(node, true, " ")),
  nested("nested_escaped", "writes nested JSON with \\uXXXX escapes", (node) => ascii(compactJson(node))),
  nested("nested_as_python", "writes nested values as Python's text of them", pythonText),
  nested("nested_as_object_text", "writes [object Object] for nested values", (node) =>
    node.kind === "object" ? "[object Object]" : spaced(node, false, "").slice(1, -1),
  ),
  nested("nested_as_array_word", "writes Array for nested values (PHP)", () => "Array"),
];
