import { spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ksherproof, root } from "./run.js";

const TRY = `eval "$SCRIPT"; COMP_WORDS=(ksherproof "$@"); COMP_CWORD=$#; _ksherproof; printf "%s\\n" "\${COMPREPLY[@]}"`;

/** What bash offers for the last word of a command line. */
function offered(script: string, ...words: readonly string[]): readonly string[] {
  const { stdout, stderr } = spawnSync("bash", ["-c", TRY, "bash", ...words], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, SCRIPT: script },
  });
  expect(stderr).toBe("");
  return stdout.split("\n").filter((line) => line !== "");
}

const has = (shell: string): boolean => spawnSync(shell, ["-c", "true"]).status === 0;

describe("completion", () => {
  const bash = ksherproof(["completion", "bash"]).out;

  test.each<[typed: readonly string[], offers: readonly string[]]>([
    [["ve"], ["verify", "vectors", "verify-statement"]],
    [["check", "--on"], ["--only"]],
    [
      ["check", "--only", "RTY"],
      ["RTY", "RTY-001", "RTY-002", "RTY-003"],
    ],
    [
      ["verify", "-k", "ksh"],
      ["ksher-v1", "ksher-v2", "ksher-demo-merchant"],
    ],
    [["verify", "READ"], ["README.md"]],
    [
      ["spec", "s"],
      ["show", "states"],
    ],
    [
      ["check", "--adapter", "x", "--level", ""],
      ["must", "should", "hardening"],
    ],
    [["serve", "--allow"], ["--allow-remote"]],
    [
      ["adapter", "init", "r"],
      ["ruby", "rust"],
    ],
    [
      ["validate", "--endpoint", "gateway_"],
      ["gateway_order_query", "gateway_pay"],
    ],
    [["nonsense", "--zzz"], []],
  ])("bash offers for %j: %j", (typed, offers) => {
    expect(offered(bash, ...typed)).toEqual(offers);
  });

  // These shells are no part of most machines; bash above holds the words, which all three share.
  test.each(["zsh", "fish"].filter(has))("%s takes its script without an error", (shell) => {
    const { out, code } = ksherproof(["completion", shell]);
    expect(code).toBe(0);
    const file = join(tmpdir(), `ksherproof-completion-${process.pid}.${shell}`);
    writeFileSync(file, out);
    const found = spawnSync(shell, ["-n", file], { encoding: "utf8" });
    rmSync(file);
    expect(found).toMatchObject({ status: 0, stderr: "" });
    expect(out).toContain("CXL-007");
  });

  test("another shell is refused with those that there are", () => {
    const { code, err } = ksherproof(["completion", "powershell"]);
    expect(code).toBe(2);
    expect(err).toMatch(/bash, zsh, fish/);
  });
});
