import { describe, expect, it } from "vitest";
import { looksLikeSignature, readings } from "../../src/explain/signature-text.js";

/** Bytes in which each nibble shows: the first is small enough that zeros lead, and every letter occurs. */
const BYTES = Uint8Array.from({ length: 64 }, (_, i) =>
  i === 0 ? 0x00 : i === 1 ? 0x0a : (i * 37 + 11) % 256,
);
const hex = Buffer.from(BYTES).toString("hex");
const base64 = Buffer.from(BYTES).toString("base64");
const base64url = Buffer.from(BYTES).toString("base64url");

const mistakes = (text: string): readonly (string | null)[] =>
  readings(text, 64).map(({ bytes, mistake }) => {
    expect(Buffer.from(bytes).toString("hex")).toBe(hex);
    return mistake?.id ?? null;
  });

describe("the ways to write a signature", () => {
  it("SIG-008 lower-case hex is the documented one, and the only reading of itself", () => {
    expect(mistakes(hex)).toEqual([null]);
  });

  it.each([
    ["upper_case_hex", hex.toUpperCase()],
    ["white_space_in_signature", ` ${hex.slice(0, 64)} \n${hex.slice(64)}\n`],
    ["hex_prefix", `0x${hex}`],
    ["hex_prefix", `0X${hex}`],
    ["separated_hex", hex.match(/../g)?.join(":") ?? ""],
    ["separated_hex", hex.match(/../g)?.join("-") ?? ""],
    ["quoted_signature", `"${hex}"`],
    ["quoted_signature", `${hex}"`],
    ["quoted_signature", `"${hex}`],
    ["leading_zeros_dropped", hex.slice(2)],
    ["leading_zeros_dropped", hex.slice(3)],
    ["base64_signature", base64],
    ["base64_signature", base64.replace(/=+$/, "")],
    ["base64url_signature", base64url],
    ["escaped_base64_signature", encodeURIComponent(base64)],
    ["base64_of_hex", Buffer.from(hex).toString("base64")],
    ["hex_of_base64", Buffer.from(base64).toString("hex")],
    ["hex_of_hex", Buffer.from(hex).toString("hex")],
  ])("SIG-008 %s: %s", (id, text) => {
    expect(mistakes(text)[0]).toBe(id);
  });

  it("SIG-009 eight dropped zeros are told, nine are another signature", () => {
    const zeros = `${"0".repeat(9)}${"f".repeat(119)}`;
    const idsOf = (text: string) => readings(text, 64).map(({ mistake }) => mistake?.id);
    expect(idsOf(zeros.slice(8))).toEqual(["leading_zeros_dropped"]);
    expect(idsOf(zeros.slice(9))).toEqual([]);
    expect(idsOf(`0${zeros}`)).toEqual([]);
    expect(idsOf(`${zeros.slice(9)}g`)).toEqual([]);
  });

  it.each([
    ["a word", "hello", false],
    ["31 hex digits", hex.slice(0, 31), false],
    ["32 hex digits", hex.slice(0, 32), true],
    ["32 hex digits in two lines behind 0x", `0x${hex.slice(0, 16)}\n\n ${hex.slice(16, 32)}`, true],
    ["base64 of 32 bytes", Buffer.from(BYTES.slice(0, 32)).toString("base64"), true],
    ["base64url of 64 bytes", base64url, true],
    ["base64 of 31 bytes", Buffer.from(BYTES.slice(0, 31)).toString("base64"), false],
    ["base64 cut in the middle of a byte", "Z".repeat(45), false],
    ["a long sentence", "This is a long sentence, and no signature at all.", false],
    ["hex with one stray letter at its head", `!${hex}`, false],
  ])("%s looks like a signature: %s %s", (_, text, looks) => {
    expect(looksLikeSignature(text)).toBe(looks);
  });
});
