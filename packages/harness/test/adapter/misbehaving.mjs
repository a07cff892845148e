// An adapter that does one thing wrong, or merely unusual: node misbehaving.mjs MODE
import { createInterface } from "node:readline";

const mode = process.argv[2];
const hello = { protocol: 1, name: mode, version: "1", language: "test", ops: ["canonicalize", "cancel"] };
const out = (text) => process.stdout.write(text);
const answer = (id, ok) => `${JSON.stringify({ id, ok })}\n`;
const held = [];

if (mode === "slow-start") await new Promise((resolve) => setTimeout(resolve, 700));
if (mode === "noise-first") out("Loading configuration ...\n");
if (mode === "early-exit") process.exit(7);
if (mode === "stdin-closed-early") process.stdin.destroy();

const modes = {
  "wrong-id": (id) => out(answer(id + 1000, { canonical: "x" })),
  "text-id": (id) => out(`${JSON.stringify({ id: String(id), ok: { canonical: "x" } })}\n`),
  "extra-id": (id) => out(answer(id, { canonical: "x" }) + answer(id, { canonical: "y" })),
  "split-lines": async (id) => {
    for (const byte of Buffer.from(answer(id, { canonical: "ก😀" }))) {
      out(Buffer.from([byte]));
      await new Promise((resolve) => setImmediate(resolve));
    }
  },
  "merged-lines": (id) => {
    held.push(id);
    if (held.length === 2) out(held.map((one) => answer(one, { canonical: `c${one}` })).join(""));
  },
  "no-newline": (id) => out(answer(id, { canonical: "x" }).trimEnd()),
  "no-newline-exit": (id) => {
    out(answer(id, { canonical: "x" }).trimEnd());
    setTimeout(() => process.exit(0), 50);
  },
  "long-line": (id) => out(answer(id, { canonical: "x".repeat(20 << 20) })),
  "too-long-line": (id) => out(answer(id, { canonical: "x".repeat(40 << 20) })),
  "not-json": (id) => out(`ok ${id}\n`),
  "not-an-object": () => out("[1,2]\n"),
  "no-ok": (id) => out(`${JSON.stringify({ id, result: 1 })}\n`),
  "strange-error": (id) => out(`${JSON.stringify({ id, error: { kind: "timeout" } })}\n`),
  noise: (id) => out(`DEBUG canonicalizing\n${answer(id, { canonical: "x" })}`),
  crash: () => process.exit(3),
  killed: () => process.kill(process.pid, "SIGKILL"),
  silent: () => undefined,
  crlf: (id) => out(answer(id, { canonical: "x" }).replace("\n", "\r\n")),
  "blank-lines": (id) => out(`\n${answer(id, { canonical: "x" })}\r\n`),
  "missing-op": (id) => out(`${JSON.stringify({ id, error: { kind: "unsupported", message: "no" } })}\n`),
  stderr: (id) => {
    process.stderr.write(`${"log\n".repeat(40_000)}the end of the log\n`);
    setTimeout(() => out(answer(id, { canonical: "x" })), 50);
  },
};

const concurrent = mode === "merged-lines";
for await (const line of createInterface({ input: process.stdin })) {
  const { id, op } = JSON.parse(line);
  if (op === "hello") out(answer(id, { ...hello, concurrent }));
  else await (modes[mode] ?? ((one) => out(answer(one, { canonical: "x" }))))(id);
}
if (mode === "no-exit") setInterval(() => undefined, 1000);
