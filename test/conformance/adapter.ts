// One client of test/conformance behind the adapter protocol, as a process: its id is the first argument.
import { createInterface } from "node:readline";
import { operationsOf, patched } from "./client/operations.js";
import { MUTANTS } from "./mutants/all.js";

const id = process.argv[2] ?? "";
const patch = MUTANTS.find((mutant) => mutant.id === id)?.patch ?? (() => ({}));
const object = operationsOf(id, () => patched(patch)) as Record<string, unknown>;
const ops = ["canonicalize", "sign", "verify", "create", "cancel", "query", "notify"];

type Op = (args: unknown) => unknown;

async function answer(line: string): Promise<unknown> {
  const request = JSON.parse(line) as { id: number; op: string; args: unknown };
  if (request.op === "hello") {
    const ok = {
      protocol: 1,
      name: id,
      version: "1",
      language: "TypeScript",
      ops,
      concurrent: true,
      tls: true,
    };
    return { id: request.id, ok };
  }
  try {
    const op = object[request.op];
    if (!ops.includes(request.op) || typeof op !== "function")
      return { id: request.id, error: { kind: "unsupported", message: request.op } };
    return { id: request.id, ok: await (op as Op)(request.args) };
  } catch (error) {
    return { id: request.id, error: { kind: "failed", message: String(error) } };
  }
}

createInterface({ input: process.stdin }).on("line", (line) => {
  void answer(line).then((said) => process.stdout.write(`${JSON.stringify(said)}\n`));
});
