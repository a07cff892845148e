// What the tests of `ksherproof intercept` share: the built CLI, keys, a run with its report.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { InterceptReport } from "@ksherproof/intercept";
import { ajvWith } from "@ksherproof/spec-loader";
import { afterAll } from "vitest";

export const root = fileURLToPath(new URL("../../", import.meta.url));
export const cli = join(root, "packages/cli/bin/ksherproof.mjs");
export const programs = join(root, "test/e2e/programs");
export const APPID = "mch35005";
export const KEY = join(root, "vectors/keys/merchant-1024.pkcs1.pem");
export const KEY_PKCS8 = join(root, "vectors/keys/merchant-1024.pkcs8.pem");
export const folder = mkdtempSync(join(tmpdir(), "ksherproof-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the CLI as its users do; `by` stands before it (a program that changes the user). */
export function ksherproof(
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
  by: readonly string[] = [],
): Promise<Ran> {
  const [program = process.execPath, ...words] = [...by, process.execPath, cli, ...args];
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, {
      cwd: programs,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const texts = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      texts.stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      texts.stderr += text;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, ...texts }));
  });
}

const schema = JSON.parse(readFileSync(join(root, "specs/schemas/intercept-report.schema.json"), "utf8"));
const ajv = ajvWith([schema]);
let runs = 0;

/** Runs a command under `intercept` with the test merchant, and reads the report, which must fit its schema. */
export async function intercepted(
  options: readonly string[],
  command: readonly string[],
  env?: NodeJS.ProcessEnv,
): Promise<Ran & { readonly report: InterceptReport }> {
  runs += 1;
  const file = join(folder, `report-${runs}.json`);
  const merchant = ["--merchant", `${APPID}=${KEY}`];
  const ran = await ksherproof(["intercept", ...merchant, "--json", file, ...options, "--", ...command], env);
  const report = JSON.parse(readFileSync(file, "utf8")) as InterceptReport;
  if (!ajv.validate(schema.$id, report)) throw new Error(`not as the schema says: ${ajv.errorsText()}`);
  return { ...ran, report };
}

/** Whether a program is on this machine. */
export function has(program: string, ...args: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: "ignore", timeout: 20_000 }).status === 0;
}

/** The verdict of one requirement in a report. */
export function verdictOf(report: InterceptReport, id: string): string | undefined {
  return report.requirements.find((one) => one.id === id)?.verdict;
}

/** The program that starts soonest, for tests to which it is all one. */
export const quickest = has("curl", "--version") && has("openssl", "version") ? "curl.sh" : "node-fetch.mjs";

/** The words that run a program: `call("curl.sh")` cancels the order A-1. */
export function call(program: string, op = "cancel_order", order = "A-1"): readonly string[] {
  const by = program.endsWith(".py") ? "python3" : program.endsWith(".sh") ? "bash" : process.execPath;
  return [by, program, APPID, KEY, op, order];
}

/** The same for a shell, with the quickest program. */
export function line(op = "cancel_order", order = "A-1"): string {
  return call(quickest, op, order).join(" ");
}
