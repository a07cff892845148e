import { constants, createHash, privateEncrypt } from "node:crypto";
import { describe, expect, it } from "vitest";
import { explain } from "../../src/index.js";
import { newKey, signWith } from "./planted.js";

const { named, privateKey } = newKey("merchant", 1024);
const other = newKey("other", 1024);
const PARAMS = new Map([
  ["a", "1"],
  ["b", "2"],
]);
const RIGHT = "a=1b=2";
const md5 = (text: string): Buffer => createHash("md5").update(text).digest();

/** What pads any content as PKCS#1 type 1 does, DigestInfo or not. */
const padded = (content: Uint8Array, key = privateKey): string =>
  privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, content).toString("hex");
/** What has no padding at all: a message of the modulus's length, as it is. */
const raw = (message: Uint8Array): string =>
  privateEncrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, message).toString("hex");
const found = (signature: string, more: object = {}) =>
  explain({ params: PARAMS, signature, key: named, quick: true, ...more });
const ids = (signature: string): readonly string[] => found(signature).mistakes.map(({ id }) => id);
const DIGEST_INFO = Buffer.from("3020300c06082a864886f70d020505000410", "hex");

describe("SIG-007 a signature that carries something else than a DigestInfo of MD5", () => {
  it("bare_digest: the 16 bytes alone, over the right text or over another", () => {
    expect(found(padded(md5(RIGHT)))).toMatchObject({
      verdict: "other_hash",
      signedText: RIGHT,
      madeBy: "merchant",
      mistakes: [{ id: "bare_digest", requirement: "SIG-007" }],
    });
    expect(found(padded(md5("a=1&b=2")))).toMatchObject({ signedText: "a=1&b=2" });
    expect(ids(padded(md5("a=1&b=2")))).toEqual(["joined_with_ampersand", "bare_digest"]);
    expect(found(padded(md5("nobody knows")))).toMatchObject({ verdict: "other_hash", signedText: null });
    expect(ids(padded(md5("nobody knows")))).toEqual(["bare_digest"]);
  });

  it.each([
    ["lower", (hex: string) => hex],
    ["upper", (hex: string) => hex.toUpperCase()],
  ])("hex_digest_unwrapped: the digest as %s-case hex", (_, write) => {
    const signature = padded(Buffer.from(write(md5(RIGHT).toString("hex"))));
    expect(found(signature)).toMatchObject({ verdict: "other_hash", signedText: RIGHT });
    expect(ids(signature)).toEqual(["hex_digest_unwrapped"]);
  });

  it.each([
    ["32 letters that are no hex", Buffer.from("g".repeat(32)), "32 bytes that are no DigestInfo"],
    ["17 bytes", Buffer.alloc(17, 1), "17 bytes that are no DigestInfo"],
    ["33 hex digits", Buffer.from("a".repeat(33)), "33 bytes that are no DigestInfo"],
    [
      "no NULL",
      Buffer.from(`301e300a06082a864886f70d02050410${"ab".repeat(16)}`, "hex"),
      "a DigestInfo of MD5 that is not",
    ],
    [
      "bytes behind it",
      Buffer.concat([DIGEST_INFO, md5(RIGHT), Buffer.of(0)]),
      "a DigestInfo of MD5 that is not",
    ],
  ])("QRY-009 inexact_encoding: %s", (_, content, says) => {
    const answer = found(padded(content));
    expect(answer).toMatchObject({
      verdict: "not_a_signature",
      mistakes: [{ id: "inexact_encoding", requirement: "QRY-009" }],
    });
    expect(answer.summary).toContain(`Under merchant it carries ${says}`);
  });

  it("QRY-009 padding that is not exact is no padding", () => {
    const message = Buffer.concat([
      Buffer.of(0, 1),
      Buffer.alloc(91, 0xff),
      Buffer.of(0),
      DIGEST_INFO,
      md5(RIGHT),
    ]);
    expect(message).toHaveLength(128);
    expect(found(raw(message)).verdict).toBe("valid");
    const changed = (at: number, byte: number): Buffer => {
      const copy = Buffer.from(message);
      copy[at] = byte;
      return copy;
    };
    for (const wrong of [changed(0, 0x10), changed(1, 2), changed(93, 1), changed(9, 0), changed(9, 1)])
      expect(found(raw(wrong)).verdict).toBe("wrong_key");
    expect(found(raw(changed(10, 0))).verdict).toBe("not_a_signature");
  });
});

describe("what cannot be read under the key", () => {
  it.each(["00".repeat(128), `${"00".repeat(127)}01`])("%s is a bare 0 or 1", (signature) => {
    expect(found(signature)).toMatchObject({ verdict: "not_a_signature" });
    expect(found(signature).summary).toContain("a bare 0 or 1");
  });

  it.each([`${"00".repeat(127)}02`, `01${"00".repeat(127)}`])("%s is not", (signature) => {
    expect(found(signature).verdict).toBe("wrong_key");
  });

  it.each([
    ["", "missing or empty"],
    [" \n", "missing or empty"],
    ["hello", "neither hex nor base64"],
    ["ab".repeat(64), "has 256 hex digits; this one has 128: it was made with another key, of 512 bits"],
    [`${"ab ".repeat(256)}`, "this one has 512: it was made with another key, of 2048 bits"],
    ["ab".repeat(100), "this one has 200."],
  ])("%s: %s", (signature, says) => {
    expect(found(signature).summary).toContain(says);
  });

  it("another key among those that are known is named, whatever it signed", () => {
    const others = [named, other.named];
    const asked = { others };
    expect(found(signWith(other.privateKey, RIGHT), asked)).toMatchObject({
      verdict: "wrong_key",
      madeBy: "other",
      signedText: RIGHT,
      mistakes: [],
    });
    expect(found(signWith(other.privateKey, RIGHT), asked).summary).toContain("over exactly this text");
    expect(found(signWith(other.privateKey, "else"), asked).summary).toContain("over another text");
    const stranger = newKey("stranger", 1024);
    expect(found(signWith(stranger.privateKey, RIGHT), asked)).toMatchObject({
      verdict: "wrong_key",
      madeBy: null,
    });
  });

  it.each([
    [RIGHT, "over the right text"],
    ["a=1&b=2", "over another text"],
    ["nobody knows", "over an unknown text"],
  ])("other_hash over %s: %s", (text, says) => {
    expect(found(signWith(privateKey, text, "RSA-SHA256")).summary).toBe(
      `Signed with SHA-256, not MD5, ${says}.`,
    );
  });
});
