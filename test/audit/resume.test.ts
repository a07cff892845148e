import { spawn, spawnSync } from "node:child_process";
import { appendFileSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"; // biome-ignore format: a list
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import {
  askedOf,
  audit,
  type Finding,
  FindingTally,
  filesOf,
  loadAudit,
  type RunState,
  readKeyRing,
  reportOf,
  saveAudit,
} from "@ksherproof/audit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../cli/run.js";
import { runIn } from "./command.js";

const folder = mkdtempSync(join(tmpdir(), "ksherproof-resume-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => join(folder, name);
const text = (name: string): string => readFileSync(at(name), "utf8");
const CLI = join(root, "packages/cli/bin/ksherproof.mjs");

beforeAll(() => {
  const script = join(root, "scripts/audit/planted-log.mjs");
  const made = ["--records", "6000", "--faults", "200", "--seed", "3", "--shuffle", "--out", folder];
  spawnSync(process.execPath, [script, ...made]);
  const lines = text("log.jsonl").trim().split("\n");
  const half = lines.length >> 1;
  writeFileSync(at("a.jsonl"), `${lines.slice(0, half).join("\n")}\n`);
  writeFileSync(at("b.jsonl.gz"), gzipSync(`${lines.slice(half).join("\n")}\n`));
  const cell = (line: string): string => `"${line.replaceAll('"', '""')}"`;
  writeFileSync(at("c.csv"), `response\n${lines.slice(0, 1200).map(cell).join("\n")}\n`);
});

/** An audit that is stopped after each so many chunks, saved and loaded, until it is done. */
async function inPieces(files: readonly string[], every: number, workers: number) {
  const findings: Finding[] = [];
  const tally = new FindingTally();
  const ring = readKeyRing(at("ring.json"));
  const options = {
    ...{
      files: filesOf(files),
      ring,
      engine: "wasm" as const,
      workers,
      orders: true,
      shard: null,
      endpoint: null,
    },
    ...{ temp: null, stdin: process.stdin, format: null, column: null, digests: true, resume: null },
  };
  const saved = at("pieces.state");
  let resume: RunState | null = null;
  for (let pauses = 0; ; pauses += 1) {
    let chunks = 0;
    let paused = false;
    const result = await audit(
      { ...options, resume },
      {
        finding: (found) => {
          findings.push(found);
          tally.add(found);
        },
        stopped: () => {
          chunks += 1;
          return every > 0 && chunks >= every;
        },
        async pause(run) {
          paused = true;
          saveAudit(saved, { version: "1", asked: askedOf(options), run, outcome: null });
        },
      },
    );
    if (!paused) return { report: reportOf(result, tally), findings, pauses };
    resume = loadAudit(saved, askedOf(options), "1").run;
  }
}

describe("an audit that is stopped and gone on with", () => {
  it.each([
    ["plain and gzip", ["a.jsonl", "b.jsonl.gz"]],
    ["CSV before plain", ["c.csv", "a.jsonl"]],
  ])(
    "comes to the same report and the same findings in the same order, wherever it is stopped: %s",
    async (_, names) => {
      const files = names.map(at);
      const whole = await inPieces(files, 0, 0);
      expect(whole.findings.length).toBeGreaterThan(50);
      for (const [every, workers] of [
        [1, 0],
        [2, 0],
        [1, 2],
        [3, 2],
      ] as const) {
        // biome-ignore format: a table
        const { report, findings, pauses } = await inPieces(files, every, workers);
        expect(pauses).toBeGreaterThan(0);
        expect(report).toEqual(whole.report);
        expect(findings).toEqual(whole.findings);
      }
    },
  );
});

/** Runs the command and sends it a signal as soon as it audits; resolves with how it ended. */
function stopped(args: readonly string[], signal: NodeJS.Signals | null) {
  const temp = mkdtempSync(at("temp-"));
  return new Promise<{ readonly code: number | null; readonly out: string; readonly err: string }>(
    (resolve) => {
      const child = spawn(process.execPath, [CLI, ...args, "--temp", temp], { cwd: folder });
      let [out, err] = ["", ""];
      child.stdout.on("data", (bytes) => {
        out += bytes;
      });
      child.stderr.on("data", (bytes) => {
        err += bytes;
      });
      // The folder for facts is made when the first chunk is about to be judged.
      const watch = setInterval(() => {
        if (signal === null || readdirSync(temp).length === 0) return;
        clearInterval(watch);
        child.kill(signal);
      }, 10);
      child.on("close", (code) => {
        clearInterval(watch);
        resolve({ code, out, err });
      });
    },
  );
}

describe("Ctrl-C", () => {
  // The exact path alone in one thread: slow enough to be stopped in the middle of a small log.
  const command = (findings: string, ...more: readonly string[]): readonly string[] => [
    ...["audit", "--key-ring", "ring.json", "--engine", "node", "--workers", "0", "--json"],
    ...["--findings", findings, ...more, "log.jsonl"],
  ];

  it("keeps what is done, kill -9 later does no harm to it, and --resume gives the report of a whole run", async () => {
    const whole = runIn(folder, command("whole.jsonl"));
    expect(whole.code).toBe(1);
    const again = command("parts.jsonl", "--resume");
    const kept = { code: 3, out: "", err: expect.stringContaining("--resume") };
    expect(await stopped(command("parts.jsonl"), "SIGINT")).toMatchObject(kept);
    cpSync(at("parts.jsonl.state"), at("kept.state"), { recursive: true });
    expect((await stopped(again, "SIGKILL")).code).toBe(null);
    expect(await stopped(again, "SIGINT")).toMatchObject(kept);
    expect((await stopped(again, "SIGKILL")).code).toBe(null);
    const last = await stopped(again, null);
    expect(last).toMatchObject({ code: 1, err: "" });
    expect(JSON.parse(last.out)).toEqual(JSON.parse(whole.out));
    expect(text("parts.jsonl")).toBe(text("whole.jsonl"));
    expect(existsSync(at("parts.jsonl.state"))).toBe(false);
    expect(readdirSync(folder).filter((name) => name.endsWith(".facts"))).toEqual([]);
  }, 60_000);

  it("is refused where there is nothing to resume, the inputs or the command changed, or it is standard input", () => {
    const refused = (args: readonly string[], why: string, code = 2): void => {
      const ran = runIn(folder, args, "");
      expect(ran).toMatchObject({ code, out: "" });
      expect(ran.err).toContain(why);
    };
    refused(command("none.jsonl", "--resume"), "There is nothing to resume: none.jsonl.state");
    refused(["audit", "--key-ring", "ring.json", "--resume", "-"], "--resume needs files");
    cpSync(at("kept.state"), at("parts.jsonl.state"), { recursive: true });
    refused(command("parts.jsonl", "--resume", "--no-orders"), "orders was true, and is now false");
    refused(command("parts.jsonl", "--resume", "--endpoint", "mch_notify_url"), "--endpoint was null");
    rmSync(at("parts.jsonl"));
    refused(command("parts.jsonl", "--resume"), "parts.jsonl can't be gone on with", 3);
    const state = JSON.parse(readFileSync(at("kept.state/state.json"), "utf8"));
    const write = (change: object): void =>
      writeFileSync(at("parts.jsonl.state/state.json"), JSON.stringify({ ...state, ...change }));
    write({ version: "0.0.0" });
    refused(command("parts.jsonl", "--resume"), "it was made by version 0.0.0");
    writeFileSync(at("parts.jsonl.state/state.json"), "{");
    refused(command("parts.jsonl", "--resume"), "can't be read", 3);
    write({});
    const log = readFileSync(at("log.jsonl"));
    writeFileSync(at("log.jsonl"), Buffer.from(log).fill("X", 100, 101));
    refused(command("parts.jsonl", "--resume"), "log.jsonl has changed within its first");
    writeFileSync(at("log.jsonl"), log);
    appendFileSync(at("log.jsonl"), "\n");
    refused(command("parts.jsonl", "--resume"), "log.jsonl had");
  });
});
