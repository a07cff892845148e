import { describe, expect, it } from "vitest";
import { LONG_MS, Pace } from "../src/pace.js";

describe("how long a run waits for a client", () => {
  it("is long while nothing is known of it, and shorter for one that is quick", () => {
    const pace = new Pace();
    expect([pace.timeoutMs(0), pace.timeoutMs(20), pace.timeoutMs(1500)]).toEqual([LONG_MS, 5000, LONG_MS]);
    expect([pace.triesOf("none"), pace.triesOf("answers"), pace.triesOf("times")]).toEqual([1, 2, 3]);
  });

  it("stays so for a client that uses its time-out once for each of its requests", () => {
    const pace = new Pace();
    pace.saw(9000, 5000, 2, "times");
    expect([pace.timeoutMs(20), pace.triesOf("times")]).toEqual([5000, 3]);
  });

  it("is short once a call ran its time out, with as many tries as the client was seen to make", () => {
    const pace = new Pace();
    pace.saw(60, 5000, 6, "none");
    pace.saw(300, 5000, 2, "answers");
    pace.saw(5000, 5000, 1, "answers");
    expect([pace.timeoutMs(200), pace.timeoutMs(3000)]).toEqual([3400, 3400]);
    expect([pace.triesOf("none"), pace.triesOf("answers"), pace.triesOf("times")]).toEqual([1, 2, 2]);
  });
});
