import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runChecks, startAdapter } from "@ksherproof/harness";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../architecture/sources.js";
import { complaints, having } from "./hold.js";

const folder = mkdtempSync(join(tmpdir(), "ksherproof-conformance-"));
const adapter = join(folder, "adapter.mjs");

beforeAll(async () => {
  const entryPoints = [join(root, "test/conformance/adapter.ts")];
  await build({ entryPoints, outfile: adapter, bundle: true, platform: "node", format: "esm" });
});
afterAll(() => rmSync(folder, { recursive: true }));

async function through(id: string) {
  const client = await startAdapter([process.execPath, adapter, id]);
  try {
    return await runChecks(client, { runs: 2 });
  } finally {
    await client.close();
  }
}

describe("through a process, as a stranger's client", () => {
  it("the correct client conforms", async () => {
    const report = await through("correct");
    expect(complaints(report)).toBe("");
  });

  it.each([
    ["joins-with-ampersand", "SIG-003"],
    ["failed-is-cancelled", "RSP-002"],
    ["closed-for-ever", "CXL-007"],
  ])("%s is named by %s", async (id, requirement) => {
    const report = await through(id);
    expect(having(report, "fail"), complaints(report)).toEqual([requirement]);
  });
});
