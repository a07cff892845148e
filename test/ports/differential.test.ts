// The ports and openssl against core, on generated cases that shrink where they differ; ten-thousand.test.ts takes many at
// once. More by hand:
//   KSHERPROOF_CASES=10000 npx vitest run test/ports/differential.test.ts
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { canonicalText, encodeUtf8, signParams, signText } from "@ksherproof/core";
import type { ClientUnderTest, Operation } from "@ksherproof/harness";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { build, LANGUAGES, skipWhere, start } from "./ports.js";
import { change, coreSigns, coreVerifies, form, key, usual } from "./signed-cases.js";
import { dataText, NOT_JSON, params } from "./texts.js";

const CASES = Number(process.env.KSHERPROOF_CASES ?? 50);
const TIMEOUT = 60_000 + CASES * 200;
const DEADLINE_MS = 20_000;

describe.each(LANGUAGES)("the port in %s and core", (language) => {
  let missing: string | null = null;
  let client: ClientUnderTest;
  beforeAll(async () => {
    missing = build(language);
    if (missing === null) client = await start(language);
  });
  afterAll(() => client?.close());

  async function ask(op: Operation, args: Readonly<Record<string, unknown>>): Promise<unknown> {
    const reply = await client.call(op, args, DEADLINE_MS);
    if (reply.kind === "ok") return reply.value;
    throw new Error(`${op}: ${reply.kind}: ${reply.message}`);
  }

  it(`SIG-001 to SIG-010 make the same canonical text and signature of ${CASES} params`, {
    timeout: TIMEOUT,
  }, (test) => {
    skipWhere(missing, test);
    return fc.assert(
      fc.asyncProperty(params, key, form, async (made, { signer, privates }, which) => {
        const args = { params: Object.fromEntries(made), private_key: privates[which] };
        expect(await ask("canonicalize", args)).toEqual({ canonical: canonicalText(made) });
        expect(await ask("sign", args)).toEqual({ sign: signParams(made, signer) });
      }),
      { numRuns: CASES },
    );
  });

  it(`SIG-011 SIG-012 QRY-003 SEC-005 say the same of ${CASES} signed data`, { timeout: TIMEOUT }, (test) => {
    skipWhere(missing, test);
    return fc.assert(
      fc.asyncProperty(dataText, key, form, change, async (written, one, which, changed) => {
        const sign = changed(coreSigns(written, one));
        const args = { data: JSON.parse(written), data_text: written, sign, public_key: one.publics[which] };
        expect(await ask("verify", args)).toEqual({ valid: coreVerifies(written, sign, one) });
      }),
      { numRuns: CASES },
    );
  });

  it("RSP-007 SEC-005 take nothing that is no JSON, though its signature fits a lenient reading", async (test) => {
    skipWhere(missing, test);
    for (const [written, lenient] of NOT_JSON) {
      const sign = signText(lenient, usual.signer);
      expect(coreVerifies(written, sign, usual), written).toBe(false);
      const args = { data: null, data_text: written, sign, public_key: usual.publics[0] };
      expect(await ask("verify", args), written).toEqual({ valid: false });
    }
  });

  it("SIG-006 sign no half of a surrogate pair", async (test) => {
    skipWhere(missing, test);
    for (const lone of ["\ud83d", "\ude00", "a\ud83db", "\ude00\ud83d"]) {
      const args = { params: { attach: lone }, private_key: usual.privates[0] };
      const reply = await client.call("sign", args, DEADLINE_MS);
      expect(reply, JSON.stringify(lone)).toMatchObject({ kind: "error", error: "failed" });
    }
  });
});

describe("openssl and core", () => {
  const folder = mkdtempSync(join(tmpdir(), "ksherproof-ports-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  it("SIG-007 make the same signature of the same bytes", { timeout: TIMEOUT }, () => {
    const [message, private_key] = [join(folder, "message"), join(folder, "key.pem")];
    fc.assert(
      fc.property(params, key, form, (made, { signer, privates }, which) => {
        writeFileSync(message, encodeUtf8(canonicalText(made)));
        writeFileSync(private_key, privates[which]);
        const signed = execFileSync("openssl", ["dgst", "-md5", "-sign", private_key, message]);
        expect(signParams(made, signer)).toBe(signed.toString("hex"));
      }),
      { numRuns: Math.ceil(CASES / 5) },
    );
  });
});
