import {
  canonicalText,
  encodeUtf8,
  parseJson,
  signedParams,
  signText,
  toHex,
  UsageError,
} from "@ksherproof/core";
import type { FaultContext } from "./context.js";
import type { Fault } from "./fault.js";
import {
  type RawMembers,
  rawMember,
  readMembers,
  withMember,
  withoutMember,
  writeMembers,
} from "./raw-members.js";

/** The canonical text of `data` as a correct client makes it (QRY-001). */
export function canonicalOf(data: RawMembers): string {
  const parsed = parseJson(writeMembers(data));
  const params = parsed.ok ? signedParams(parsed.value, "all") : parsed;
  if (params.ok) return canonicalText(params.value);
  throw new UsageError(
    "fault_data",
    `The fault leaves data that cannot be signed: ${params.rejection.detail}`,
  );
}

/** Spoils the signature of a signed envelope; an answer without `sign`, as those of cancel_order are, stays as it is. */
export function spoilSignature(
  members: RawMembers,
  fault: Fault & { kind: "signature" },
  context: FaultContext,
): RawMembers {
  const quoted = rawMember(members, "sign");
  const data = readMembers(rawMember(members, "data") ?? "");
  if (quoted === undefined || data === null) return members;
  const sign = JSON.parse(quoted) as string;
  const text = (signature: string): RawMembers => withMember(members, "sign", JSON.stringify(signature));
  const about = (other: RawMembers): RawMembers =>
    withMember(
      withMember(members, "data", writeMembers(other)),
      "sign",
      JSON.stringify(signText(canonicalOf(other), context.signer)),
    );
  switch (fault.how) {
    case "missing":
      return withoutMember(members, "sign");
    case "empty":
      return text("");
    case "null":
      return withMember(members, "sign", "null");
    case "odd":
      return text(sign.slice(0, -1));
    case "short":
      return text(sign.slice(0, -2));
    case "long":
      return text(`${sign}00`);
    case "upper":
      return text(sign.toUpperCase());
    case "not_hex":
      return text(`${sign.slice(0, -2)}zz`);
    case "zeros":
      return text("0".repeat(sign.length));
    case "other_key":
      return text(signText(canonicalOf(data), context.otherSigner));
    case "merchant_key":
      if (!context.merchantSigner) throw needs("merchant_key", "the merchant's private key");
      return text(signText(canonicalOf(data), context.merchantSigner));
    case "other_order":
      return about(withMember(data, "mch_order_no", JSON.stringify(otherText(data, "mch_order_no"))));
    case "other_merchant":
      return about(withMember(data, "appid", JSON.stringify(otherText(data, "appid"))));
    case "other_data":
      return text(signText(canonicalOf(withMember(data, "total_fee", "99999999")), context.signer));
    case "whole_body":
      return text(signText(canonicalOf(withoutMember(members, "sign")), context.signer));
    case "border_shift":
      return withMember(members, "data", writeMembers(shiftBorder(data, fault.member ?? "result")));
    case "forged_padding": {
      if (!context.forge) throw needs("forged_padding", "a forger (signatureForger)");
      return text(toHex(context.forge(encodeUtf8(canonicalOf(data)), fault.forgery ?? "short_padding")));
    }
  }
}

/** Another number of the same shape: the last digit is changed, or one is put behind. */
function otherText(data: RawMembers, name: string): string {
  const value = JSON.parse(rawMember(data, name) ?? '""') as string;
  const last = value.slice(-1);
  return /[0-9]/.test(last) ? `${value.slice(0, -1)}${(Number(last) + 1) % 10}` : `${value.slice(0, -1)}0`;
}

/** Lets a text member swallow the one that comes after it in signing order: the canonical text, and so the signature, stay (QRY-007). */
function shiftBorder(data: RawMembers, name: string): RawMembers {
  const names = data.map(([found]) => found).sort();
  const next = names[names.indexOf(name) + 1];
  const [own, swallowed] = [rawMember(data, name), rawMember(data, next ?? "")];
  if (own === undefined || swallowed === undefined || next === undefined) return data;
  const value: unknown = JSON.parse(swallowed);
  const merged = `${String(JSON.parse(own))}${next}=${typeof value === "string" ? value : swallowed}`;
  return withoutMember(withMember(data, name, JSON.stringify(merged)), next);
}

function needs(how: string, what: string): UsageError {
  return new UsageError("fault_needs", `The fault signature/${how} needs ${what}, and there is none here.`);
}
