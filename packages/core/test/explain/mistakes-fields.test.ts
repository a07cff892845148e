import { describe, expect, it } from "vitest";
import { envelopeFields, explain, recognise } from "../../src/index.js";
import { newKey, signWith } from "./planted.js";

const { named, privateKey } = newKey("merchant", 1024);

describe("SIG-001 the field sign, and fields by name", () => {
  const of = (names: string): object => ({
    fields: names.split("").map((name) => ({ name: name === "s" ? "sign" : name, value: name })),
  });
  const params = { a: "a", b: "b" };

  it("sign_included: sorted like any other, wherever it came", () => {
    for (const order of ["asb", "abs"]) {
      const signature = signWith(privateKey, "a=ab=bsign=s");
      const found = explain({
        params: new Map(Object.entries(params)),
        signature,
        key: named,
        quick: true,
        ...of(order),
      });
      expect(found.mistakes.map(({ id }) => id)).toEqual(["sign_included"]);
    }
    const signed = explain({
      params: new Map([["a", "1"]]),
      signature: signWith(privateKey, "a=1"),
      key: named,
      fields: [
        { name: "a", value: "1" },
        { name: "sign", value: "x" },
      ],
    });
    expect(signed.verdict).toBe("valid");
  });

  it("keeps sign in its place where names are not sorted", () => {
    const found = explain({
      params: new Map(Object.entries(params)),
      signature: signWith(privateKey, "b=bsign=sa=a"),
      key: named,
      ...of("bsa"),
    });
    expect(found.mistakes.map(({ id }) => id).toSorted()).toEqual(["keys_not_sorted", "sign_included"]);
  });

  it("leaves out one field, or two, and says which; sign is none of them", () => {
    const says = (text: string): string | undefined =>
      explain({
        params: new Map([...Object.entries(params), ["c", "c"]]),
        signature: signWith(privateKey, text),
        key: named,
        quick: true,
        ...of("casb"),
      }).mistakes[0]?.says;
    expect(says("a=ac=c")).toBe("leaves b out of what is signed");
    expect(says("b=b")).toBe("leaves c and a out of what is signed");
    expect(says("c=c")).toBe("leaves a and b out of what is signed");
  });
});

describe("QRY-001 a whole answer whose signer took the envelope for what is signed", () => {
  const data = { b: "2", a: "1" };
  const answer = (text: string): string =>
    JSON.stringify({ code: 0, msg: "ok", data, sign: signWith(privateKey, text) });

  it.each([
    ["envelope_merged", "a=1b=2code=0msg=ok"],
    ["envelope_instead_of_data", `code=0data=${JSON.stringify(data)}msg=ok`],
    ["envelope_without_data", "code=0msg=ok"],
  ])("%s", (id, text) => {
    const found = recognise(answer(text));
    if (!found.ok) throw new Error(found.rejection.detail);
    const { params, fields, body, dataText, signature } = found.value;
    const explained = explain({
      params,
      fields,
      body,
      ...(dataText === null ? {} : { dataText }),
      envelope: envelopeFields(found.value) ?? [],
      signature: signature ?? "",
      key: named,
      quick: true,
    });
    expect(explained.mistakes.map((one) => one.id)).toEqual([id]);
  });
});
