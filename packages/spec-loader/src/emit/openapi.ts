import type { EndpointRow, Schema, Specs } from "../model.js";
import { messageNames } from "./validators.js";

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 document of the three endpoints and the webhook. */
export function openapi(specs: Specs, version: string): Json {
  const { protocol } = specs;
  const hosts = protocol.hosts.filter(({ id }) => id.startsWith("gateway"));
  return {
    openapi: "3.1.0",
    info: {
      title: "Ksher Gateway Pay: Order Cancel",
      version,
      summary: "Create, cancel and query an order; be told of its payment.",
      description:
        "Generated from the Ksherproof specs, which are no publication of Ksher. Every request carries a signature in its field sign; signed answers carry one over the members of data. Neither can be said in OpenAPI: see the requirements SIG-001 to SIG-012 and QRY-001 to QRY-009.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: hosts.map(({ url, for: description }) => ({ url, description })),
    security: [],
    tags: [
      { name: "orders", description: "The merchant calls the gateway." },
      { name: "webhooks", description: "The gateway calls the merchant." },
    ],
    paths: Object.fromEntries(
      protocol.endpoints.map((endpoint) => [endpoint.path, { post: operation(endpoint, specs) }]),
    ),
    webhooks: { [protocol.webhook.name]: { post: webhook(specs) } },
    components: { schemas: components(specs) },
  };
}

const UNDOCUMENTED = {
  description:
    "HTTP statuses of errors are not documented. Whatever the body says, nothing is known about the order (RSP-006).",
};

function operation({ name, what, request, response, requirements }: EndpointRow, specs: Specs): Json {
  return {
    operationId: name,
    summary: what,
    description: `Requirements: ${requirements.join(", ")}.`,
    tags: ["orders"],
    requestBody: {
      required: true,
      content: { [specs.protocol.form_type]: { schema: refTo(request) } },
    },
    responses: {
      "200": {
        description: "The code decides; with another code than 0 nothing is signed.",
        content: {
          "application/json": { schema: refTo(response), examples: examplesOf(specs.schemas.get(response)) },
        },
      },
      "4XX": UNDOCUMENTED,
      "5XX": UNDOCUMENTED,
    },
  };
}

function webhook({ protocol, schemas }: Specs): Json {
  const { webhook: hook, form_type: _ } = protocol;
  return {
    operationId: hook.name,
    summary: hook.what,
    description: `The body is JSON, whatever its media type says (DBT-015). Another reply than the documented one makes the gateway send it again, ${hook.retry_seconds.length} times.`,
    tags: ["webhooks"],
    requestBody: {
      required: true,
      content: {
        [hook.media_type]: {
          schema: {
            type: "string",
            contentMediaType: "application/json",
            contentSchema: refTo(hook.request),
          },
        },
        "application/json": { schema: refTo(hook.request) },
      },
    },
    responses: {
      "200": {
        description: "Accepted.",
        content: {
          "application/json": { schema: refTo(hook.reply), examples: examplesOf(schemas.get(hook.reply)) },
        },
      },
      "4XX": { description: "Not accepted; the gateway sends it again." },
    },
  };
}

function examplesOf(schema: Schema | undefined): Json {
  const examples = (schema?.examples ?? []) as readonly Json[];
  return Object.fromEntries(
    examples.map((value, index) => {
      const code =
        value.code === undefined
          ? `example_${index + 1}`
          : `code_${String(value.code).replace("-", "minus_")}`;
      return [code, { value }];
    }),
  );
}

/** `cancel-order.request` as a component's name: CancelOrderRequest. */
function componentName(name: string): string {
  return name.replace(/(?:^|[-._])([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function refTo(name: string): Json {
  return { $ref: `#/components/schemas/${componentName(name)}` };
}

function components(specs: Specs): Json {
  const found: Json = {};
  const names = messageNames(specs).filter(
    (name) => !name.endsWith(".strict") && !name.startsWith("ksherpay"),
  );
  for (const name of [...names, "query-data"])
    found[componentName(name)] = component(split(specs.schemas.get(name) ?? {}));
  const fields = (specs.schemas.get("fields")?.$defs ?? {}) as Record<string, Schema>;
  for (const [name, schema] of Object.entries(fields))
    if (!name.startsWith("strict_")) found[`Field${componentName(name)}`] = component(schema);
  return found;
}

/** An answer whose code decides its shape, as the two shapes: tools for OpenAPI know oneOf better than if and then. */
function split(schema: Schema): Schema {
  const [rule] = (schema.allOf ?? []) as readonly { readonly if?: unknown; readonly then?: Schema }[];
  if (rule?.if === undefined) return schema;
  const { allOf: _, required, properties, type, ...about } = schema;
  const { code, ...others } = properties as Record<string, Schema>;
  const codes = (code?.enum ?? []) as readonly number[];
  const then = rule.then as { readonly required: readonly string[]; readonly properties: Json };
  const shape = (title: string, values: readonly number[], more: readonly string[], instead: Json): Json => ({
    title,
    type,
    required: [...(required as string[]), ...more],
    properties: { code: { ...code, enum: values, examples: values.slice(0, 1) }, ...others, ...instead },
  });
  const refused = codes.filter((value) => value !== 0);
  return {
    ...about,
    oneOf: [shape("Signed", [0], then.required, then.properties), shape("Refusal", refused, [], {})],
  };
}

/** A schema with references into components, and without the address that it has as a file. */
function component(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(component);
  if (typeof schema !== "object" || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([word]) => word !== "$schema" && word !== "$id")
      .map(([word, inner]) => [
        word,
        word === "$ref" ? rewritten(String(inner)) : word === "examples" ? inner : component(inner),
      ]),
  );
}

function rewritten(ref: string): string {
  const field = /^fields\.schema\.json#\/\$defs\/(.+)$/.exec(ref)?.[1];
  const name =
    field === undefined ? componentName(ref.replace(/\.schema\.json$/, "")) : `Field${componentName(field)}`;
  return `#/components/schemas/${name}`;
}
