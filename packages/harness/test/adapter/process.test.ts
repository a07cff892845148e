import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import type { ClientUnderTest, Reply } from "../../src/adapter/client.js";
import { startAdapter } from "../../src/adapter/process.js";

const program = fileURLToPath(new URL("misbehaving.mjs", import.meta.url));
let client: ClientUnderTest | null = null;

async function start(mode: string): Promise<ClientUnderTest> {
  client = await startAdapter([process.execPath, program, mode]);
  return client;
}

async function ask(mode: string, deadlineMs = 4000): Promise<Reply> {
  return (await start(mode)).call("canonicalize", { params: {} }, deadlineMs);
}

afterEach(async () => {
  await client?.close();
  client = null;
});

describe("what the contract allows is taken", () => {
  it.each([
    ["split-lines", "ก😀"],
    ["crlf", "x"],
    ["blank-lines", "x"],
    ["slow-start", "x"],
  ])("%s", async (mode, canonical) => {
    expect(await ask(mode)).toMatchObject({ kind: "ok", value: { canonical } });
  });

  it("a line of 20 MB is an answer like another", async () => {
    const reply = await ask("long-line", 20_000);
    expect(reply.kind === "ok" && String(reply.value.canonical).length).toBe(20 << 20);
  });

  it("two answers in one write go to their two requests", async () => {
    const one = await start("merged-lines");
    const both = await Promise.all([1, 2].map(() => one.call("canonicalize", {}, 4000)));
    expect(both.map((reply) => reply.kind === "ok" && reply.value.canonical)).toEqual(["c2", "c3"]);
  });

  it("a claimed operation that it refuses is an error, not a broken adapter", async () => {
    expect(await ask("missing-op")).toMatchObject({ kind: "error", error: "unsupported" });
  });

  it("the last 64 KiB of stderr are kept, and no more", async () => {
    expect(await ask("stderr")).toMatchObject({ kind: "ok" });
    const text = client?.takeStderr() ?? "";
    expect(text.endsWith("the end of the log\n")).toBe(true);
    expect(text.length).toBeLessThanOrEqual(65_536);
    expect(client?.takeStderr()).toBe("");
  });
});

describe("what is no answer breaks the case, and says how", () => {
  it.each([
    ["wrong-id", "protocol", /answered the id 1002, which was not asked/],
    ["text-id", "protocol", /without the request's id/],
    ["not-json", "protocol", /no JSON.*logs belong on stderr/],
    ["not-an-object", "protocol", /no JSON object/],
    ["no-ok", "protocol", /neither an ok object nor an error/],
    ["strange-error", "protocol", /"unsupported" or "failed"/],
    ["noise", "protocol", /DEBUG canonicalizing/],
    ["too-long-line", "protocol", /more than 32 MiB/],
    ["crash", "exit", /exited with code 3/],
    ["killed", "exit", /ended by SIGKILL/],
    ["no-newline-exit", "exit", /exited with code 0; \d+ bytes came without a line end/],
  ] as const)("%s", async (mode, reason, message) => {
    const reply = await ask(mode, 15_000);
    expect(reply).toMatchObject({ kind: "broken", reason });
    expect(reply.kind === "broken" && reply.message).toMatch(message);
  });

  it.each([
    ["silent", /did not answer canonicalize within 300 ms$/],
    ["no-newline", /within 300 ms; \d+ bytes came without a line end/],
  ])("%s: the deadline ends it", async (mode, message) => {
    const reply = await ask(mode, 300);
    expect(reply).toMatchObject({ kind: "broken", reason: "deadline" });
    expect(reply.kind === "broken" && reply.message).toMatch(message);
  });

  it("a second answer to one request breaks the adapter for the next case, which starts it again", async () => {
    const one = await start("extra-id");
    expect(await one.call("canonicalize", {}, 4000)).toMatchObject({ kind: "ok" });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await one.call("canonicalize", {}, 4000)).toMatchObject({ kind: "ok", value: { canonical: "x" } });
  });

  it("a crashed adapter is started again for the next case", async () => {
    const one = await start("crash");
    expect(await one.call("canonicalize", {}, 4000)).toMatchObject({ kind: "broken" });
    expect(await one.call("cancel", {}, 4000)).toMatchObject({ kind: "broken", reason: "exit" });
  });
});

describe("starting and ending", () => {
  it.each([
    ["early-exit", /exited with code 7/],
    ["noise-first", /no JSON.*Loading configuration/],
  ])("%s: it does not start, and the error says why", async (mode, message) => {
    await expect(start(mode)).rejects.toMatchObject({
      name: "HarnessError",
      code: "adapter_hello",
      message: expect.stringMatching(message),
    });
  });

  it("a program that is not there does not start", async () => {
    await expect(startAdapter(["ksherproof-no-such-program"])).rejects.toMatchObject({
      code: "adapter_hello",
    });
  });

  it("an adapter that does not end when stdin closes is killed after two seconds", async () => {
    const one = await start("no-exit");
    await one.close();
    client = null;
    expect(await one.call("canonicalize", {}, 4000)).toMatchObject({ kind: "broken" });
  });

  it("a call that still runs ends with the adapter, not with its own deadline", async () => {
    const one = await start("silent");
    const called = one.call("canonicalize", {}, 60_000);
    await one.close();
    expect(await called).toMatchObject({ kind: "broken", message: "it was closed" });
  });

  it("a closed adapter is not started again", async () => {
    const one = await start("plain");
    await one.close();
    expect(await one.call("canonicalize", {}, 4000)).toMatchObject({
      kind: "broken",
      message: "it was closed",
    });
  });

  it("nor by a restart, one that was under way or a later one, as of a run that was ended", async () => {
    const one = await start("plain");
    const restarted = one.restart();
    await one.close();
    await restarted;
    await one.restart();
    const hellos = one.output().trim().split("\n");
    expect(hellos).toHaveLength(1);
  });
});
