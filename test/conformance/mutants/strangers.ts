import { createHash, publicDecrypt } from "node:crypto";
import { integerOf, memberOf, textOf } from "../client/json.js";
import { type Mutant, mutant } from "./mutant.js";

const BEYOND = /[\u{10000}-\u{10ffff}]+/gu;

/** Faults that came up when clients were tried that the harness had never seen. */
export const STRANGERS: readonly Mutant[] = [
  mutant("three-byte-utf8", "SIG-006", "signs ? for every character beyond U+FFFF", (c) => ({
    bytes: (text) => c.bytes(text.replace(/[\u{10000}-\u{10ffff}]/gu, "?")),
  })),
  mutant("normalises-beyond-the-bmp", "SIG-004", "signs by NFC what stands beyond U+FFFF", (c) => ({
    value: (value) => c.value(value).replace(BEYOND, (some) => some.normalize("NFC")),
  })),
  mutant("signs-without-combining-marks", "SIG-004", "signs letters without combining marks", (c) => ({
    value: (value) => c.value(value).replace(/[\u0300-\u036f]/g, ""),
  })),
  mutant("verifies-without-tags", "SIG-004", "verifies texts without tags and variation selectors", (c) => ({
    signedText: (json) => c.signedText(json).replace(/[\u{e0000}-\u{e01ef}]/gu, ""),
  })),
  mutant(
    "numbers-of-digits",
    "SIG-004",
    "verifies texts of digits as the numbers that they look like",
    (c) => ({
      signedText: (json) =>
        json.is === "text" && /^0\d+$/.test(json.text) ? String(Number(json.text)) : c.signedText(json),
    }),
  ),
  mutant("beside-the-base", "REQ-001", "sends to the host of the base URL and forgets its path", (c) => ({
    url: (op, args) => new URL(c.url(op, { ...args, base_url: "" }), String(args.base_url)).href,
  })),
  mutant(
    "signs-what-it-leaves-out",
    "REQ-006",
    "signs empty values and leaves them out of the form",
    (c) => ({
      body: (fields) => c.body(new Map([...fields].filter(([, value]) => value !== ""))),
    }),
  ),
  mutant("closes-objects", "RSP-007", "puts the brace behind a body that has none", (c) => ({
    open: (answer) =>
      c.open(answer) ?? c.open(answer && { ...answer, body: Buffer.concat([answer.body, Buffer.from("}")]) }),
  })),
  mutant("waits-twice", "RSP-008", "waits two and a half times as long as it was told", (c) => ({
    call: (op, args) => ({ ...c.call(op, args), timeoutMs: 2.5 * Number(args.timeout_ms) }),
  })),
  mutant("msg-of-an-error", "RSP-004", "takes an msg that speaks of an error for a failure", (c) => ({
    cancelWord: (envelope, args) => {
      const said = envelope === null || envelope === "doubled" ? "" : textOf(memberOf(envelope, "msg"));
      return /error/i.test(said ?? "") ? "unknown" : c.cancelWord(envelope, args);
    },
  })),
  mutant("err-code-first", "RSP-005", "reads err_code before code", (c) => ({
    code: (envelope) => integerOf(memberOf(envelope, "err_code")) ?? c.code(envelope),
  })),
  mutant("takes-bare-digests", "QRY-009", "takes a digest without DigestInfo too", (c) => ({
    rsaVerify: (message, signature, key) => {
      if (c.rsaVerify(message, signature, key)) return true;
      try {
        return publicDecrypt(key, signature).equals(createHash("md5").update(message).digest());
      } catch {
        return false;
      }
    },
  })),
  mutant("free-unverified", "QRY-003", "verifies no answer about an amount of 0", (c) => ({
    trusts: (data, signature, args) =>
      integerOf(memberOf(data, "total_fee")) === 0 || c.trusts(data, signature, args),
  })),
  mutant("closed-unverified", "QRY-003", "verifies no answer that says CLOSED", (c) => ({
    trusts: (data, signature, args) =>
      textOf(memberOf(data, "result")) === "CLOSED" || c.trusts(data, signature, args),
  })),
];
