import { expect, it } from "vitest";
import { startAdapter } from "../../src/index.js";

const ADAPTER = `
const hello = { protocol: 1, name: "n", version: "1", language: "JavaScript", ops: ["sign"], concurrent: false };
require("node:readline").createInterface({ input: process.stdin }).on("line", (line) => {
  const { id, op, args } = JSON.parse(line);
  if (op === "sign" && args.params.silent) return;
  process.stdout.write(JSON.stringify({ id, ok: op === "hello" ? hello : { sign: "00" } }) + "\\n");
});`;

/** Holds this process up, as a busy machine does. */
const holdUp = (ms: number): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

it("an answer that lay in the pipe when the deadline passed is an answer; none is none", async () => {
  const client = await startAdapter([process.execPath, "-e", ADAPTER]);
  try {
    const calling = client.call("sign", { params: {} }, 500);
    // In a timer's callback: the deadline's is the next to be called, before anything is read.
    setTimeout(() => holdUp(1200), 0);
    expect(await calling).toMatchObject({ kind: "ok", value: { sign: "00" } });
    const waiting = client.call("sign", { params: { silent: "1" } }, 100);
    expect(await waiting).toMatchObject({ kind: "broken", reason: "deadline" });
  } finally {
    await client.close();
  }
});
