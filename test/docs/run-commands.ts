import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Block } from "./markdown.js";
import { workspace } from "./workspace.js";

/** One command of a page, or a whole `sh` block, and what the page says of it. */
interface Step {
  readonly line: number;
  readonly script: string;
  /** The output that the page shows, `…` for what varies; undefined where it shows none. */
  readonly shown?: string;
  readonly exitCode: number;
  readonly narrow: boolean;
}

/** What a page's commands did otherwise than it says, as sentences. */
export function runPage(blocks: readonly Block[]): readonly string[] {
  const steps = blocks.flatMap(stepsOf);
  const { folder, env, remove } = workspace();
  try {
    const whole = ["trap 'kill $(jobs -p) 2>/dev/null' EXIT", ...steps.map(asBash)].join("\n");
    const { error, stderr } = spawnSync("bash", ["-c", whole], {
      cwd: folder,
      env,
      encoding: "utf8",
      timeout: 110_000,
      stdio: ["ignore", "ignore", "pipe"],
    });
    if (error) return [`${error.message} ${stderr}`];
    return steps.flatMap((step, index) => differences(step, join(folder, `.step-${index}`)));
  } finally {
    remove();
  }
}

function stepsOf({ language, text, line, exitCode = 0 }: Block): readonly Step[] {
  if (language === "sh") return [{ line, script: text, exitCode, narrow: true }];
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [, script = "", shown = ""] = /^((?:.*\\\n)*.*)\n?([\s\S]*)$/.exec(part) ?? [];
      return { line, script, shown, exitCode, narrow: false };
    });
}

function asBash({ script, narrow }: Step, index: number): string {
  const background = /> (\S+) &$/m.exec(script)?.[1];
  return [
    `export NARROW=${narrow ? "1" : ""}`,
    "set -E -o pipefail",
    `trap 'echo "$? $BASH_COMMAND" >> .step-${index}.failed' ERR`,
    `{\n${script}\n} > .step-${index} 2>&1`,
    "trap - ERR",
    // Who reads the page takes longer than this; a script must wait until the program in the background has spoken.
    background ? `for _ in $(seq 300); do [ -s ${background} ] && break; sleep 0.1; done` : "",
  ].join("\n");
}

function differences({ line, script, shown, exitCode }: Step, output: string): readonly string[] {
  const said = readFileSync(output, "utf8").trimEnd();
  let failed: readonly string[] = [];
  try {
    failed = readFileSync(`${output}.failed`, "utf8").trimEnd().split("\n");
  } catch {}
  const codes = failed.map((one) => Number.parseInt(one, 10));
  const good = exitCode === 0 ? codes.length === 0 : codes.length > 0 && codes.every((c) => c === exitCode);
  const found: string[] = [];
  if (!good) found.push(`line ${line}: exit code ${exitCode} expected, but: ${failed.join("; ")}\n${said}`);
  if (shown !== undefined && !matches(shown, said))
    found.push(`line ${line}: ${script}\nprinted\n${said}\nand the page shows\n${shown}`);
  return found;
}

/** Whether an output is what a page shows: `…` stands for anything within a line, a line of `…` for any lines. */
export function matches(shown: string, said: string): boolean {
  const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const pattern = shown
    .trimEnd()
    .split("\n")
    .map((line) => (line.trim() === "…" ? "(?:.*\n)*" : `${line.split("…").map(literal).join(".*")}\n`))
    .join("");
  return new RegExp(`^${pattern}$`).test(`${said.trimEnd()}\n`);
}
