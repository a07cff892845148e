import { describe, expect, it } from "vitest";
import { explain, inEnglish, MISTAKES, recognise, SENTENCES, sentence, written } from "../src/index.js";
import { newKey, signWith } from "./explain/planted.js";

const { named, privateKey } = newKey("merchant", 1024);

describe("sentences with places", () => {
  const template = (id: string): string => ({ one: "[{a}, {b}]", two: "<{c}>" })[id] ?? id;

  it("are filled with texts and with sentences, joined; what nothing fills stays", () => {
    const two = { id: "two", terms: { c: "3" } };
    expect(written({ id: "one", terms: { a: "1", b: [two, two] } }, template, " + ")).toBe("[1, <3> + <3>]");
    expect(written({ id: "one", terms: { a: "{b}" } }, template, "")).toBe("[{b}, {b}]");
    expect(written({ id: "one", terms: { a: "$&", b: [] } }, template, "")).toBe("[$&, ]");
    expect(written({ id: "two", terms: {} }, template, "")).toBe("<{c}>");
  });

  it("have their English, or what a mistake says, or their id", () => {
    expect(inEnglish(sentence("hashes_with", { hash: "SHA-1" }))).toBe("hashes with SHA-1, not MD5");
    const mistakes = [{ id: "mine", terms: {} }, sentence("left_out", { field: "b" })];
    const says = new Map([["mine", "does as it likes"]]);
    expect(inEnglish(sentence("other_text", { mistakes }), says)).toBe(
      "The right key signed another text: the signer does as it likes, and leaves b out of what is signed.",
    );
    expect(inEnglish({ id: "toString", terms: {} })).toBe("toString");
  });

  it("say in English what the mistakes say that have one", () => {
    const placed = MISTAKES.filter((one) => one.sentence !== undefined);
    expect(placed.length).toBeGreaterThan(10);
    for (const { says, sentence } of placed) expect(sentence && inEnglish(sentence)).toBe(says);
    expect(MISTAKES.find(({ id }) => id === "joined_with_comma")?.sentence).toBeUndefined();
  });
});

describe("what the doctor says, as sentences", () => {
  const params = new Map([
    ["a", "1"],
    ["b", "2"],
    ["c", "3"],
    ["d", "4"],
  ]);
  const told = (signature: string) => explain({ params, signature, key: named });

  it.each([
    ["valid", "a=1b=2c=3d=4", []],
    ["other_text", "a=1&b=2&c=3&d=4", [{ id: "joined_with_ampersand", terms: {} }]],
    ["other_text", "a=1c=3d=4", [{ id: "left_out", terms: { field: "b" } }]],
    ["other_text", "a=1c=3", [{ id: "left_out_two", terms: { first: "b", second: "d" } }]],
    ["other_text", "d=4", [{ id: "only", terms: { fields: "d" } }]],
    ["other_text", "a=9b=2c=3d=4", [{ id: "changed", terms: { field: "a", signed: '"9"', found: '"1"' } }]],
    ["other_text", "a=1b=2c=3d=4lang=en", [{ id: "extra_field", terms: { field: "lang", value: "en" } }]],
    ["unknown_text", "nobody knows this text", []],
  ])("%s: %s", (id, text, mistakes) => {
    const found = told(signWith(privateKey, text));
    expect(found.sentences.summary.id).toBe(id);
    expect(found.sentences.summary.terms.mistakes).toEqual(mistakes);
    expect(found.sentences.mistakes).toEqual(mistakes);
    const says = new Map(found.mistakes.map((one) => [one.id, one.says]));
    expect(inEnglish(found.sentences.summary, says)).toBe(found.summary);
    expect(Object.keys(found.mistakes[0] ?? { id: 0, requirement: 0, says: 0 })).toEqual([
      "id",
      "requirement",
      "says",
    ]);
  });

  it("SIG-008 names how the signature itself is written, and SIG-007 the hash", () => {
    const good = signWith(privateKey, "a=1b=2c=3d=4");
    expect(told(Buffer.from(good, "hex").toString("base64")).sentences).toMatchObject({
      summary: { id: "bad_encoding" },
      mistakes: [{ id: "base64_signature" }],
    });
    const other = told(signWith(privateKey, "a=1&b=2&c=3&d=4", "RSA-SHA1")).sentences;
    expect(other.summary).toMatchObject({ id: "other_hash_other_text", terms: { hash: "SHA-1" } });
    expect(other.mistakes.map(({ id }) => id)).toEqual(["joined_with_ampersand", "hashes_with"]);
    expect(told("ab".repeat(64)).sentences.summary).toMatchObject({
      id: "bad_length_of_other_key",
      terms: { bits: "1024", expected: "256", found: "128", size: "512" },
    });
  });

  it("each id that it or the recognition of a message gives is one of the sentences", () => {
    const found = recognise("curl -d '{\"code\": 0}' https://api.example/KsherPay/cancel_order");
    expect(found.ok && found.value.sentence).toEqual({
      id: "curl_line_with",
      terms: { message: [{ id: "response_of", terms: { endpoint: "cancel_order" } }] },
    });
    expect(Object.hasOwn(SENTENCES, "curl_line_with")).toBe(true);
  });
});
