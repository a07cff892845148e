import { QUERY_DATA_FIELDS } from "@ksherproof/spec";
import { describe, expect, it } from "vitest";
import {
  checkQueryShape,
  type JsonNode,
  paramsFromObject,
  parseEnvelope,
  parseJson,
  type Result,
  signedParams,
  verifyEnvelope,
} from "../src/index.js";

function node(text: string): JsonNode {
  const parsed = parseJson(text);
  if (!parsed.ok) throw new Error(parsed.rejection.detail);
  return parsed.value;
}

const refused = (found: Result<unknown>) => (found.ok ? null : found.rejection);
const rejection = (code: string, requirement: string, detail: string, field: string) => ({
  code,
  requirement,
  detail,
  field,
});

describe("what a rejection says", () => {
  it.each([
    [1, "a number"],
    [true, "a boolean"],
    [undefined, "undefined"],
    [null, "null"],
    [[], "an array"],
    [{}, "an object"],
  ])("SIG-004 a param whose value is %j", (value, found) => {
    expect(refused(paramsFromObject({ a: "1", b: value }))).toEqual(
      rejection("param_not_string", "SIG-004", `Expected a string as the value of b, found ${found}.`, "b"),
    );
  });

  it("SIG-006 half a surrogate pair, in a name or a value", () => {
    const says = { code: "lone_surrogate", requirement: "SIG-006", field: "b", at: 1 };
    const detail = '"b" has half a surrogate pair at index 1, which has no UTF-8.';
    expect(refused(paramsFromObject({ b: "x\ud800" }))).toEqual({ ...says, detail });
    expect(refused(paramsFromObject({ "\udc00": "x" }))).toMatchObject({ code: "lone_surrogate", at: 0 });
    const nested = signedParams(node('{"b": {"\\ud800": 1}}'), "all");
    expect(refused(nested)).toMatchObject({ code: "lone_surrogate", field: "b" });
  });

  const whole = Object.fromEntries(
    QUERY_DATA_FIELDS.map(({ name, types }) => [name, types.some((type) => type === "string") ? "" : 1]),
  );

  it.each([
    [undefined, "none"],
    ["[]", "array"],
    ['"{}"', "string"],
  ])("QRY-007 QRY-001 data that is %s", (text, found) => {
    const data = text === undefined ? undefined : node(text);
    const says = `Expected data to be an object, found ${found}.`;
    expect(refused(checkQueryShape(data))).toEqual(rejection("data_not_object", "QRY-007", says, "data"));
    expect(refused(signedParams(data, "all"))).toEqual(rejection("data_not_object", "QRY-001", says, "data"));
  });

  it("QRY-007 a documented member that is missing or of another type; the whole of them fits", () => {
    expect(refused(checkQueryShape(node(JSON.stringify(whole))))).toBeNull();
    const { result: _, ...without } = whole;
    expect(refused(checkQueryShape(node(JSON.stringify(without))))).toEqual(
      rejection("member_missing", "QRY-007", "The documented member result is missing.", "result"),
    );
    const other = { ...whole, cash_fee: null };
    expect(refused(checkQueryShape(node(JSON.stringify(other))))).toEqual(
      rejection(
        "member_type",
        "QRY-007",
        "Expected cash_fee to be string or integer, found null.",
        "cash_fee",
      ),
    );
  });

  it("RSP-007 an envelope that is no object, with the place", () => {
    expect(refused(parseEnvelope(" [1]"))).toEqual({
      code: "not_an_object",
      requirement: "RSP-007",
      detail: "Expected a JSON object, found array.",
      at: 1,
    });
    expect(parseEnvelope('{"msg": "m", "message": "n"}')).toMatchObject({
      value: { msg: "m", message: "n", code: undefined },
    });
  });

  it.each([
    ["{}", "signature_missing", "The answer has no sign."],
    ['{"sign": 1}', "signature_not_text", "Expected sign to be a string, found number."],
    ['{"sign": null}', "signature_not_text", "Expected sign to be a string, found null."],
  ])("QRY-002 the signature of %s", (text, code, detail) => {
    const envelope = parseEnvelope(text);
    if (!envelope.ok) throw new Error(envelope.rejection.detail);
    const never = { key: undefined as never, verify: () => true };
    expect(refused(verifyEnvelope(envelope.value, "all", never))).toEqual(
      rejection(code, "QRY-002", detail, "sign"),
    );
  });
});
