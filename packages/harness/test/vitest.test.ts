import { createHash, createSign, randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type ClientObject, conformanceOf } from "../src/index.js";
import { describeConformance } from "../src/vitest.js";

type Args = Readonly<Record<string, string>>;

/** A raw client of a few lines, without our code: it signs, posts, and hands the parsed answer through. */
async function post(endpoint: string, args: Args, join = ""): Promise<{ response: unknown }> {
  const params: Record<string, string> = {
    appid: args.appid!,
    mch_order_no: args.mch_order_no!,
    nonce_str: createHash("sha256").update(randomBytes(16)).digest("hex").slice(0, 32),
    time_stamp: new Date().toISOString().replace(/\D/g, "").slice(0, 14),
  };
  const text = Object.keys(params)
    .sort()
    .map((name) => `${name}=${params[name]}`)
    .join(join);
  params.sign = createSign("RSA-MD5").update(text).sign(args.private_key!, "hex");
  try {
    const answer = await fetch(`${args.base_url}${endpoint}`, {
      method: "POST",
      body: new URLSearchParams(params),
      signal: AbortSignal.timeout(Number(args.timeout_ms)),
    });
    return { response: answer.status === 200 ? await answer.json() : null };
  } catch {
    return { response: null };
  }
}

const client = (join?: string): ClientObject => ({
  name: "a raw client of this process",
  cancel: (args) => post("/cancel_order", args as Args, join),
});

describeConformance(client(), { only: ["CXL-001", "CXL-004", "REQ-001"], runs: 2 });

describe("conformanceOf", () => {
  it("finds what is wrong with a client of this process", async () => {
    const report = await conformanceOf(client("&"), { only: ["SIG-003", "CXL-004"], runs: 2 });
    const verdicts = Object.fromEntries(report.requirements.map(({ id, verdict }) => [id, verdict]));
    expect(verdicts["SIG-003"]).toBe("fail");
    expect(verdicts["CXL-004"]).not.toBe("pass");
    expect(report).toMatchObject({ conforms: false, raw_client: true });
  });

  it("an object without operations was not exercised", async () => {
    const report = await conformanceOf({ name: "nothing" });
    expect(report.conforms).toBe(false);
    expect(report.summary).toMatchObject({ pass: 0, fail: 0 });
  });
});
