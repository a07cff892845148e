import { describe, expect, it } from "vitest";
import { readHello } from "../../src/adapter/hello.js";

const hello = {
  protocol: 1,
  name: "shop",
  version: "2.1",
  language: "Go",
  ops: ["hello", "sign", "refund"],
  concurrent: false,
  tls: true,
};

describe("the answer to hello", () => {
  it("is taken as it is; hello itself is no operation, members that we do not know are let be", () => {
    expect(readHello({ ...hello, since: 2019 })).toEqual({ ...hello, ops: ["sign", "refund"] });
  });

  it("says nothing of TLS: then the client has none", () => {
    const { tls: _, ...without } = hello;
    expect(readHello(without)).toMatchObject({ tls: false });
    expect(readHello({ ...hello, tls: "yes" })).toMatchObject({ tls: false });
  });

  it.each([
    [{ protocol: 2 }, "expected protocol 1, found 2"],
    [{ protocol: "1" }, 'expected protocol 1, found "1"'],
    [{ name: 7 }, "expected name to be a string, found 7"],
    [{ version: null }, "expected version to be a string, found null"],
    [{ language: [] }, "expected language to be a string, found []"],
    [{ ops: "sign" }, 'expected ops to be a list of names, found "sign"'],
    [{ ops: ["sign", 1] }, 'expected ops to be a list of names, found ["sign",1]'],
    [{ concurrent: "no" }, 'expected concurrent to be true or false, found "no"'],
  ])("%j is refused in a sentence", (more, says) => {
    expect(readHello({ ...hello, ...more })).toBe(says);
  });
});
