import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { HarnessError } from "@ksherproof/core";
import { afterRunning } from "../stalls.js";
import { readAnswer } from "./answer.js";
import type { ClientUnderTest, Hello, Operation, Reply } from "./client.js";
import { readHello } from "./hello.js";
import { Lines } from "./lines.js";
import { quoted } from "./quoting.js";
import { Tail } from "./tail.js";

const STDERR_KEPT = 65_536;
const OUTPUT_KEPT = 1 << 20;
/** An adapter may need to start a virtual machine first. */
const HELLO_DEADLINE_MS = 30_000;
const EXIT_DEADLINE_MS = 2_000;

type Reason = "deadline" | "exit" | "protocol";

interface Pending {
  readonly began: number;
  readonly settle: (reply: Reply) => void;
}

/**
 * Starts an adapter as a process and says hello (write-an-adapter.md). Throws `HarnessError` where it does not start or
 * does not answer as documented.
 */
export async function startAdapter(
  command: readonly [string, ...string[]],
  options: { readonly cwd?: string } = {},
): Promise<ClientUnderTest> {
  const client = new AdapterProcess(command, options.cwd);
  await client.start();
  return client;
}

class AdapterProcess implements ClientUnderTest {
  private readonly command: readonly [string, ...string[]];
  private readonly cwd: string | undefined;
  private child: ChildProcessWithoutNullStreams | null = null;
  private nextId = 1;
  private readonly pending = new Map<number, Pending>();
  private lines = new Lines();
  private readonly stderr = new Tail(STDERR_KEPT);
  private readonly spoken = new Tail(OUTPUT_KEPT);
  private broken: { readonly reason: Reason; readonly message: string } | null = null;
  private said: Hello | null = null;
  private queue: Promise<unknown> = Promise.resolve();
  private reviving: Promise<void> | null = null;
  private closed = false;

  constructor(command: readonly [string, ...string[]], cwd: string | undefined) {
    this.command = command;
    this.cwd = cwd;
  }

  get hello(): Hello {
    if (!this.said)
      throw new HarnessError("adapter_not_started", "The adapter was not started.", this.stderr.text());
    return this.said;
  }

  async start(): Promise<void> {
    // A check that goes on after the run was ended must not leave an adapter behind.
    if (this.closed) throw new HarnessError("adapter_closed", "The adapter was closed.", "");
    this.open();
    const reply = await this.ask("hello", { protocol: 1 }, HELLO_DEADLINE_MS);
    const found = reply.kind === "ok" ? readHello(reply.value) : reply.message;
    if (typeof found !== "string") {
      this.said = found;
      return;
    }
    await this.end();
    const line = this.command.map(quoted).join(" ");
    throw new HarnessError(
      "adapter_hello",
      `The adapter did not answer hello: ${found}.`,
      this.stderr.text(),
      {
        hint: `Try it by hand: echo '{"id":1,"op":"hello","args":{"protocol":1}}' | ${line}`,
      },
    );
  }

  async call(op: Operation, args: Readonly<Record<string, unknown>>, deadlineMs: number): Promise<Reply> {
    if (this.hello.concurrent) return this.revived(op, args, deadlineMs);
    const turn = this.queue.then(() => this.revived(op, args, deadlineMs));
    this.queue = turn.catch(() => undefined);
    return turn;
  }

  async restart(): Promise<void> {
    await this.end();
    try {
      await this.start();
    } catch (error) {
      this.broken = { reason: "exit", message: (error as Error).message };
    }
  }

  takeStderr(): string {
    const text = this.stderr.text();
    this.stderr.clear();
    return text;
  }

  output(): string {
    return this.spoken.text();
  }

  async close(): Promise<void> {
    this.closed = true;
    const ended = this.end();
    // What is still asked, where the run was ended, would be waited for as long as any call.
    this.fail("exit", "it was closed");
    await ended;
  }

