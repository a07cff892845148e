import { join } from "node:path";
import { allVectors, ofProfile } from "@ksherproof/vectors";
import { build } from "esbuild";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../architecture/sources.js";
import { chromiumPath, launch } from "./browser.js";

const chromium = chromiumPath();

/** The judge of the vectors with the portable RSA, as a script that a page can run. */
async function judgeScript(): Promise<string> {
  const contents = `
    import { portableSigner, portableVerifier, readPrivateKey } from "@ksherproof/core";
    import { judgeVector } from "./packages/cli/src/vectors/judge.ts";
    const rsa = { verifier: portableVerifier, signer: (pem) => portableSigner(readPrivateKey(pem)) };
    globalThis.judgeAll = (vectors) =>
      vectors.map((vector) => [vector.test.id, judgeVector(vector, rsa)]).filter(([, differences]) => differences.length > 0);
  `;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root, loader: "ts" },
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
    external: ["crypto"],
    nodePaths: [join(root, "node_modules")],
  });
  return outputFiles[0]?.text ?? "";
}

describe.skipIf(chromium === null)("core in a browser (skipped where there is no Chromium)", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch(chromium ?? "");
  });
  afterAll(() => browser.close());

  it("gives every golden answer", async () => {
    const page = await browser.newPage();
    await page.addScriptTag({ content: await judgeScript() });
    const vectors = ofProfile(allVectors(), "documented");
    const wrong = await page.evaluate(
      (all) => (globalThis as unknown as { judgeAll(vectors: unknown): unknown }).judgeAll(all),
      vectors as never,
    );
    expect(vectors.length).toBeGreaterThan(300);
    expect(wrong).toEqual([]);
  });
});
