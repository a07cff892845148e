import { describe, expect, it } from "vitest";
import { patient } from "../../src/adapter/patient.js";
import type { ClientUnderTest, Reply } from "../../src/index.js";
import { Plan } from "../../src/plan.js";

/** A client that answers as it is told, in turn, one task later; the last answer goes on. */
function clientOf(...replies: readonly Reply[]): ClientUnderTest {
  const left = [...replies];
  const call = async (): Promise<Reply | undefined> => {
    const reply = left.length > 1 ? left.shift() : left[0];
    await new Promise((resolve) => setImmediate(resolve));
    return reply;
  };
  return { call } as unknown as ClientUnderTest;
}

const late: Reply = { kind: "broken", reason: "deadline", message: "late", elapsedMs: 9 };
const ok = (elapsedMs: number): Reply => ({ kind: "ok", value: {}, elapsedMs });
const reasonOf = (reply: Reply): string => (reply.kind === "broken" ? reply.reason : reply.kind);
const callOf = (client: ClientUnderTest) => async () => reasonOf(await client.call("cancel", {}, 9));

describe("patience with a client that does not answer", () => {
  it("ends after three calls in a row that missed their time", async () => {
    const call = callOf(patient(clientOf(late)));
    expect([await call(), await call(), await call(), await call()]).toEqual([
      "deadline",
      "deadline",
      "deadline",
      "given_up",
    ]);
  });

  it("counts calls that missed it at once as one", async () => {
    const call = callOf(patient(clientOf(late)));
    expect(await Promise.all([call(), call(), call(), call()])).toEqual(Array(4).fill("deadline"));
    expect([await call(), await call(), await call()]).toEqual(["deadline", "deadline", "given_up"]);
  });
});

describe("the mean of a client's answers", () => {
  it("is known after three, and follows the latest", async () => {
    const client = patient(clientOf(ok(10), ok(20), ok(30), ok(1000)));
    const call = callOf(client);
    await call();
    await call();
    expect(client.meanMs?.()).toBe(0);
    await call();
    expect(client.meanMs?.()).toBe(20);
    for (let i = 0; i < 60; i += 1) await call();
    expect(client.meanMs?.()).toBeGreaterThan(980);
  });

  it("is not moved by two calls of twelve for which a machine stood still: a quick client is spared no sample", async () => {
    const stalled = [10, 4000, 20, 10, 20, 10, 20, 10, 4000, 20, 10, 20].map(ok);
    const client = patient(clientOf(...stalled, ok(20)));
    const call = callOf(client);
    for (let i = 0; i < 6; i += 1) await call();
    expect(client.meanMs?.()).toBe(14);
    for (let i = 0; i < 6; i += 1) await call();
    expect(client.meanMs?.()).toBe(15);
    expect(new Plan().share(client.meanMs?.() ?? 0)).toBe(1);
  });
});