  /** Closes stdin, as the contract says, and kills what does not end by itself. */
  private async end(): Promise<void> {
    const { child } = this;
    this.child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => child.once("close", () => resolve()));
    child.stdin.end();
    const kill = setTimeout(() => child.kill("SIGKILL"), EXIT_DEADLINE_MS);
    await gone;
    clearTimeout(kill);
  }

  /** Starts a broken adapter again before the next case. */
  private async revived(
    op: Operation,
    args: Readonly<Record<string, unknown>>,
    deadlineMs: number,
  ): Promise<Reply> {
    if (this.closed) return { kind: "broken", reason: "exit", message: "it was closed", elapsedMs: 0 };
    if (this.broken !== null || this.child === null) {
      this.reviving ??= this.kill()
        .then(() => this.start())
        .finally(() => {
          this.reviving = null;
        });
      try {
        await this.reviving;
      } catch (error) {
        return { kind: "broken", reason: "exit", message: (error as Error).message, elapsedMs: 0 };
      }
    }
    return this.ask(op, args, deadlineMs);
  }

  private async kill(): Promise<void> {
    const { child } = this;
    this.child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => child.once("close", () => resolve()));
    child.kill("SIGKILL");
    await gone;
  }

  private open(): void {
    const [program, ...args] = this.command;
    this.broken = null;
    this.lines = new Lines();
    const child = spawn(program, args, {
      stdio: "pipe",
      windowsHide: true,
      ...(this.cwd === undefined ? {} : { cwd: this.cwd }),
    });
    this.child = child;
    child.stdout.on("data", (chunk: Buffer) => this.child === child && this.read(chunk));
    child.stderr.on("data", (chunk: Buffer) => {
      this.stderr.push(chunk);
      this.spoken.push(chunk);
    });
    child.stdin.on("error", () => undefined);
    child.on(
      "error",
      (error) => this.child === child && this.fail("exit", `it did not start: ${error.message}`),
    );
    child.on("close", (code, signal) => {
      if (this.child === child)
        this.fail("exit", signal ? `it was ended by ${signal}` : `it exited with code ${code}`);
    });
  }

  private ask(op: string, args: Readonly<Record<string, unknown>>, deadlineMs: number): Promise<Reply> {
    const id = this.nextId;
    this.nextId += 1;
    return new Promise((resolve) => {
      const began = performance.now();
      const takeBack = afterRunning(deadlineMs, () =>
        this.fail("deadline", `it did not answer ${op} within ${deadlineMs} ms`),
      );
      const settle = (reply: Reply): void => {
        takeBack();
        this.pending.delete(id);
        resolve(reply);
      };
      this.pending.set(id, { began, settle });
      if (this.broken !== null) this.fail(this.broken.reason, this.broken.message);
      else if (this.child === null) this.fail("exit", "it is not running");
      else this.child.stdin.write(`${JSON.stringify({ id, op, args })}\n`);
    });
  }

  /** Ends every open case: what the adapter says from here on is not to be trusted. */
  private fail(reason: Reason, message: string): void {
    const { unfinished } = this.lines;
    const half =
      reason === "protocol" || unfinished === 0 ? "" : `; ${unfinished} bytes came without a line end`;
    this.broken = { reason, message: message + half };
    for (const { began, settle } of [...this.pending.values()]) {
      settle({ kind: "broken", ...this.broken, elapsedMs: performance.now() - began });
    }
    this.child?.kill("SIGKILL");
  }

  private read(chunk: Buffer): void {
    this.spoken.push(chunk);
    const lines = this.lines.push(chunk);
    if (lines === null) this.fail("protocol", "it wrote a line of more than 32 MiB");
    for (const line of lines ?? []) if (line.trim() !== "") this.line(line);
  }

  private line(line: string): void {
    const answer = readAnswer(line);
    if ("wrong" in answer) {
      this.fail("protocol", answer.wrong);
      return;
    }
    const pending = this.pending.get(answer.id);
    if (!pending) {
      this.fail("protocol", `it answered the id ${answer.id}, which was not asked, or was answered before`);
      return;
    }
    const elapsedMs = performance.now() - pending.began;
    if ("ok" in answer) pending.settle({ kind: "ok", value: answer.ok, elapsedMs });
    else pending.settle({ kind: "error", error: answer.error, message: answer.message, elapsedMs });
  }
}
