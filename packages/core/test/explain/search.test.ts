import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { HashName } from "../../src/explain/recovered.js";
import { encodeUtf8, type Material, mistakenBytes, searchText } from "../../src/index.js";

const md5 = (text: string | Uint8Array): Uint8Array => createHash("md5").update(text).digest();
const hexOf = (text: string): string => Buffer.from(md5(text)).toString("hex");

function material(values: Readonly<Record<string, string>>): Material {
  return { fields: Object.entries(values).map(([name, value]) => ({ name, value })), signature: "00" };
}

/** The mistakes, in the order in which they are named, of a signer who hashed this text; null where none are found. */
function idsOf(
  values: Readonly<Record<string, string>>,
  text: string,
  quick = false,
): readonly string[] | null {
  const found = searchText(material(values), "MD5", md5(text), quick);
  if (found && !found.mistakes.some(({ slot }) => slot === "encode")) expect(found.text).toBe(text);
  return found?.mistakes.map(({ id }) => id) ?? null;
}

const FIVE = { c: "3", a: "1", e: "5", b: "2", d: "4", sign: "00" };

describe("the search for the text that was signed", () => {
  it("names nothing where the text is the right one", () => {
    expect(idsOf(FIVE, "a=1b=2c=3d=4e=5")).toEqual([]);
  });

  it("SIG-007 finds a digest of the digest's hex text, by itself and after another mistake", () => {
    expect(idsOf(FIVE, hexOf("a=1b=2c=3d=4e=5"))).toEqual(["hex_digest_signed"]);
    expect(idsOf(FIVE, hexOf("a=1b=2c=3d=4e=5").toUpperCase())).toEqual(["hex_digest_signed_upper"]);
    expect(idsOf(FIVE, hexOf("a=1&b=2&c=3&d=4&e=5"))).toEqual(["joined_with_ampersand", "hex_digest_signed"]);
  });

  it("looks for one mistake alone when it is to be quick", () => {
    expect(idsOf(FIVE, "a=1&b=2&c=3&d=4&e=5&")).toEqual(["joined_with_ampersand", "trailing_ampersand"]);
    expect(idsOf(FIVE, "a=1&b=2&c=3&d=4&e=5&", true)).toBeNull();
    expect(idsOf(FIVE, "a=1&b=2&c=3&d=4&e=5", true)).toEqual(["joined_with_ampersand"]);
    expect(idsOf(FIVE, "b=2d=4", true)).toBeNull();
    expect(idsOf(FIVE, "a=1c=3e=5", true)).toEqual(["left_out_b_and_d"]);
  });

  it.each([
    ["B=X,a=Y", { a: " y ", B: " x" }, ["values_trimmed", "values_upper_cased"], "B=Xa=Y"],
    [
      "fields before joining",
      { b: "", a: "1", c: "2" },
      ["empty_values_dropped", "joined_with_comma"],
      "a=1,c=2",
    ],
    ["order before the end", { b: "2", a: "1" }, ["keys_not_sorted", "trailing_newline"], "b=2a=1\n"],
    ["values before order", { a: " 1", b: " 2" }, ["values_trimmed", "sorted_backwards"], "b=2a=1"],
    ["an omission first", FIVE, ["left_out_c", "joined_with_bar"], "a=1|b=2|d=4|e=5"],
  ])("names two mistakes in the order in which a signer makes them: %s", (_, values, ids, text) => {
    expect(idsOf(values, text)).toEqual(ids);
  });

  it("tells two ways of writing a value apart by which came first", () => {
    expect(idsOf({ A: "A é" }, "A=a%20%c3%a9")).toEqual(["values_percent_encoded", "values_lower_cased"]);
    expect(idsOf({ A: "A é" }, "A=a%20%C3%A9")).toEqual(["values_lower_cased", "values_percent_encoded"]);
  });

  it("SIG-001 finds any choice of the fields, sign never among them", () => {
    expect(idsOf(FIVE, "a=1d=4")).toEqual(["only_a_and_d"]);
    expect(idsOf(FIVE, "e=5")).toEqual(["only_e"]);
    const found = searchText(material(FIVE), "MD5", md5("a=1d=4"));
    expect(found?.mistakes[0]).toMatchObject({ requirement: "SIG-001", says: "signs only a, d" });
    expect(idsOf(FIVE, "a=1d=4sign=00")).toBeNull();
  });

  it("tries each choice of up to fourteen fields, and none of more", () => {
    const many = (count: number): Record<string, string> =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [String.fromCharCode(97 + i), "v"]));
    expect(idsOf(many(14), "a=vg=vn=v")).toEqual(["only_a_and_g_and_n"]);
    expect(idsOf(many(15), "a=vg=vn=v")).toBeNull();
  });

  it.each([
    ["SHA-1", "sha1"],
    ["SHA-256", "sha256"],
  ] as const)("searches under %s as well", (hash: HashName, name) => {
    const digest = createHash(name).update("a=1&b=2").digest();
    const found = searchText(material({ a: "1", b: "2" }), hash, digest);
    expect(found?.mistakes.map(({ id }) => id)).toEqual(["joined_with_ampersand"]);
    expect(searchText(material({ a: "1", b: "2" }), "MD2", digest, true)).toBeNull();
  });

  it("SIG-006 passes over texts that have no UTF-8: a field outside the signature may hold half a pair", () => {
    expect(idsOf({ a: "\ud800", b: "2" }, "b=2", true)).toEqual(["left_out_a"]);
    expect(idsOf({ a: "\ud800", b: "2" }, "something else", true)).toBeNull();
  });
});

describe("the bytes of each mistake", () => {
  const bytesOf = (values: Readonly<Record<string, string>>): ReadonlyMap<string, Uint8Array> =>
    new Map(mistakenBytes(material(values)).map(({ mistake, bytes }) => [mistake.id, bytes]));

  it("are those that a verifier with the mistake takes", () => {
    const found = bytesOf({ b: "2 ", a: "é" });
    expect(found.get("joined_with_ampersand")).toEqual(encodeUtf8("a=é&b=2 "));
    expect(found.get("values_trimmed")).toEqual(encodeUtf8("a=éb=2"));
    expect(found.get("signed_as_latin1")).toEqual(Uint8Array.from([...Buffer.from("a=éb=2 ", "latin1")]));
    expect(found.get("hex_digest_signed")).toEqual(encodeUtf8(hexOf("a=éb=2 ")));
  });

  it("leave out the mistakes that change nothing here, and those that have no bytes", () => {
    const plain = bytesOf({ a: "1", b: "2" });
    expect(plain.has("joined_with_comma")).toBe(true);
    for (const id of ["values_trimmed", "keys_not_sorted", "signed_as_latin1", "signed_as_ascii"])
      expect(plain.has(id), id).toBe(false);
    for (const bytes of plain.values()) expect(bytes).not.toEqual(encodeUtf8("a=1b=2"));
    expect(bytesOf({ a: "ก" }).has("signed_as_big5")).toBe(false);
    expect(bytesOf({ a: "ก" }).has("signed_as_windows_874")).toBe(true);
    expect(bytesOf({ a: "\ud800", b: "2" }).has("joined_with_comma")).toBe(false);
    expect(bytesOf({ a: "\ud800", b: "2" }).get("names_only")).toEqual(encodeUtf8("ab"));
  });
});
