import { expect, it } from "vitest";
import { progressLine } from "../../src/audit/progress.js";

it("the progress of an audit tells its part, its rate and the time left, and only what is known", () => {
  const quarter = progressLine({ bytes: 256 << 20, records: 100_000, total: 1 << 30, seconds: 40 });
  expect(quarter).toBe(
    `${"\u2588".repeat(4)}${"\u2591".repeat(12)} 25 %  100,000 records, 256 MiB, 2,500 records/s, 2:00 left`,
  );
  const unknown = progressLine({ bytes: 1 << 20, records: 10, total: 0, seconds: 1 });
  expect(unknown).toBe("10 records, 1 MiB, 10 records/s");
});
