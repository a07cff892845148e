import { describe, expect, it } from "vitest";
import { complaints, hold } from "./hold.js";
import { STYLES } from "./styles.js";

describe("correct clients conform, whatever their style", () => {
  it.concurrent.each(STYLES)(
    "$id: $says",
    async ({ id, client }) => {
      const seed = 1000 + [...id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
      const report = await hold(client(), { seed, runs: 2 });
      expect(complaints(report)).toBe("");
      expect(report.conforms).toBe(true);
    },
    180_000,
  );
});

describe("a raw client", () => {
  it("has what it leaves to its caller reported as not supported, and the rest as passed", async () => {
    const raw = STYLES.find(({ id }) => id === "raw");
    const report = await hold(raw?.client() ?? {}, { runs: 1, only: ["QRY", "RSP", "CXL"] });
    const verdict = (id: string) =>
      report.requirements.find(({ requirement }) => requirement.id === id)?.verdict;
    expect(report.raw).toBe(true);
    expect([verdict("QRY-002"), verdict("QRY-003"), verdict("RSP-006")]).toEqual(
      Array(3).fill("not_supported"),
    );
    expect([verdict("RSP-001"), verdict("RSP-002"), verdict("CXL-001"), verdict("CXL-007")]).toEqual(
      Array(4).fill("pass"),
    );
  });
});
