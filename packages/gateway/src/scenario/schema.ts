import { type JsonSchema, schemaOf } from "../data-schema.js";
import { FAULT_SHAPE } from "../faults/shapes.js";
import { SCENARIO_SHAPE, STEP_SHAPES } from "./read.js";

/** What a reader of the schema should know of a member, by the step and the name of it. */
const SAYS: Readonly<Record<string, string>> = {
  "scenario.id": "The requirement, and a name where a requirement has several scenarios.",
  "scenario.settings": "Doubts decided otherwise than by default: docs/reference/gateway-settings.md.",
  "scenario.order": "The order that steps are about where they do not say; order-1 where it is not given.",
  merchant: "The merchant calls.",
  "merchant.at_once": "So many calls at once.",
  "merchant.meanwhile":
    "What the customer does after the request was sent and before the gateway acts on it.",
  "merchant.fault": "Faults of the answer: docs/reference/faults.md.",
  "merchant.spoil":
    "What is wrong with the request on purpose: fields changed before signing, or the signature.",
  "merchant.fields": "Further fields of the request.",
  "merchant.expect": "The outcome, one of several, or how often each comes.",
  customer: "The customer acts, or tries to.",
  wait: "Time passes.",
  gateway: "What the gateway must hold at this point: `cancelled` and `calls` count since the beginning.",
};

/** The published schema of scenarios, from the same shapes by which they are read. */
export function scenarioSchema(): JsonSchema {
  const steps = Object.entries(STEP_SHAPES);
  const { properties, ...rest } = described("scenario", schemaOf(SCENARIO_SHAPE));
  const fault = schemaOf(FAULT_SHAPE);
  const refer = (value: unknown): unknown => {
    if (JSON.stringify(value) === JSON.stringify(fault)) return { $ref: "#/$defs/fault" };
    if (Array.isArray(value)) return value.map(refer);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, refer(member)]));
  };
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: "https://ksherproof.dev/schemas/scenario.schema.json",
    title: "Scenario",
    description:
      "A story of a merchant, a customer and the gateway, that can be run: vectors/scenarios/*.yaml, `ksherproof serve --scenario`.",
    ...rest,
    properties: {
      ...(properties as object),
      steps: {
        type: "array",
        minItems: 1,
        items: { oneOf: steps.map(([name]) => ({ $ref: `#/$defs/${name}` })) },
      },
    },
    $defs: {
      fault: { description: "One fault as data.", ...fault },
      ...Object.fromEntries(steps.map(([name, shape]) => [name, refer(described(name, schemaOf(shape)))])),
    },
  };
}

function described(name: string, schema: JsonSchema): JsonSchema {
  const says = (key: string): object => (SAYS[key] === undefined ? {} : { description: SAYS[key] });
  const members = Object.entries(schema.properties as Readonly<Record<string, object>>);
  return {
    ...says(name),
    ...schema,
    properties: Object.fromEntries(
      members.map(([member, one]) => [member, { ...says(`${name}.${member}`), ...one }]),
    ),
  };
}
