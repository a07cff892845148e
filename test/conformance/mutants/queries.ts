import { constants, createHash, createPublicKey, createVerify, publicDecrypt, verify } from "node:crypto";
import type { Args, HandMade } from "../client/hand-made.js";
import { type Json, memberOf, readJson, textOf } from "../client/json.js";
import { type Mutant, mutant } from "./mutant.js";

const results = (changes: Readonly<Record<string, string>>) => (c: HandMade) => ({
  resultWord: (result: string) => changes[result] ?? c.resultWord(result),
});
/** Trusts also what `also` says. */
const trusting =
  (also: (c: HandMade, data: Json | undefined, sign: Json | undefined, args: Args) => boolean) =>
  (c: HandMade) => ({
    verifies: (data: Json | undefined, sign: string | undefined, args: Args) =>
      c.verifies(data, sign, args) ||
      also(c, data, sign === undefined ? undefined : { is: "text", text: sign }, args),
  });
const without = (data: Json | undefined, drop: (name: string) => boolean): Json | undefined =>
  data?.is === "object"
    ? { is: "object", members: new Map([...data.members].filter(([name]) => !drop(name))) }
    : data;
const DOCUMENTED =
  "appid attach cash_fee cash_fee_type channel channel_order_no fee_type ksher_order_no mch_order_no nonce_str openid pay_mch_order_no rate result time_end total_fee".split(
    " ",
  );

