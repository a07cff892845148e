import { describe, expect, it } from "vitest";
import { explain, paramsFromObject } from "../../src/index.js";
import { newKey, PAIRS, REQUEST, SINGLES, signWith } from "./planted.js";

const merchant = newKey("merchant", 1024);
const small = newKey("small", 512);
const parsed = paramsFromObject(REQUEST);
if (!parsed.ok) throw new Error(parsed.rejection.detail);
const params = parsed.value;
const right = explain({ params, signature: "", key: merchant.named }).canonical;

describe("explain names each planted mistake", () => {
  it.each(SINGLES)("%s", (ids, text) => {
    const found = explain({ params, signature: signWith(merchant.privateKey, text), key: merchant.named });
    expect(found.verdict).toBe("other_text");
    expect(ids).toContain(found.mistakes[0]?.id);
    expect(found.mistakes).toHaveLength(1);
    expect(found.canonical).toBe(right);
  });

  it.each(PAIRS)("%s together", (ids, text) => {
    const found = explain({ params, signature: signWith(merchant.privateKey, text), key: merchant.named });
    expect(found.verdict).toBe("other_text");
    expect(found.mistakes.map(({ id }) => id).sort()).toEqual([...ids].sort());
    expect(found.signedText).toBe(text);
  });

  it.each([
    ["signed_as_latin1", "é", "latin1"],
    ["signed_as_utf16le", "é", "utf16le"],
  ] as const)("%s", (id, value, encoding) => {
    const thin = new Map([["a", value]]);
    const signature = signWith(merchant.privateKey, Buffer.from(`a=${value}`, encoding));
    expect(explain({ params: thin, signature, key: merchant.named }).mistakes[0]?.id).toBe(id);
  });

  it("signed_as_gbk", () => {
    const signature = signWith(merchant.privateKey, Buffer.from([0x61, 0x3d, 0xb2, 0xe2]));
    const found = explain({ params: new Map([["a", "测"]]), signature, key: merchant.named });
    expect(found.mistakes.map(({ id }) => id)).toEqual(["signed_as_gbk"]);
  });
});

describe("explain tells the verdicts apart", () => {
  const good = signWith(merchant.privateKey, right);

  it("valid: the right text, the right key, the right encoding", () => {
    const found = explain({ params, signature: good, key: merchant.named });
    expect(found).toMatchObject({ verdict: "valid", mistakes: [], signedText: right, madeBy: "merchant" });
    expect(found.steps.recoveredDigest).toBe(found.steps.digest);
  });

  it("other_hash: names the hash and says what it is over", () => {
    for (const [hash, name] of [
      ["RSA-SHA1", "SHA-1"],
      ["RSA-SHA256", "SHA-256"],
      ["RSA-SHA512", "SHA-512"],
    ] as const) {
      const found = explain({
        params,
        signature: signWith(merchant.privateKey, right, hash),
        key: merchant.named,
      });
      expect(found).toMatchObject({ verdict: "other_hash", hash: name, signedText: right });
      expect(found.mistakes.map(({ id }) => id)).toEqual(["other_hash"]);
    }
  });

  it("bad_encoding: base64, upper case, 0x, white space, dropped leading zeros", () => {
    const bytes = Buffer.from(good, "hex");
    const written: [string, string][] = [
      ["base64_signature", bytes.toString("base64")],
      ["base64url_signature", bytes.toString("base64url")],
      ["upper_case_hex", good.toUpperCase()],
      ["hex_prefix", `0x${good}`],
      ["white_space_in_signature", `${good.slice(0, 64)}\n${good.slice(64)}`],
    ];
    for (const [id, signature] of written) {
      if (id === "upper_case_hex" && signature === good) continue;
      const found = explain({ params, signature, key: merchant.named });
      expect(found.verdict, id).toBe("bad_encoding");
      expect(found.mistakes[0]?.id).toContain(id.startsWith("base64") ? "base64" : id);
    }
  });

  it("SIG-009 bad_encoding: a signature whose leading zeros were dropped", () => {
    for (let i = 0; ; i += 1) {
      const thin = new Map([["a", String(i)]]);
      const signature = signWith(small.privateKey, `a=${i}`);
      if (!signature.startsWith("0")) continue;
      const found = explain({ params: thin, signature: signature.replace(/^0+/, ""), key: small.named });
      expect(found.verdict).toBe("bad_encoding");
      expect(found.mistakes[0]?.id).toBe("leading_zeros_dropped");
      break;
    }
  });

  it("bad_length and not_a_signature", () => {
    expect(explain({ params, signature: good.slice(0, -20), key: merchant.named }).verdict).toBe(
      "bad_length",
    );
    expect(explain({ params, signature: "", key: merchant.named }).verdict).toBe("not_a_signature");
    expect(explain({ params, signature: "hello world", key: merchant.named }).verdict).toBe(
      "not_a_signature",
    );
  });

  it("other_text with no name: says so, and guesses nothing", () => {
    const found = explain({
      params,
      signature: signWith(merchant.privateKey, "something else"),
      key: merchant.named,
    });
    expect(found).toMatchObject({ verdict: "other_text", mistakes: [], signedText: null });
  });

  it("wrong_key: never called anything else, whatever text was signed", () => {
    for (let i = 0; i < 40; i += 1) {
      const other = newKey("other", 512);
      const text = i % 2 ? right : (SINGLES[i]?.[1] ?? "");
      const found = explain({ params, signature: signWith(other.privateKey, text), key: small.named });
      expect(found.verdict).toBe("wrong_key");
      expect(found.mistakes).toEqual([]);
      const named = explain({
        params,
        signature: signWith(other.privateKey, text),
        key: small.named,
        others: [other.named],
      });
      expect(named).toMatchObject({ verdict: "wrong_key", madeBy: "other" });
    }
  });
});

describe("explain finds what was changed after signing", () => {
  const values = new Map([
    ["fee_type", "THB"],
    ["mch_order_no", "A-1042"],
    ["result", "CLOSED"],
    ["total_fee", "2000"],
  ]);
  const signature = signWith(
    merchant.privateKey,
    "fee_type=THBmch_order_no=A-1042result=CLOSEDtotal_fee=2000",
  );

  it.each([
    ["result", "SUCCESS", 'signs result as "CLOSED", not "SUCCESS"'],
    ["fee_type", "USD", 'signs fee_type as "THB", not "USD"'],
    ["total_fee", "2001", 'signs total_fee as "2000", not "2001"'],
    ["total_fee", "200", 'signs total_fee as "2000", not "200"'],
    ["mch_order_no", "A-10042", 'signs mch_order_no as "A-1042", not "A-10042"'],
  ])("%s %s", (name, value, says) => {
    const found = explain({ params: new Map([...values, [name, value]]), signature, key: merchant.named });
    expect(found.mistakes).toEqual([{ id: `changed_${name}`, requirement: "SIG-004", says }]);
  });
});
