import { resolved } from "../lint/schema-walk.js";
import type { Schema, Specs } from "../model.js";
import { json, links, pageTop, table } from "./markdown.js";

/** docs/reference/messages.md: every message, field by field. */
export function messagesPage(specs: Specs): string {
  const { endpoints, webhook } = specs.protocol;
  const about =
    "The tolerant schemas, which take what genuine messages show; the strict ones beside them in `specs/schemas` take the documentation to the letter ([doubts.md](doubts.md)). *Signed* says whether a field is part of the canonical text.";
  const parts = [pageTop("Messages", "specs/schemas and specs/protocol.yaml", about)];
  for (const { name, path, what, request, response } of endpoints) {
    parts.push(`## ${name}\n\n\`POST ${path}\`, \`${specs.protocol.form_type}\`. ${what}\n`);
    for (const message of [request, response]) parts.push(part(message, specs));
  }
  parts.push(`## ${webhook.name}\n\nPOST to the merchant, \`${webhook.media_type}\`. ${webhook.what}\n`);
  for (const message of [webhook.request, webhook.reply]) parts.push(part(message, specs));
  parts.push(part("query-data", specs));
  return parts.join("\n");
}

function part(name: string, specs: Specs): string {
  const schema = specs.schemas.get(name) ?? {};
  const required = (schema.required ?? []) as readonly string[];
  const rows = Object.entries((schema.properties ?? {}) as Record<string, Schema>).map(([field, value]) => {
    const whole = resolved(value, specs.schemas, schema);
    return [
      `\`${field}\``,
      typeOf(whole),
      required.includes(field) ? "yes" : "no",
      whole["x-signed"] === true ? "yes" : "no",
      String(whole.title),
      String(whole["x-expected"]),
      links((whole["x-requirements"] ?? []) as string[]),
      ((whole["x-sources"] ?? []) as string[]).join(", "),
    ];
  });
  const examples = (schema.examples ?? []) as readonly unknown[];
  return [
    `### ${schema.title}\n\n${schema.description} Schema: \`specs/schemas/${name}.schema.json\`.\n`,
    table(["field", "type", "required", "signed", "what", "expected", "requirements", "sources"], rows),
    ...examples
      .slice(0, 1)
      .map((example) => `An example, for its shape; its signature need not fit:\n\n${json(example)}`),
  ].join("\n");
}

function typeOf(schema: Schema): string {
  const type = [schema.type ?? "object"].flat().join(" or ");
  const bounds = schema.maxLength === undefined ? "" : `, at most ${schema.maxLength} characters`;
  const values = Array.isArray(schema.enum) ? `, one of ${schema.enum.join(", ")}` : "";
  return `${type}${bounds}${values}`;
}
