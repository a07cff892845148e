import { UsageError } from "@ksherproof/core";
import { type DataShape, fields, mismatch } from "../data-shape.js";
import { FAULT_SHAPE } from "../faults/shapes.js";
import { SETTINGS } from "../settings.js";
import { ORDER_STATES } from "../transitions.js";
import type { Scenario } from "./scenario.js";

const text: DataShape = { kind: "text", least: 1 };
const texts: DataShape = { kind: "map", of: { kind: "text" } };
const orderNumber: DataShape = { kind: "text", least: 1, most: 32 };
const one = (...of: readonly string[]): DataShape => ({ kind: "one", of });
const list = (of: DataShape, least = 0): DataShape => ({ kind: "list", of, least });
const either = (...of: readonly DataShape[]): DataShape => ({ kind: "either", of });
const whole = (least: number, most?: number): DataShape => ({
  kind: "whole",
  least,
  ...(most === undefined ? {} : { most }),
});

/** The names of what a customer may do, and time. */
export const CUSTOMER_ACTS = [
  "open_link",
  "save_qr",
  "pay_by_link",
  "pay_by_qr",
  "start_card",
  "pass_otp",
  "fail_otp",
  "get_refund",
  "let_link_expire",
] as const;

const because = { because: text };
const order = { order: orderNumber };
const customerAct = one(...CUSTOMER_ACTS);

/** The shape of each kind of step, by the member that names it. */
export const STEP_SHAPES = {
  merchant: fields(
    { merchant: one("create", "cancel", "query", "receive_webhooks") },
    {
      ...order,
      at_once: whole(2, 64),
      meanwhile: list(customerAct),
      fault: either(FAULT_SHAPE, list(FAULT_SHAPE, 1)),
      spoil: fields(
        {},
        { set: texts, remove: list(text), sign: one("wrong", "missing", "other_key", "over_other_order") },
      ),
      fields: texts,
      expect: either(text, list(text, 1), { kind: "map", of: whole(0) }),
      ...because,
    },
  ),
  customer: fields(
    { customer: customerAct },
    { ...order, channel: text, expect: one("done", "refused"), ...because },
  ),
  wait: fields({ wait: { kind: "text", pattern: "^[0-9]{1,9} (ms|s|min|h)$" } }, because),
  gateway: fields(
    {
      gateway: fields(
        {},
        {
          state: one(...ORDER_STATES, "none"),
          link: one("open", "closed"),
          cancelled: whole(0),
          calls: whole(0),
        },
      ),
    },
    { ...order, ...because },
  ),
} as const;

const SETTING_VALUE = either({ kind: "text" }, whole(Number.MIN_SAFE_INTEGER), { kind: "flag" });

/** The shape of a scenario; its steps are held to theirs one by one, so that what is wrong is said of the right one. */
export const SCENARIO_SHAPE = fields(
  {
    id: { kind: "text", pattern: "^[A-Z]{3}-[0-9]{3}(-[a-z0-9-]+)?$" },
    title: text,
    requirements: list({ kind: "text", pattern: "^[A-Z]{3}-[0-9]{3}$" }, 1),
    story: text,
    steps: list({ kind: "any" }, 1),
  },
  {
    settings: fields({}, Object.fromEntries(SETTINGS.map(({ name }) => [name, SETTING_VALUE]))),
    order: orderNumber,
  },
);

/** Takes a scenario from data, as a YAML or JSON file holds it. Throws `UsageError` that says where it is none. */
export function readScenario(value: unknown, file: string): Scenario {
  const wrong = mismatch(value, SCENARIO_SHAPE, file) ?? wrongStep((value as Scenario).steps, file);
  if (wrong === null) return value as Scenario;
  throw new UsageError("scenario", wrong, {
    hint: "specs/schemas/scenario.schema.json has the shape, vectors/scenarios/ has examples.",
  });
}

function wrongStep(steps: readonly unknown[], file: string): string | null {
  for (const [index, step] of steps.entries()) {
    const where = `${file}: steps[${index}]`;
    const names = Object.keys(STEP_SHAPES) as (keyof typeof STEP_SHAPES)[];
    const kind = names.find((name) => typeof step === "object" && step !== null && Object.hasOwn(step, name));
    if (!kind) return `${where}: expected a step with one of ${names.join(", ")}.`;
    const wrong = mismatch(step, STEP_SHAPES[kind], where);
    if (wrong !== null) return wrong;
  }
  return null;
}
