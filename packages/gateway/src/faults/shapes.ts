import { UsageError } from "@ksherproof/core";
import { ENDPOINTS } from "@ksherproof/spec";
import { type DataShape, type FieldsShape, fields, readData } from "../data-shape.js";
import { type Fault, type FaultKind, FORGERIES } from "./fault.js";
import type { FaultRule } from "./schedule.js";

const one = (...of: readonly string[]): DataShape => ({ kind: "one", of });
const whole = (least: number, most?: number): DataShape => ({
  kind: "whole",
  least,
  ...(most === undefined ? {} : { most }),
});
const flag: DataShape = { kind: "flag" };
const text: DataShape = { kind: "text" };
const any: DataShape = { kind: "any" };
const how = one("close", "reset", "hang");
const where = one("envelope", "data");
const at = whole(0);
const DAY = 86_400_000;
const ENDPOINT_PATHS = [
  ENDPOINTS.cancel_order.path,
  ENDPOINTS.gateway_order_query.path,
  ENDPOINTS.gateway_pay.path,
] as const;

const KINDS: Readonly<Record<FaultKind, FieldsShape>> = {
  delay: fields({ ms: whole(0, DAY) }, { point: one("before_commit", "after_commit") }),
  drop_before_commit: fields({}, { how }),
  drop_after_commit: fields({}, { how }),
  reset_mid_body: fields({}, { at }),
  close_mid_body: fields({}, { at }),
  trickle: fields({ bytesPerTick: whole(1), tickMs: whole(0, DAY) }),
  status: fields({ status: whole(200, 599), body: one("html", "json", "valid", "empty") }),
  redirect: fields(
    { to: { kind: "text", pattern: "^[\\x21-\\x7e]+$" } },
    { status: { kind: "one", of: [301, 302, 303, 307, 308] } },
  ),
  empty: fields({}),
  truncate: fields({}, { at }),
  not_json: fields(
    {},
    { body: one("html", "text", "array", "string", "number", "null", "bad_utf8", "two_values") },
  ),
  content_type: fields({
    value: { kind: "either", of: [{ kind: "text", pattern: "^[\\x20-\\x7e]*$" }, { kind: "null" }] },
  }),
  gzip: fields({}, { unasked: flag }),
  code: fields(
    {
      as: one("string", "float", "float_whole", "missing", "null", "boolean", "huge_number", "undocumented"),
    },
    { value: { kind: "whole", least: Number.MIN_SAFE_INTEGER } },
  ),
  messages: fields({ as: one("swapped", "empty", "missing", "other_language", "of_success", "of_failure") }),
  extra_members: fields({}, { where }),
  duplicate_member: fields({ member: text, value: any }, { where, last: flag }),
  proto: fields({}, { where }),
  signature: fields(
    {
      how: one(
        "missing",
        "empty",
        "null",
        "odd",
        "short",
        "long",
        "upper",
        "not_hex",
        "zeros",
        "other_key",
        "merchant_key",
        "other_order",
        "other_merchant",
        "other_data",
        "whole_body",
        "border_shift",
        "forged_padding",
      ),
    },
    {
      forgery: one(...FORGERIES),
      member: text,
    },
  ),
  stale: fields({}),
  huge: fields({ bytes: whole(0, 10_000_000_000) }, { pad: one("blanks", "message") }),
  chunks: fields({ sizes: { kind: "list", of: whole(1), least: 1 } }),
  edit_data: fields(
    {},
    {
      set: { kind: "map", of: any },
      remove: { kind: "list", of: text },
      rename: { kind: "map", of: text },
      sign: one("keep", "fresh"),
    },
  ),
  tls: fields({ certificate: one("untrusted", "expired", "misnamed") }),
};

/** The shape of one fault as data. */
export const FAULT_SHAPE: DataShape = { kind: "variants", by: "kind", of: KINDS };

/** The shape of one rule of a schedule. */
export const RULE_SHAPE: FieldsShape = fields(
  { faults: { kind: "list", of: FAULT_SHAPE, least: 1 } },
  {
    endpoint: { kind: "one", of: ENDPOINT_PATHS },
    mch_order_no: { kind: "text", least: 1 },
    nth: whole(1),
    times: whole(0),
  },
);

/** Takes a fault from data. Throws `UsageError` that says where it is none. */
export function readFault(value: unknown, where: string): Fault {
  return readData<Fault>(value, FAULT_SHAPE, where);
}

/** Takes a rule of a schedule from data. Throws `UsageError` that says where it is none. */
export function readRule(value: unknown, where: string): FaultRule {
  const rule = readData<FaultRule>(value, RULE_SHAPE, where);
  if (!strikesConnections(rule) || (rule.endpoint === undefined && rule.mch_order_no === undefined))
    return rule;
  throw new UsageError(
    "fault_before_call",
    `${where}: a tls fault strikes a connection before any call is known: it takes no endpoint and no mch_order_no.`,
    { hint: "nth and times count connections." },
  );
}

/** Throws `UsageError` where rules hold a tls fault for a gateway that speaks HTTP. */
export function assertServable(rules: readonly FaultRule[], tls: boolean): void {
  if (tls || !rules.some(strikesConnections)) return;
  throw new UsageError("fault_needs_tls", "A tls fault needs HTTPS, and this gateway speaks HTTP.", {
    hint: "Start it with: ksherproof serve --tls",
  });
}

function strikesConnections({ faults }: FaultRule): boolean {
  return faults.some(({ kind }) => kind === "tls");
}
