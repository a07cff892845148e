import { describe, expect, it } from "vitest";
import { readAnswer } from "../../src/adapter/answer.js";
import { wrongShape } from "../../src/adapter/answer-shapes.js";

describe("a line of an adapter", () => {
  it.each([
    ['{"id":3,"ok":{"sign":"ab"},"more":1}', { id: 3, ok: { sign: "ab" } }],
    ['  {"id":3,"ok":{}}\r', { id: 3, ok: {} }],
    ['{"id":3,"error":{"kind":"failed","message":"no key"}}', { id: 3, error: "failed", message: "no key" }],
    ['{"id":3,"error":{"kind":"unsupported"}}', { id: 3, error: "unsupported", message: "" }],
  ])("%s is an answer", (line, answer) => {
    expect(readAnswer(line)).toEqual(answer);
  });

  it.each([
    ["Loading ...", 'it wrote a line on stdout that is no JSON: "Loading ..."; logs belong on stderr'],
    [
      '\ufeff{"id":1,"ok":{}}',
      'it wrote a line on stdout that is no JSON (it starts with a byte order mark): "\ufeff{\\"id\\":1,\\"ok\\":{}}"; logs belong on stderr',
    ],
    ["[1]", 'it wrote a line that is no JSON object: "[1]"'],
    ["null", 'it wrote a line that is no JSON object: "null"'],
    ["7", 'it wrote a line that is no JSON object: "7"'],
    ['{"ok":{}}', 'it answered without the request\'s id: "{\\"ok\\":{}}"'],
    ['{"id":"1","ok":{}}', 'it answered without the request\'s id: "{\\"id\\":\\"1\\",\\"ok\\":{}}"'],
  ])("%s is none, and is told what it is", (line, wrong) => {
    expect(readAnswer(line)).toEqual({ wrong });
  });

  it.each([
    '{"id":1}',
    '{"id":1,"ok":[]}',
    '{"id":1,"ok":true}',
    '{"id":1,"error":{"kind":"oops"}}',
    '{"id":1,"error":"failed"}',
  ])("%s holds neither an answer nor an error of ours", (line) => {
    expect(readAnswer(line)).toEqual({
      wrong: `it answered with neither an ok object nor an error of kind "unsupported" or "failed": ${JSON.stringify(line)}`,
    });
  });

  it("a long one is shown by its beginning", () => {
    const [exact, long] = [120, 121].map((length) => readAnswer("x".repeat(length)));
    expect(exact).toMatchObject({ wrong: expect.stringContaining(`"${"x".repeat(120)}";`) });
    expect(long).toMatchObject({ wrong: expect.stringContaining(`"${"x".repeat(120)}...";`) });
  });
});

describe("the answer of an operation", () => {
  it.each([
    ["canonicalize", { canonical: "" }],
    ["sign", { sign: "ab" }],
    ["verify", { valid: false }],
    ["create", { outcome: "created" }],
    ["cancel", { outcome: "already_cancelled" }],
    ["cancel", { response: null }],
    ["query", { outcome: "untrusted" }],
    ["query", { outcome: "paid", response: {} }],
    ["create", { response: {} }],
    ["notify", { outcome: "paid", reply: "" }],
  ] as const)("%s may say %j", (op, value) => {
    expect(wrongShape(op, value)).toBeNull();
  });

  it.each([
    ["canonicalize", {}, "expected canonical to be a string, found none"],
    ["sign", { sign: 1 }, "expected sign to be a string, found 1"],
    ["verify", { valid: "true" }, 'expected valid to be a boolean, found "true"'],
    ["notify", { outcome: "paid" }, "expected reply to be a string, found none"],
    [
      "notify",
      { response: {}, reply: "" },
      "expected outcome to be one of paid, untrusted, unknown; found none",
    ],
    ["notify", { outcome: "closed", reply: "" }, /^expected outcome to be one of paid, .*; found "closed"$/],
    ["create", { outcome: "paid" }, 'expected outcome to be one of created, rejected, unknown; found "paid"'],
    ["create", {}, "expected outcome to be one of created, rejected, unknown; found none"],
    ["cancel", { outcome: "paid" }, /^expected outcome to be one of cancelled, .*unknown; found "paid"$/],
    ["query", { outcome: 7 }, /; found 7$/],
    ["cancel", { outcome: null, response: {} }, /; found null$/],
  ] as const)("%s may not say %j", (op, value, says) => {
    expect(wrongShape(op, value)).toMatch(says);
  });
});
