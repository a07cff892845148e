import { describe, expect, it } from "vitest";
import { EnvironmentError, HarnessError, KeyError, TransportError, UsageError } from "../src/index.js";

describe("the errors", () => {
  const cause = new Error("below");

  it.each([
    ["UsageError", new UsageError("c", "what", { hint: "do", cause })],
    ["KeyError", new KeyError("c", "what", { hint: "do", cause })],
    ["EnvironmentError", new EnvironmentError("c", "what", { hint: "do", cause })],
    ["TransportError", new TransportError("c", "what", 7, { hint: "do", cause })],
    ["HarnessError", new HarnessError("c", "what", "tail", { hint: "do", cause })],
  ])("%s carries its code, its hint and its cause", (name, error) => {
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name, code: "c", message: "what", hint: "do", cause });
  });

  it("have neither where none is given", () => {
    const bare = new KeyError("c", "what");
    expect(bare.hint).toBeUndefined();
    expect("cause" in bare).toBe(false);
  });

  it("say how long a call took, and what an adapter wrote", () => {
    expect(new TransportError("c", "what", 7).elapsedMs).toBe(7);
    expect(new HarnessError("c", "what", "tail").stderr).toBe("tail");
  });
});
