import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { Lines } from "./lines.js";

/** An adapter's process with nothing between: what is written is written, what comes is a line. For `adapter smoke`. */
export class RawAdapter {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly lines = new Lines();
  private readonly came: string[] = [];
  private wake: () => void = () => undefined;
  private readonly gone: Promise<number | null>;
  private over = false;
  stderr = "";

  constructor([program, ...args]: readonly [string, ...string[]]) {
    this.child = spawn(program, args, { stdio: "pipe", windowsHide: true });
    this.child.stdout.on("data", (chunk: Buffer) => {
      this.came.push(...(this.lines.push(chunk) ?? []));
      this.wake();
    });
    this.child.stderr.on("data", (chunk: Buffer) => {
      this.stderr = (this.stderr + chunk.toString("utf8")).slice(-65_536);
    });
    this.child.stdin.on("error", () => undefined);
    this.gone = new Promise((resolve) => {
      const end = (code: number | null): void => {
        this.over = true;
        this.wake();
        resolve(code);
      };
      this.child.on("error", () => end(null));
      this.child.on("close", end);
    });
  }

  write(text: string): void {
    this.child.stdin.write(text);
  }

  /** The next line that is not blank; null where none comes in time or the process ended. */
  async next(deadlineMs: number): Promise<string | null> {
    const until = performance.now() + deadlineMs;
    for (;;) {
      const line = this.came.shift();
      if (line?.trim()) return line;
      if (line !== undefined) continue;
      const left = until - performance.now();
      if (this.over || left <= 0) return null;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  /** Closes stdin; gives the exit code, or "killed" where it did not end in time. */
  async end(deadlineMs: number): Promise<number | null | "killed"> {
    let killed = false;
    const timer = setTimeout(() => {
      killed = true;
      this.child.kill("SIGKILL");
    }, deadlineMs);
    this.child.stdin.end();
    const code = await this.gone;
    clearTimeout(timer);
    return killed ? "killed" : code;
  }
}
