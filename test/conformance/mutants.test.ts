import { existsSync, readFileSync } from "node:fs";
import { CHECKS } from "@ksherproof/harness";
import { afterAll, describe, expect, it } from "vitest";
import { ALONE } from "./alone.js";
import { complaints } from "./hold.js";
import { ALL_MUTANTS, holdMutant, type Kill, killOf, matrixPage } from "./matrix.js";

const PAGE = new URL("../../docs/reference/kill-matrix.md", import.meta.url);
const kills = new Map<string, Kill>();

/** Milliseconds; most of a run is waiting for time-outs, and several run at once. */
const LONG = 180_000;

describe("a wrong client is caught, named by the requirement that it breaks, and reads as one bug", () => {
  it.concurrent.each(ALL_MUTANTS)(
    "$requirement: $id $says",
    async (mutant) => {
      const report = await holdMutant(mutant);
      const kill = killOf(mutant, report);
      kills.set(mutant.id, kill);
      expect(kill.failed, complaints(report)).toEqual([mutant.requirement]);
      expect(report.conforms).toBe(false);
    },
    LONG,
  );
});

describe("each check is needed", () => {
  it.concurrent.each(CHECKS)(
    "$id explains a wrong client that no other check explains",
    async ({ id }) => {
      const { mutant: name, ops } = ALONE[id] ?? { mutant: "none" };
      const mutant = ALL_MUTANTS.find((one) => one.id === name);
      expect(mutant, `a mutant for ${id} in alone.ts`).toBeDefined();
      if (!mutant) return;
      // Where it offers everything, it was held to everything above.
      const kill = (ops ? undefined : kills.get(name)) ?? killOf(mutant, await holdMutant(mutant, ops));
      expect(kill.by).toEqual([id]);
    },
    LONG,
  );
});

describe("the kill matrix", () => {
  const all = (): readonly Kill[] => ALL_MUTANTS.flatMap(({ id }) => kills.get(id) ?? []);

  it("has at least 80 mutants, one id each, over every group", () => {
    const groups = new Set(ALL_MUTANTS.map(({ requirement }) => requirement.slice(0, 3)));
    expect([...groups].sort()).toEqual(["CXL", "QRY", "REQ", "RSP", "RTY", "SEC", "SIG", "WHK"]);
    expect(new Set(ALL_MUTANTS.map(({ id }) => id)).size).toBe(ALL_MUTANTS.length);
    expect(ALL_MUTANTS.length).toBeGreaterThanOrEqual(80);
  });

  afterAll(() => {
    // Where only some mutants were run there is no matrix to compare.
    if (all().length < ALL_MUTANTS.length) return;
    const page = existsSync(PAGE) ? readFileSync(PAGE, "utf8") : "";
    // The last cell of a row counts what one run saw; generated sequences may see more or less.
    const lasting = (text: string): string => text.replace(/\|[^|\n]*\|$/gm, "|");
    expect(lasting(matrixPage(all())), "run node scripts/kill-matrix.mjs").toBe(lasting(page));
  });
});
