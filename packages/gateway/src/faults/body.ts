import { encodeUtf8, signText } from "@ksherproof/core";
import { CANCEL_CODES } from "@ksherproof/spec";
import type { FaultContext } from "./context.js";
import type { CodeFault, Fault, Json, MessageFault } from "./fault.js";
import {
  type RawMembers,
  rawMember,
  readMembers,
  withMember,
  withoutMember,
  writeMembers,
} from "./raw-members.js";
import { canonicalOf, spoilSignature } from "./signature.js";

type BodyFault = Extract<
  Fault,
  {
    kind:
      | "not_json"
      | "code"
      | "messages"
      | "extra_members"
      | "duplicate_member"
      | "proto"
      | "signature"
      | "edit_data";
  }
>;

/** The body of an envelope after a fault; a body that is no JSON object stays as it is. */
export function spoilBody(text: string, fault: BodyFault, context: FaultContext): Uint8Array {
  if (fault.kind === "not_json") return notJson(text, fault.body ?? "html");
  const members = readMembers(text);
  return encodeUtf8(members === null ? text : writeMembers(spoil(members, fault, context)));
}

function spoil(
  members: RawMembers,
  fault: Exclude<BodyFault, { kind: "not_json" }>,
  context: FaultContext,
): RawMembers {
  switch (fault.kind) {
    case "code":
      return spoilCode(members, fault.as, fault.value);
    case "messages":
      return spoilMessages(members, fault.as);
    case "extra_members":
      return addMembers(members, fault.where ?? "envelope", EXTRA, context);
    case "proto":
      return addMembers(members, fault.where ?? "envelope", PROTO, context);
    case "duplicate_member":
      return duplicate(members, fault);
    case "signature":
      return spoilSignature(members, fault, context);
    case "edit_data":
      return editData(members, fault, context);
  }
}

function notJson(text: string, body: NonNullable<(Fault & { kind: "not_json" })["body"]>): Uint8Array {
  switch (body) {
    case "html":
      return encodeUtf8("<html><body><h1>Service temporarily unavailable</h1></body></html>");
    case "text":
      return encodeUtf8("success");
    case "array":
      return encodeUtf8(`[${text}]`);
    case "string":
      return encodeUtf8(JSON.stringify(text));
    case "number":
      return encodeUtf8("0");
    case "null":
      return encodeUtf8("null");
    case "two_values":
      return encodeUtf8(`${text}${text}`);
    case "bad_utf8": {
      const bytes = encodeUtf8(text);
      const at = bytes.findIndex((byte) => byte >= 0xc0);
      if (at >= 0) bytes[at] = 0xff;
      return at >= 0 ? bytes : new Uint8Array([...bytes.slice(0, -1), 0xff, 0x7d]);
    }
  }
}

function spoilCode(members: RawMembers, as: CodeFault, value: number | undefined): RawMembers {
  const code = rawMember(members, "code") ?? "0";
  switch (as) {
    case "missing":
      return withoutMember(members, "code");
    case "string":
      return withMember(members, "code", JSON.stringify(code));
    case "float":
      return withMember(members, "code", `${code}.5`);
    case "float_whole":
      return withMember(members, "code", `${code}.0`);
    case "null":
      return withMember(members, "code", "null");
    case "boolean":
      return withMember(members, "code", code === "0" ? "true" : "false");
    case "huge_number":
      return withMember(members, "code", "18446744073709551616");
    case "undocumented":
      return withMember(members, "code", String(value ?? 7));
  }
}

function spoilMessages(members: RawMembers, as: MessageFault): RawMembers {
  const both = (msg: string, message = msg): RawMembers =>
    withMember(withMember(members, "msg", JSON.stringify(msg)), "message", JSON.stringify(message));
  switch (as) {
    case "swapped":
      return both("message", "msg");
    case "empty":
      return both("");
    case "missing":
      return withoutMember(withoutMember(members, "msg"), "message");
    case "other_language":
      return both("Операция выполнена успешно", "عملية ناجحة");
    case "of_success":
      return both(CANCEL_CODES[0].documented);
    case "of_failure":
      return both(CANCEL_CODES[6].documented);
  }
}

const EXTRA: RawMembers = [
  ["version", '"3.0.0"'],
  ["trace_id", '"7f3a"'],
  ["status_code", '""'],
];

const PROTO: RawMembers = [
  ["__proto__", '"polluted"'],
  ["constructor", '"polluted"'],
  ["toString", '"polluted"'],
];

/** Adds members: to the envelope as they are, to `data` with a fresh signature that covers them (QRY-004). */
function addMembers(
  members: RawMembers,
  where: "envelope" | "data",
  added: RawMembers,
  context: FaultContext,
): RawMembers {
  if (where === "envelope") return [...members, ...added];
  const data = readMembers(rawMember(members, "data") ?? "");
  return data === null ? members : signAgain(members, [...data, ...added], context);
}

function duplicate(members: RawMembers, fault: Fault & { kind: "duplicate_member" }): RawMembers {
  const twice = (list: RawMembers): RawMembers => {
    const extra = [fault.member, JSON.stringify(fault.value)] as const;
    return fault.last ? [...list, extra] : [extra, ...list];
  };
  if (fault.where !== "data") return twice(members);
  const data = readMembers(rawMember(members, "data") ?? "");
  return data === null ? members : withMember(members, "data", writeMembers(twice(data)));
}

function editData(
  members: RawMembers,
  fault: Fault & { kind: "edit_data" },
  context: FaultContext,
): RawMembers {
  let data = readMembers(rawMember(members, "data") ?? "");
  if (data === null) return members;
  for (const name of fault.remove ?? []) data = withoutMember(data, name);
  const renames: Readonly<Record<string, string>> = fault.rename ?? {};
  data = data.map(([name, json]) => [Object.hasOwn(renames, name) ? (renames[name] ?? name) : name, json]);
  for (const [name, value] of Object.entries<Json>(fault.set ?? {})) {
    data = withMember(data, name, JSON.stringify(value));
  }
  return fault.sign === "fresh"
    ? signAgain(members, data, context)
    : withMember(members, "data", writeMembers(data));
}

function signAgain(members: RawMembers, data: RawMembers, context: FaultContext): RawMembers {
  const changed = withMember(members, "data", writeMembers(data));
  if (rawMember(members, "sign") === undefined) return changed;
  return withMember(changed, "sign", JSON.stringify(signText(canonicalOf(data), context.signer)));
}
