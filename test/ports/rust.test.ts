import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { buildOrSkip, root } from "./ports.js";

it("the port in rust passes its own tests: MD5 against RFC 1321, time stamps", {
  timeout: 120_000,
}, (test) => {
  buildOrSkip("rust", test);
  const { status, stdout, stderr } = spawnSync("cargo", ["test", "--offline", "--quiet", "--lib"], {
    cwd: `${root}adapters/rust`,
    encoding: "utf8",
  });
  expect(status, stdout + stderr).toBe(0);
  expect(stdout).toMatch(/[1-9][0-9]* passed; 0 failed/);
});
