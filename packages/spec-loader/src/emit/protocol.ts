import type { Schema, Specs } from "../model.js";
import { list, module, record, union } from "./module.js";

/** generated/protocol.ts: endpoints, keys, what signatures cover. */
export function protocolModule(specs: Specs): string {
  const { protocol } = specs;
  const endpoints = protocol.endpoints.map(({ name, path, operation, fixed_fields, request }) => [
    name,
    { name, path, operation, requestFields: fixed_fields ? fieldsOf(specs.schemas.get(request)) : [] },
  ]);
  const { webhook } = protocol;
  const hook = [webhook.name, { name: webhook.name, path: "", operation: "notify", requestFields: [] }];
  const covered = [
    ...protocol.endpoints.map(({ name, signed_data }) => [name, signed_data]),
    [webhook.name, webhook.signed_data],
    ...protocol.signed_subsets.map(({ endpoint, members }) => [endpoint, members]),
  ];
  return module("specs/protocol.yaml", [
    record(
      "The endpoints; `requestFields` are the fields of a request beside sign, where they are always the same.",
      "ENDPOINTS",
      Object.fromEntries([...endpoints, hook]),
    ),
    "export type EndpointName = keyof typeof ENDPOINTS;\n",
    record(
      "Which members of `data` a signature covers (QRY-001).",
      "SIGNED_MEMBERS",
      Object.fromEntries(covered),
    ),
    union("The values of lang (REQ-005).", "LANGUAGES", "Language", protocol.languages.values),
    record(
      "The hosts of the gateway.",
      "HOSTS",
      Object.fromEntries(protocol.hosts.map(({ id, url }) => [id, url])),
    ),
    constant("The media type of requests (REQ-002).", "FORM_TYPE", protocol.form_type),
    constant(
      "The most that is read of an answer, in bytes (SEC-004).",
      "LARGEST_ANSWER_BYTES",
      protocol.largest_answer_bytes,
    ),
    record(
      "The webhook: its media type, the reply that accepts it, the waits before its repetitions in seconds.",
      "WEBHOOK",
      {
        mediaType: webhook.media_type,
        accepted: webhook.accepted,
        retrySeconds: webhook.retry_seconds,
      },
    ),
    record(
      "The public keys that the vendor publishes.",
      "PUBLIC_KEYS",
      Object.fromEntries(protocol.keys.map(({ name, holder, pem }) => [name, { name, holder, pem }])),
    ),
    list(
      "Signatures that the documentation prints and that no text beside them fits.",
      "KNOWN_SIGNATURES",
      protocol.known_signatures.map(({ id, sign, says }) => ({ id, sign, says })),
    ),
  ]);
}

function constant(doc: string, name: string, value: unknown): string {
  return `/** ${doc} */\nexport const ${name} = ${JSON.stringify(value)};\n`;
}

function fieldsOf(schema: Schema | undefined): readonly string[] {
  return Object.keys((schema?.properties ?? {}) as object)
    .filter((name) => name !== "sign")
    .sort();
}

/** generated/fields.ts: the members of messages, from the schemas. */
export function fieldsModule({ schemas }: Specs): string {
  const data = (schemas.get("query-data")?.properties ?? {}) as Record<string, Schema>;
  const rows = Object.entries(data).map(([name, { type }]) => ({ name, types: [type].flat() }));
  return module("specs/schemas/query-data.schema.json", [
    list(
      "The members of a query answer's or webhook's data, each with its JSON types (QRY-007).",
      "QUERY_DATA_FIELDS",
      rows,
    ),
  ]);
}
