import { readdirSync, readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { runScenario, type Scenario, storyOf } from "../../src/index.js";
import { APPID, merchantOf, stage } from "../fixture.js";

const folder = new URL("../../../../vectors/scenarios/", import.meta.url);
const schemaFile = new URL("../../../../specs/schemas/scenario.schema.json", import.meta.url);
const valid = new Ajv2020({ strict: false }).compile(JSON.parse(readFileSync(schemaFile, "utf8")));
const scenarios = readdirSync(folder)
  .filter((name) => name.endsWith(".yaml"))
  .sort()
  .map((name) => ({ name, scenario: parse(readFileSync(new URL(name, folder), "utf8")) as Scenario }));

describe("the scenarios of vectors/scenarios", () => {
  it("cover CXL-001 to CXL-012", () => {
    const covered = new Set(scenarios.flatMap(({ scenario }) => scenario.requirements));
    const wanted = Array.from({ length: 12 }, (_, i) => `CXL-${String(i + 1).padStart(3, "0")}`);
    expect(wanted.filter((id) => !covered.has(id))).toEqual([]);
  });

  it.each(scenarios)("$name fits its schema and is named after its id", ({ name, scenario }) => {
    valid(scenario);
    expect(valid.errors).toBeNull();
    expect(name).toBe(`${scenario.id}.yaml`);
  });

  it.each(scenarios)("$scenario.id: $scenario.title", async ({ scenario }) => {
    const here = stage();
    const cast = { ...here, appid: APPID, merchant: merchantOf(here) };
    const result = await runScenario(scenario, cast);
    expect(result.steps.filter(({ ok }) => !ok)).toEqual([]);
    expect(result.broken).toEqual([]);
    expect(result.steps).toHaveLength(scenario.steps.length);
  });

  it("CXL-007 reads as a story", () => {
    const { scenario } = scenarios.find(({ name }) => name === "CXL-007.yaml")!;
    expect(storyOf(scenario)).toContain("  9. The customer pays with the saved QR code.");
  });

  it("a step that does not hold ends the scenario and says what was expected and got", async () => {
    const here = stage();
    const cast = { ...here, appid: APPID, merchant: merchantOf(here) };
    const scenario: Scenario = {
      id: "CXL-004",
      title: "wrong on purpose",
      requirements: ["CXL-004"],
      story: "The merchant expects what cannot be.",
      steps: [{ merchant: "cancel", expect: "cancelled" }, { merchant: "query" }],
    };
    const result = await runScenario(scenario, cast);
    expect(result.ok).toBe(false);
    expect(result.steps).toEqual([
      { sentence: "The merchant cancels: cancelled", ok: false, expected: "cancelled", got: "not_found" },
    ]);
  });
});
