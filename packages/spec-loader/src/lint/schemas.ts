import type { Schema } from "../model.js";
import type { Lint } from "./report.js";
import { resolved } from "./schema-walk.js";

/** The schemas of messages on the wire: the three endpoints, the webhook, and what they share. */
export function isMessage(name: string): boolean {
  return /^(cancel-order|gateway-order-query|gateway-pay|mch-notify-url|ksherpay|query-data)\b/.test(name);
}

/** Every field of a message says what it is; lists of codes, results and languages agree with the tables. */
export function lintSchemas(lint: Lint): void {
  const { specs } = lint;
  for (const [name, schema] of specs.schemas) {
    if (!isMessage(name)) continue;
    for (const [field, value] of Object.entries((schema.properties ?? {}) as Record<string, Schema>))
      lintField(lint, name, schema, field, value);
  }
  const codes = (endpoint: string) => (specs.codes.endpoints[endpoint] ?? []).map(({ code }) => code);
  const agree = (schema: string, field: string, expected: readonly unknown[], where: string): void => {
    const found = (specs.schemas.get(schema)?.properties as Record<string, Schema> | undefined)?.[field];
    const values = resolved(found ?? {}, specs.schemas, specs.schemas.get(schema) ?? {}).enum as
      | unknown[]
      | undefined;
    if (JSON.stringify(values?.map(String).sort()) !== JSON.stringify(expected.map(String).sort()))
      lint.atSchema(
        schema,
        ["properties", field],
        `Expected the values of ${where}: ${expected.join(", ")}; found ${values?.join(", ") ?? "none"}.`,
      );
  };
  for (const { name, response } of specs.protocol.endpoints)
    agree(response, "code", codes(name), `codes.yaml for ${name}`);
  agree(
    "query-data",
    "result",
    specs.codes.results.map(({ result }) => result),
    "the results of codes.yaml",
  );
  for (const { request } of specs.protocol.endpoints)
    agree(request, "lang", specs.protocol.languages.values, "protocol.yaml");
  lintTexts(lint);
  lintAdapter(lint);
  specs.protocol.endpoints.forEach(({ name, request, response, host }, index) => {
    for (const [member, schema] of Object.entries({ request, response }))
      if (!specs.schemas.has(schema))
        lint.at("protocol", ["endpoints", index, member], `There is no schema ${schema}.`);
    if (!specs.protocol.hosts.some(({ id }) => id === host))
      lint.at("protocol", ["endpoints", index, "host"], `There is no host ${host} for ${name}.`);
  });
}

function lintField(lint: Lint, name: string, own: Schema, field: string, value: Schema): void {
  const schema = resolved(value, lint.specs.schemas, own);
  const lacking = ["title", "examples", "x-expected", "x-signed", "x-requirements", "x-sources"].filter(
    (word) => schema[word] === undefined,
  );
  if (lacking.length > 0)
    lint.atSchema(name, ["properties", field], `The field ${field} lacks ${lacking.join(", ")}.`);
}

/** The adapter protocol has the outcomes of outcomes.yaml, for each operation. */
function lintAdapter({ specs, atSchema }: Lint): void {
  const name = "adapter-answer";
  const answers = (specs.schemas.get(name)?.$defs ?? {}) as Record<string, Schema>;
  for (const [operation, rows] of Object.entries(specs.outcomes.operations)) {
    const { outcome } = (answers[operation]?.properties ?? {}) as { outcome?: { enum?: readonly string[] } };
    const expected = rows.map((row) => row.outcome).join(", ");
    const found = outcome?.enum?.join(", ") ?? "none";
    if (found !== expected)
      atSchema(
        name,
        ["$defs", operation],
        `Expected the outcomes of outcomes.yaml: ${expected}; found ${found}.`,
      );
  }
}

/** `if` code is so, `then` msg is so. */
interface TextRule {
  readonly if?: { readonly properties?: { readonly code?: { readonly const?: unknown } } };
  readonly then?: { readonly properties?: { readonly msg?: { readonly const?: unknown } } };
}

/** The strict answer of a cancel has the documented text of each code. */
function lintTexts({ specs, atSchema }: Lint): void {
  const name = "cancel-order.response.strict";
  const rules = (specs.schemas.get(name)?.allOf ?? []) as readonly TextRule[];
  for (const { code, documented } of specs.codes.endpoints.cancel_order ?? []) {
    const index = rules.findIndex((rule) => rule.if?.properties?.code?.const === code);
    const found = rules[index]?.then?.properties?.msg?.const;
    if (found !== documented)
      atSchema(
        name,
        ["allOf", Math.max(index, 0)],
        `Expected the text of code ${code} to be ${documented} as in codes.yaml, found ${found}.`,
      );
  }
}