/** Clients that trust the wrong thing, or read a query's answer wrongly. */
export const QUERIES: readonly Mutant[] = [
  mutant(
    "verifies-whole-body",
    "QRY-001",
    "verifies the members of the envelope together with those of data",
    (c) => ({
      queryWord: (envelope, args) => {
        if (envelope === null || envelope === "doubled" || c.code(envelope) !== 0)
          return c.queryWord(envelope, args);
        const data = memberOf(envelope, "data");
        const merged = new Map(data?.is === "object" ? data.members : []);
        for (const name of ["code", "msg", "message"]) {
          const value = memberOf(envelope, name);
          if (value) merged.set(name, value);
        }
        const good = c.verifies({ is: "object", members: merged }, textOf(memberOf(envelope, "sign")), args);
        return good ? c.resultWord(textOf(memberOf(data, "result")) ?? "") : "untrusted";
      },
      doVerify: (args) =>
        c.doVerify({ ...args, data_text: `${String(args.data_text).slice(0, -1)},"code":0}` }),
    }),
  ),
  mutant("verifies-data-as-json", "SIG-003", "verifies data as its JSON text", (c) => ({
    verifies: (data, sign, args) => {
      const key = c.readPublicKey(args);
      const bytes = sign === undefined ? null : c.readSignature(sign, key);
      return data !== undefined && bytes !== null && c.rsaVerify(Buffer.from(c.compact(data)), bytes, key);
    },
  })),
  mutant("never-verifies", "QRY-002", "does not verify at all", () => ({ verifies: () => true })),
  mutant("skips-when-sign-missing", "QRY-002", "does not verify where there is no sign", (c) => ({
    trusts: (data, sign, args) => (sign === undefined ? c.hasShape(data) : c.trusts(data, sign, args)),
  })),
  mutant(
    "skips-when-sign-empty",
    "QRY-002",
    "does not verify where sign is empty",
    trusting((_c, _data, sign) => textOf(sign) === ""),
  ),
  mutant("skips-when-sign-falsy", "QRY-002", "does not verify where sign is missing, null or empty", (c) => ({
    trusts: (data, sign, args) => (textOf(sign) ? c.trusts(data, sign, args) : c.hasShape(data)),
  })),
  mutant("swallows-verify-errors", "QRY-002", "takes an error of its verifier for a success", (c) => ({
    verifies: (data, sign, args) =>
      /^[0-9a-f]*$/i.test(sign ?? "") && (sign ?? "").length % 2 === 0
        ? c.verifies(data, sign, args)
        : sign !== undefined,
  })),
  mutant("takes-long-signatures", "QRY-002", "cuts off what a signature has too much", (c) => ({
    readSignature: (text, key) =>
      c.readSignature(text.slice(0, 2 * Math.ceil(Number(key.asymmetricKeyDetails?.modulusLength) / 8)), key),
  })),
  mutant("compares-beginning", "QRY-002", "looks at the beginning of the signature only", (c) => {
    const good = new Set<string>();
    return {
      verifies: (data, sign, args) => {
        const found = c.verifies(data, sign, args);
        if (found && sign) good.add(sign.slice(0, 16));
        return found || (sign !== undefined && sign.length > 200 && good.has(sign.slice(0, 16)));
      },
    };
  }),
  mutant(
    "leaves-amount-unverified",
    "QRY-003",
    "leaves total_fee out where it verifies, if that fits",
    trusting((c, data, sign, args) => c.verifies(withValue(data, "total_fee", "2000"), textOf(sign), args)),
  ),
  mutant(
    "verifies-documented-members-only",
    "QRY-004",
    "leaves undocumented members out where it verifies",
    (c) => ({
      verifies: (data, sign, args) =>
        c.verifies(
          without(data, (name) => !DOCUMENTED.includes(name)),
          sign,
          args,
        ),
    }),
  ),
  mutant(
    "verifies-trimmed",
    "QRY-003",
    "takes a value with a space behind it for the same",
    trusting(
      (c, data, sign, args) =>
        data?.is === "object" &&
        c.verifies(
          {
            is: "object",
            members: new Map(
              [...data.members].map(([name, value]) => [
                name,
                value.is === "text" ? { is: "text", text: value.text.trim() } : value,
              ]),
            ),
          },
          textOf(sign),
          args,
        ),
    ),
  ),
  mutant(
    "ignores-empty-members",
    "QRY-003",
    "takes data with an empty member more for the same",
    trusting(
      (c, data, sign, args) =>
        c.verifies(
          without(data, (name) => !DOCUMENTED.includes(name)),
          textOf(sign),
          args,
        ) &&
        data?.is === "object" &&
        [...data.members].every(([name, value]) => DOCUMENTED.includes(name) || textOf(value) === ""),
    ),
  ),
  mutant("notsure-is-failed", "QRY-005", "says failed for NOTSURE", results({ NOTSURE: "failed" })),
  mutant(
    "fail-is-failed",
    "QRY-005",
    "says failed for FAIL: the query failed, not the payment",
    results({ FAIL: "failed" }),
  ),
  mutant("other-results-failed", "QRY-005", "says failed for a result that it does not know", (c) => ({
    resultWord: (result) => (c.resultWord(result) === "unknown" ? "failed" : c.resultWord(result)),
  })),
  mutant("refund-is-paid", "QRY-005", "says paid for REFUND", results({ REFUND: "paid" })),
  mutant("results-in-any-case", "QRY-005", "reads a result in any case", (c) => ({
    resultWord: (result) => c.resultWord(result.trim().toUpperCase()),
  })),
  mutant("code-zero-is-paid", "QRY-005", "says paid where code is 0", (c) => ({
    resultWord: () => "paid",
    notifyWord: (body, args) => c.notifyWord(body, args),
  })),
  mutant("result-at-the-top", "QRY-005", "reads result at the top level, as the table has it", (c) => ({
    queryWord: (envelope, args) => {
      const word = c.queryWord(envelope, args);
      if (word === "untrusted" || envelope === null || envelope === "doubled" || c.code(envelope) !== 0)
        return word;
      return c.resultWord(textOf(memberOf(envelope, "result")) ?? "");
    },
  })),
  mutant("any-order", "QRY-006", "does not compare mch_order_no", (c) => ({
    isAbout: (data, args) =>
      c.isAbout(data, { ...args, mch_order_no: textOf(memberOf(data, "mch_order_no")) }),
  })),
  mutant("any-merchant", "QRY-006", "does not compare appid", (c) => ({
    isAbout: (data, args) => c.isAbout(data, { ...args, appid: textOf(memberOf(data, "appid")) }),
  })),
  mutant("no-shape", "QRY-007", "does not look at the shape of what was signed", () => ({
    hasShape: () => true,
  })),
  mutant("shape-of-result-only", "QRY-007", "looks for result and mch_order_no only", () => ({
    hasShape: (data) =>
      textOf(memberOf(data, "result")) !== undefined && textOf(memberOf(data, "mch_order_no")) !== undefined,
  })),
  mutant("own-key-verifies", "QRY-008", "verifies with the merchant's own key", (c) => ({
    readPublicKey: (args) => createPublicKey(String(args.private_key ?? args.public_key)),
    verifies: (data, sign, args) => c.verifies(data, sign, args),
  })),
  mutant(
    "either-key-verifies",
    "QRY-008",
    "takes the merchant's key beside the gateway's",
    trusting((c, data, sign, args) => {
      if (args.private_key === undefined || data?.is !== "object") return false;
      const key = createPublicKey(String(args.private_key));
      const bytes = c.readSignature(textOf(sign) ?? "", key);
      const fields = new Map([...data.members].map(([name, value]) => [name, c.signedText(value)]));
      return bytes !== null && verify("RSA-MD5", Buffer.from(c.canonical(fields)), key, bytes);
    }),
  ),
  mutant("finds-digest-anywhere", "QRY-009", "looks for the digest anywhere in the recovered block", () => ({
    rsaVerify: (message, signature, key) => {
      try {
        const block = publicDecrypt({ key, padding: constants.RSA_NO_PADDING }, signature);
        return block.includes(createHash("md5").update(message).digest());
      } catch {
        return false;
      }
    },
  })),
  mutant("takes-other-hashes", "QRY-009", "takes SHA-1 beside MD5", () => ({
    rsaVerify: (message, signature, key) =>
      verify("RSA-MD5", message, key, signature) ||
      createVerify("RSA-SHA1").update(message).verify(key, signature),
  })),
  mutant(
    "takes-short-padding",
    "QRY-009",
    "looks for DigestInfo behind the first zero byte, whatever follows",
    () => ({
      rsaVerify: (message, signature, key) => {
        try {
          const block = publicDecrypt({ key, padding: constants.RSA_NO_PADDING }, signature);
          const info = Buffer.concat([
            Buffer.from("3020300c06082a864886f70d020505000410", "hex"),
            createHash("md5").update(message).digest(),
          ]);
          return (
            block[0] === 0 &&
            block[1] === 1 &&
            block
              .subarray(block.indexOf(0, 2) + 1)
              .subarray(0, info.length)
              .equals(info)
          );
        } catch {
          return false;
        }
      },
    }),
  ),
];

function withValue(data: Json | undefined, name: string, digits: string): Json | undefined {
  return data?.is === "object" && data.members.has(name)
    ? { is: "object", members: new Map([...data.members, [name, readJson(digits)]]) }
    : data;
}
