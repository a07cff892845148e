import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { EnvironmentError, fingerprint, UsageError } from "@ksherproof/core";
import type { AuditOptions } from "../audit-options.js";
import { digestOfFile } from "../input/digest.js";
import type { RunState } from "./run-state.js";

/** What must be the same for an audit to be gone on with, by the name that a person knows it by. */
export type Asked = Readonly<Record<string, unknown>>;

/** The bytes of an input that were read, to know it again by. */
interface ReadPart {
  readonly file: string;
  readonly size: number;
  readonly read: number;
  readonly sha256: string;
}

/** An audit on disk: `state.json` in a folder, the facts beside it. */
export interface SavedAudit {
  readonly version: string;
  readonly asked: Asked;
  readonly parts: readonly ReadPart[];
  readonly run: RunState;
  /** What the caller keeps beside it. */
  readonly outcome: unknown;
}

const STATE = "state.json";

/** What an audit was asked for, of what decides its findings. */
export function askedOf({ files, ring, format, column, endpoint, orders }: AuditOptions): Asked {
  const keys = [...ring.gateway, ...ring.merchant].map(({ name, key, from, until, appid }) => [
    ...[name, fingerprint(key), from, until, appid],
  ]);
  return { inputs: files, keys, "--format": format, "--column": column, "--endpoint": endpoint, orders };
}

/** Whether an audit of these files can be gone on with later: a pipe is read once. */
export function canResume(files: readonly string[]): boolean {
  return files.every((file) => file !== "-" && statSync(file).isFile());
}

/** Keeps a stopped audit in a folder. One that is there already stays whole until this one is. */
export function saveAudit(folder: string, saved: Omit<SavedAudit, "parts">): void {
  mkdirSync(folder, { recursive: true });
  const numbers = readdirSync(folder).map((name) => Number(/^(\d+)\.facts$/.exec(name)?.[1] ?? -1));
  let next = Math.max(-1, ...numbers) + 1;
  const spilled = saved.run.spilled.map(({ path, blocks }) => {
    const to = join(folder, `${next}.facts`);
    if (!path.startsWith(join(folder, "/"))) {
      move(path, to);
      next += 1;
      return { path: to, blocks: Array.from(blocks) };
    }
    return { path, blocks: Array.from(blocks) };
  });
  const state = { ...saved, parts: partsOf(saved.run), run: { ...saved.run, spilled } };
  const draft = join(folder, `${STATE}.new`);
  writeFileSync(draft, JSON.stringify(state), { mode: 0o600, flush: true });
  renameSync(draft, join(folder, STATE));
  const kept = new Set(spilled.map(({ path }) => path));
  for (const name of readdirSync(folder))
    if (name.endsWith(".facts") && !kept.has(join(folder, name))) rmSync(join(folder, name));
}

/**
 * The audit that a folder keeps, if it is of the same inputs and was asked for the same. Throws `UsageError` where there is
 * none, or something is different; `EnvironmentError` where it can't be read.
 */
export function loadAudit(folder: string, asked: Asked, version: string): SavedAudit {
  if (!existsSync(join(folder, STATE))) {
    throw new UsageError("resume_nothing", `There is nothing to resume: ${folder} holds no stopped audit.`, {
      hint: "Leave --resume out to begin. An audit is kept when Ctrl-C stops it.",
    });
  }
  const saved = read(folder);
  const refuse = (what: string): never => {
    throw new UsageError("resume_differs", `The stopped audit in ${folder} can't be resumed: ${what}.`, {
      hint: `Give the command that was stopped, or leave --resume out to begin anew.`,
    });
  };
  if (saved.version !== version) refuse(`it was made by version ${saved.version}, and this is ${version}`);
  for (const name of new Set([...Object.keys(saved.asked), ...Object.keys(asked)])) {
    const [before, now] = [saved.asked[name], asked[name]].map((value) => JSON.stringify(value) ?? "none");
    if (before !== now) refuse(`${name} was ${before}, and is now ${now}`);
  }
  for (const { file, size, read: length, sha256 } of saved.parts) {
    const now = statSync(file).size;
    if (now !== size) refuse(`${file} had ${size} bytes, and has ${now}`);
    if (digestOfFile(file, length) !== sha256) refuse(`${file} has changed within its first ${length} bytes`);
  }
  return saved;
}

/** Removes a saved audit. */
export function removeAudit(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

function read(folder: string): SavedAudit {
  try {
    const saved = JSON.parse(readFileSync(join(folder, STATE), "utf8")) as SavedAudit;
    const spilled = saved.run.spilled.map(({ path, blocks }) => ({
      path,
      blocks: Uint32Array.from(blocks),
    }));
    for (const { path, blocks } of spilled) {
      const end = blocks.reduce((sum, length, i) => (i % 2 === 1 ? sum + length : sum), 0);
      if (statSync(path).size < end) throw new Error(`${path} is shorter than ${end} bytes`);
    }
    return { ...saved, run: { ...saved.run, spilled } };
  } catch (cause) {
    throw new EnvironmentError(
      "resume_broken",
      `The stopped audit in ${folder} can't be read: ${(cause as Error).message}.`,
      {
        hint: "Leave --resume out to begin anew.",
        cause,
      },
    );
  }
}

/** The parts of inputs that were read: of a plain file of lines as far as it was read, of all else the whole. */
function partsOf({ inputs, position }: RunState): readonly ReadPart[] {
  return inputs.map(({ file }, i) => {
    const { size } = statSync(file);
    const length = position?.plain && i === inputs.length - 1 ? Math.min(size, position.offset) : size;
    return { file, size, read: length, sha256: digestOfFile(file, length) };
  });
}

function move(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "EXDEV") throw cause;
    copyFileSync(from, to);
  }
}
