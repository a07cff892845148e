// The published schema of scenarios and their reader come from one table of shapes: here they take and refuse the same.
import { readdirSync, readFileSync } from "node:fs";
import { ajvWith } from "@ksherproof/spec-loader";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { readScenario } from "../../src/index.js";

const at = (path: string): URL => new URL(`../../../../${path}`, import.meta.url);
const schema = JSON.parse(readFileSync(at("specs/schemas/scenario.schema.json"), "utf8"));
const validate = ajvWith([]).compile(schema);

const read = (value: unknown): boolean => {
  try {
    readScenario(value, "changed");
    return true;
  } catch {
    return false;
  }
};

const SUBSTITUTES: readonly unknown[] = [
  null,
  "",
  "x",
  -1,
  0,
  1,
  1.5,
  true,
  [],
  ["x"],
  {},
  { x: 1 },
  "x".repeat(40),
];

/** A value, each of whose members and items is missing once, of another kind once, and has a stranger beside it once. */
function* changed(value: unknown): Generator<unknown> {
  yield* SUBSTITUTES;
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) {
      yield value.toSpliced(i, 1);
      for (const other of changed(item)) yield value.toSpliced(i, 1, other);
    }
  } else if (typeof value === "object" && value !== null) {
    yield { ...value, stranger: 1 };
    for (const [name, member] of Object.entries(value)) {
      const { [name]: _, ...rest } = value as Record<string, unknown>;
      yield rest;
      for (const other of changed(member)) yield { ...rest, [name]: other };
    }
  }
}

it("what the schema takes is what is read, on every scenario changed in every place", () => {
  const apart: string[] = [];
  let refused = 0;
  for (const name of readdirSync(at("vectors/scenarios"))) {
    for (const value of changed(parse(readFileSync(at(`vectors/scenarios/${name}`), "utf8")))) {
      const own = read(value);
      if (!own) refused += 1;
      if (own !== validate(value)) {
        apart.push(`${name}: read ${own}: ${JSON.stringify(value)}`);
      }
    }
  }
  expect(refused).toBeGreaterThan(1000);
  expect(apart).toEqual([]);
});
