import { describe, expect, it } from "vitest";
import { type FailureBundle, inProcess, readBundle, replay } from "../src/index.js";
import { failure } from "./report/events.js";
import { spoilt } from "./report/spoilt.js";

const bundle: FailureBundle = {
  bundle: 1,
  id: "7c879491b292",
  tool: { name: "ksherproof", version: "0.1.0" },
  client: { name: "x", version: "1", language: "TypeScript" },
  adapter: "node x.mjs",
  level: "must",
  profile: "documented",
  seed: 1,
  runs: 0,
  clock: "2022-09-19T04:12:12.000Z",
  requirement: { id: "CXL-004", level: "must", basis: "stated", text: "a", why: "b" },
  failure: {
    ...failure,
    wire: [],
    outcomes: ["not_found"],
    scene: { settings: {} },
    commands: [
      { do: "order", mch_order_no: "A" },
      { do: "customer", act: "saveQr", mch_order_no: "A" },
      { do: "fault", endpoint: "/cancel_order", faults: [{ kind: "empty" }] },
      { do: "call", op: "cancel", mch_order_no: "A", fields: {} },
      { do: "sign", params: { a: "1" }, bits: 512 },
    ],
  },
};
const client = inProcess({ canonicalize: () => ({ canonical: "" }) });

describe("a bundle that somebody spoilt", () => {
  it("is refused in a sentence, or replayed; nothing breaks, whichever place of its commands is spoilt", async () => {
    const found = new Set<string>();
    let refused = 0;
    for (const commands of spoilt(bundle.failure.commands)) {
      try {
        const text = JSON.stringify({ ...bundle, failure: { ...bundle.failure, commands } });
        await replay(client, readBundle(text, "x"));
      } catch (error) {
        if ((error as Error).name === "UsageError") refused += 1;
        else found.add((error as Error).message);
      }
    }
    expect([...found]).toEqual([]);
    expect(refused).toBeGreaterThan(50);
  });

  it("says where", () => {
    const { commands } = bundle.failure;
    const changed = { ...bundle, failure: { ...bundle.failure, commands: [commands[0], { do: "dance" }] } };
    expect(() => readBundle(JSON.stringify(changed), "x.json")).toThrow(
      "x.json is no failure bundle: bundle.failure.commands[1]: there is no command dance.",
    );
  });
});
