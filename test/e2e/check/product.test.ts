import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { REPORT_KINDS, type ReportDocument } from "@ksherproof/harness";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { adapter, ksherproof, REFERENCE, root } from "./cli.js";
import { expectToFit } from "./fits.js";

const folder = mkdtempSync(join(tmpdir(), "ksherproof-check-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...words: readonly string[]) => ksherproof(words, { cwd: folder });
const read = (name: string): string => readFileSync(join(folder, name), "utf8");

const WRONG = adapter("wrong.mjs", "paid-is-cancelled");
let report: ReportDocument;
let bundle = "";

describe("a wrong client", () => {
  beforeAll(async () => {
    const kinds = REPORT_KINDS.flatMap((kind) => ["--report", `${kind}=out/report.${kind}`]);
    const words = ["check", "--adapter", WRONG, "--only", "CXL-003,CXL-001", "--runs", "3", ...kinds];
    const { code, stdout, stderr } = await run(...words);
    expect(stderr).toBe("");
    expect(code).toBe(1);
    expect(stdout).toContain("FAIL CXL-003");
    expect(stdout).toContain("customer pays through the link");
    report = JSON.parse(read("out/report.json"));
    bundle = readdirSync(join(folder, ".ksherproof/failures"))[0]!.slice(0, 12);
  });

  it("is reported as JSON by the schema, with a pass and a failure told apart", () => {
    expectToFit(report, "check-report");
    expect(report).toMatchObject({ conforms: false, accepted: false, level: "must", seed: 1 });
    const verdicts = Object.fromEntries(report.requirements.map(({ id, verdict }) => [id, verdict]));
    expect(verdicts).toEqual({ "CXL-001": "pass", "CXL-003": "fail" });
    expect(report.requirements[1]?.failure).toMatchObject({ expected: "already_paid", got: "cancelled" });
  });

  it("is told as a stream by the schema, from which every other report is made again, byte for byte", async () => {
    const lines = read("out/report.ndjson")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    for (const line of lines) expectToFit(line, "check-events");
    expect(lines[0].event).toBe("begin");
    expect(lines.at(-1).event).toBe("end");
    const kinds = REPORT_KINDS.filter((kind) => kind !== "ndjson");
    const to = kinds.flatMap((kind) => ["--to", `${kind}=again/report.${kind}`]);
    expect((await run("report", "out/report.ndjson", ...to)).code).toBe(0);
    for (const kind of kinds) expect(read(`again/report.${kind}`)).toBe(read(`out/report.${kind}`));
  });

  it("the command that the failure prints shows it again", () => {
    const command = report.requirements[1]?.failure?.reproduce ?? "";
    const line = command.replace(/^ksherproof/, `node ${root}packages/cli/bin/ksherproof.mjs`);
    const found = spawnSync("sh", ["-c", line], { cwd: folder, encoding: "utf8" });
    expect(found.stdout).toContain("FAIL CXL-003");
    expect(found.status).toBe(1);
  });

  it("leaves a bundle by the schema; replay says FAILED, then FIXED of a right client, ERROR of none", async () => {
    expectToFit(JSON.parse(read(`.ksherproof/failures/${bundle}.json`)), "failure-bundle");
    const failed = await run("replay", bundle.slice(0, 6), "--json");
    expectToFit(JSON.parse(failed.stdout), "replay-result");
    expect(JSON.parse(failed.stdout)).toMatchObject({ verdict: "FAILED", played: "commands" });
    expect(failed.code).toBe(1);
    const fixed = await run("replay", bundle, "--adapter", REFERENCE);
    expect(fixed.stdout).toMatch(/^FIXED CXL-003/);
    expect(fixed.code).toBe(0);
    const error = await run("replay", bundle, "--adapter", "node -e process.exit(4)");
    expect(error.stdout).toMatch(/^ERROR CXL-003/);
    expect(error.code).toBe(3);
    expect((await run("replay", "ffff")).code).toBe(2);
  });

  it("promote makes it a scenario that later runs play beside their checks", async () => {
    expect((await run("promote", bundle)).code).toBe(0);
    expect((await run("promote", bundle)).stderr).toContain("is there already");
    const words = ["check", "--scenarios", "ksherproof-scenarios", "--only", "CXL-004"];
    const bad = await run(...words, "--adapter", WRONG);
    expect(bad.stdout).toContain("FAIL CXL-003");
    expect(bad.code).toBe(1);
    const good = await run(...words, "--adapter", REFERENCE);
    expect(good.stdout).toContain("CONFORMS");
    expect(good.code).toBe(0);
  });

  it("a baseline accepts it with a reason, and nothing else", async () => {
    const words = [
      "check",
      "--adapter",
      WRONG,
      "--only",
      "CXL-003,CXL-001",
      "--runs",
      "3",
      "--baseline",
      "known.yaml",
    ];
    expect((await run(...words)).code).toBe(3);
    expect((await run(...words, "--update-baseline")).code).toBe(2);
    const early = await run(...words, "--update-baseline", "--reason", "x", "--time-budget", "1ms");
    expect(early.stderr).toMatch(/known\.yaml is left as it was: the run did not get to its end/);
    expect((await run(...words, "--update-baseline", "--reason", 'being "mended"')).code).toBe(0);
    const known = await run(...words, "--json");
    expectToFit(JSON.parse(known.stdout), "check-report");
    expect(JSON.parse(known.stdout)).toMatchObject({ conforms: false, accepted: true });
    expect(known.code).toBe(0);
    const text = read("known.yaml");
    writeFileSync(join(folder, "known.yaml"), text.replace(/fingerprint: .*/, 'fingerprint: "000000000000"'));
    const other = await run(...words);
    expect(other.stdout).toMatch(/BASELINE different CXL-003[\s\S]*mend it: {2}ksherproof check --adapter/);
    expect(other.code).toBe(1);
  });

  it("diff tells the new failure and the fix apart", async () => {
    const { stdout } = await run(
      "check",
      "--adapter",
      REFERENCE,
      "--only",
      "CXL-003,CXL-001",
      "--runs",
      "3",
      "--json",
    );
    writeFileSync(join(folder, "right.json"), stdout);
    const worse = await run("diff", "right.json", "out/report.json", "--json");
    expectToFit(JSON.parse(worse.stdout), "report-diff");
    expect(JSON.parse(worse.stdout)).toMatchObject({ clean: false, new_failures: [{ id: "CXL-003" }] });
    expect(worse.code).toBe(1);
    const better = await run("diff", "out/report.ndjson", "right.json");
    expect(better.stdout).toContain("FIXED CXL-003");
    expect(better.code).toBe(0);
  });
});

describe("the private key of a client that leaks it", () => {
  it("is in no report, no bundle and no replay", async () => {
    const kinds = REPORT_KINDS.flatMap((kind) => ["--report", `${kind}=leak/report.${kind}`]);
    const words = [
      "check",
      "--adapter",
      adapter("wrong.mjs", "leaks", join(folder, "canary.txt")),
      "--level",
      "hardening",
    ];
    const checked = await run(
      ...words,
      "--only",
      "SEC-001,CXL-001",
      "--runs",
      "2",
      "--failures",
      "leak/failures",
      ...kinds,
    );
    expect(checked.stdout).toContain("FAIL SEC-001");
    const secrets = new Set(
      read("canary.txt")
        .split("\n")
        .filter((line) => line.length > 20 && !line.startsWith("-----")),
    );
    expect(secrets.size).toBeGreaterThan(10);
    const files = readdirSync(join(folder, "leak"), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));
    expect(files.length).toBeGreaterThanOrEqual(REPORT_KINDS.length + 1);
    const [id] = readdirSync(join(folder, "leak/failures"));
    const replayed = await run("replay", join("leak/failures", id!));
    for (const text of [checked.stdout, checked.stderr, replayed.stdout, ...files]) {
      expect(text).not.toMatch(/BEGIN [A-Z ]*PRIVATE KEY/);
      for (const secret of secrets) expect(text).not.toContain(secret);
    }
  });
});

describe("used as people do", () => {
  it("Ctrl-C prints what is known so far: exit code 3", async () => {
    const program = `${root}packages/cli/bin/ksherproof.mjs`;
    const words = ["check", "--adapter", adapter("cheater.mjs", "dead"), "--report", "ndjson"];
    const child = spawn(process.execPath, [program, ...words], {
      cwd: folder,
      stdio: ["ignore", "pipe", "ignore"],
    });
    let stdout = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      if (stdout === "") child.kill("SIGINT");
      stdout += text;
    });
    const code = await new Promise((resolve) => child.on("close", resolve));
    const last = JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
    expect(last).toMatchObject({ event: "end", interrupted: true, conforms: false });
    expect(last.not_run.length).toBeGreaterThan(10);
    expect(code).toBe(3);
  });

  it("a reader that closes the pipe early is no error", () => {
    const script = `"${process.execPath}" "${root}packages/cli/bin/ksherproof.mjs" check --list --level hardening | head -1`;
    const found = spawnSync("bash", ["-c", `set -o pipefail; ${script}`], { encoding: "utf8" });
    expect(found.stdout).toMatch(/^SIG-001 /);
    expect(found.stderr).toBe("");
  });

  it.each([
    [["check"], /Expected --adapter/],
    [["check", "--adapter", "x", "--only", "CXL-07"], /did you mean CXL-007/],
    [["check", "--adapter", "x", "--only", "CXL-006"], /it is the gateway's/],
    [["check", "--adapter", "x", "--level", "shoud"], /Did you mean should/],
    [["check", "--adapter", "x", "--seed", "1.5"], /expected a whole number/],
    [["check", "--adapter", "x", "--only", ""], /expected requirements or groups, found ""/],
    [["check", "--adapter", "x", "--time-budget", "soon"], /expected a time such as 90s/],
    [["check", "--adapter", "x", "--time-budget", "99999999m"], /at most 24 days/],
    [["diff", "/dev/null", "/dev/null"], /is empty: expected a report of ksherproof check/],
    [["check", "--adapter", "x", "--report", "junt=a.xml"], /did you mean junit/],
    [["check", "--adapter", "'x"], /never closed/],
    [["check", "--adapter", "x", "--matrix", "y"], /Give one of/],
    [["check", "--adapter", "x", "--json", "--report", "junit"], /both want standard output/],
    [["check", "--gateway", "https://gateway.ksher.com/api"], /is not this machine/],
    [["adapter", "init", "pyton"], /Did you mean python/],
  ])("%j is wrong usage, in one sentence", async (words, says) => {
    const { code, stdout, stderr } = await run(...words);
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });

  it("the list and the smoke test fit their schemas", async () => {
    expectToFit(JSON.parse((await run("check", "--list", "--json")).stdout), "check-list");
    const smoke = await run("adapter", "smoke", "--adapter", REFERENCE, "--json");
    expectToFit(JSON.parse(smoke.stdout), "adapter-smoke");
    expect(smoke.code).toBe(0);
    const echo = await run("adapter", "smoke", "--adapter", adapter("cheater.mjs", "echo"));
    expect(echo.stdout).toMatch(/FAIL cancel is offered: expected outcome to be one of/);
    expect(echo.code).toBe(1);
    const none = await run("adapter", "smoke", "--adapter", "node nowhere/adapter.mjs");
    expect(none.stdout).toMatch(/no answer to hello; stderr: .*Cannot find module '.*adapter\.mjs'/);
    expect(none.code).toBe(3);
  });
});
