import { spawn } from "node:child_process";
import { constants } from "node:os";
import { EnvironmentError } from "@ksherproof/core";

/** How the client's process ended. */
export interface ChildEnd {
  /** Its exit code; 128 and the signal's number where a signal ended it, as a shell says it. */
  readonly code: number;
  readonly signal: NodeJS.Signals | null;
  readonly timedOut: boolean;
  readonly elapsedMs: number;
  /** What it printed, where that was captured; the last 256 KiB of each. */
  readonly stdout: string;
  readonly stderr: string;
}

export interface ChildOptions {
  readonly command: readonly [string, ...string[]];
  readonly cwd?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /**
   * `inherit` leaves the terminal to the child; `stderr` does so too, but for its stdout, which goes to stderr; `capture`
   * reads what it prints and gives it no input.
   */
  readonly output: "inherit" | "stderr" | "capture";
  /** Ends the child after so many milliseconds; never where it is 0. */
  readonly timeoutMs: number;
}

const KEPT = 256 << 10;

/**
 * Runs the client to its end. Signals that ask this process to end are passed on, and the child is waited for. Throws
 * `EnvironmentError` where the command cannot be started.
 */
export async function runChild(options: ChildOptions): Promise<ChildEnd> {
  const [program, ...args] = options.command;
  const started = performance.now();
  const captured = options.output === "capture";
  const own = captured && process.platform !== "win32";
  const child = spawn(program, args, {
    env: options.env as NodeJS.ProcessEnv,
    stdio: captured
      ? ["ignore", "pipe", "pipe"]
      : ["inherit", options.output === "stderr" ? 2 : "inherit", "inherit"],
    detached: own,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  const kill = (signal: NodeJS.Signals): void => {
    try {
      if (own && child.pid) process.kill(-child.pid, signal);
      else child.kill(signal);
    } catch {
      // It has ended meanwhile.
    }
  };
  const passed = ["SIGTERM", "SIGHUP"] as const;
  const pass = (signal: NodeJS.Signals): void => kill(signal);
  // A terminal sends SIGINT to a child that shares its group by itself; here it must only not end us first.
  const interrupt = (): void => {
    if (own || !process.stdin.isTTY) kill("SIGINT");
  };
  for (const signal of passed) process.on(signal, pass);
  process.on("SIGINT", interrupt);
  const out = keepTail(child.stdout);
  const err = keepTail(child.stderr);
  let timedOut = false;
  let hard: NodeJS.Timeout | undefined;
  const timer =
    options.timeoutMs > 0
      ? setTimeout(() => {
          timedOut = true;
          kill("SIGTERM");
          hard = setTimeout(() => kill("SIGKILL"), 2000);
        }, options.timeoutMs)
      : undefined;
  try {
    const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
      child.once("error", reject);
      child.once(captured ? "close" : "exit", (...end) =>
        resolve(end as [number | null, NodeJS.Signals | null]),
      );
      if (captured) child.once("exit", (...end) => setTimeout(() => resolve(end), 3000).unref());
    });
    return {
      code: code ?? 128 + (signal ? constants.signals[signal] : 0),
      signal,
      timedOut,
      elapsedMs: performance.now() - started,
      stdout: out(),
      stderr: err(),
    };
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const why =
      code === "ENOENT" ? "there is no such program" : code === "EACCES" ? "it may not be run" : message;
    throw new EnvironmentError("command", `The command ${program} cannot be started: ${why}.`, {
      cause,
      hint: "Give a program by its path, or one that is in a folder of PATH.",
    });
  } finally {
    clearTimeout(timer);
    clearTimeout(hard);
    for (const signal of passed) process.off(signal, pass);
    process.off("SIGINT", interrupt);
  }
}

function keepTail(stream: NodeJS.ReadableStream | null): () => string {
  let kept: Buffer[] = [];
  let size = 0;
  stream?.on("data", (chunk: Buffer) => {
    kept.push(chunk);
    size += chunk.length;
    if (size > 2 * KEPT) {
      kept = [Buffer.concat(kept).subarray(-KEPT)];
      size = KEPT;
    }
  });
  return () => Buffer.concat(kept).subarray(-KEPT).toString("utf8");
}
