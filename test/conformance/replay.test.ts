import {
  bundlesOf,
  type ClientUnderTest,
  documentFrom,
  inProcess,
  readBundle,
  replay,
  runChecks,
  type StreamEvent,
  streamOf,
} from "@ksherproof/harness";
import { describe, expect, it } from "vitest";
import { only, operationsOf, type Patch, patched } from "./client/operations.js";
import { keys } from "./hold.js";
import { MUTANTS } from "./mutants/all.js";
import type { OpName } from "./mutants/mutant.js";

/** A client that offers some operations only: so few checks are run, and the commands of one are the failure's. */
const clientOf = (patch: Patch, ops: readonly OpName[]) =>
  inProcess(
    only(
      operationsOf("replayed", () => patched(patch)),
      ops,
    ),
  );
const right: Patch = () => ({});

/** The bundle of a failure, as it is written to a file and read again. */
async function bundleOf(requirement: string, client: ClientUnderTest, runs: number) {
  const events: StreamEvent[] = [];
  const toStream = streamOf({ adapter: "x", version: "0" });
  await runChecks(client, {
    ...{ level: "hardening", only: [requirement], seed: 7, runs, keys },
    on: (event) => void events.push(toStream(event)),
  });
  const bundle = bundlesOf(documentFrom(events), "2022-09-19T04:12:12.000Z").find(
    (one) => one.requirement.id === requirement,
  );
  return readBundle(JSON.stringify(bundle), "bundle");
}

describe("a failure that is played again from its bundle", () => {
  it.concurrent.each<readonly [string, "commands" | "check", readonly OpName[]]>([
    ["joins-with-ampersand", "commands", ["canonicalize"]],
    ["hashes-sha1", "commands", ["sign"]],
    ["closed-for-ever", "commands", ["cancel", "query"]],
    ["cancelled-twice", "commands", ["cancel"]],
    ["checks-before-cancel", "commands", ["cancel", "query"]],
    ["expired-is-cancelled", "commands", ["cancel", "query"]],
    ["trims-order-number", "commands", ["cancel"]],
    ["webhook-always-ok", "check", ["notify"]],
    ["any-order", "commands", ["query"]],
  ])("%s fails again by its %s, and a right client is fixed", async (id, played, ops) => {
    const { requirement, patch } = MUTANTS.find((one) => one.id === id)!;
    const bundle = await bundleOf(requirement, clientOf(patch, ops), id === "expired-is-cancelled" ? 60 : 1);
    const again = await replay(clientOf(patch, ops), bundle);
    expect(again).toMatchObject({ verdict: "FAILED", played, evidence: { requirement } });
    expect(again.why).toBe(again.evidence?.detail);
    expect(await replay(clientOf(right, ops), bundle)).toMatchObject({
      verdict: "FIXED",
      why: expect.stringContaining(`${requirement} holds`),
      played: "check",
      evidence: null,
    });
  });

  it("a client that can no longer show it is neither mended nor broken", async () => {
    const { patch } = MUTANTS.find(({ id }) => id === "cancelled-twice")!;
    const bundle = await bundleOf("CXL-002", clientOf(patch, ["cancel"]), 1);
    expect(await replay(clientOf(right, ["canonicalize"]), bundle)).toMatchObject({
      verdict: "ERROR",
      evidence: null,
    });
    const unknown = { ...bundle, requirement: { ...bundle.requirement, id: "CXL-999" } };
    expect(await replay(clientOf(right, ["cancel"]), unknown)).toMatchObject({
      verdict: "ERROR",
      why: "No check of this version shows CXL-999.",
    });
  });
});
