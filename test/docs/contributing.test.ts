import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { coverageOf, coverageProblems, folderSource, loadSpecs, specErrorsOf } from "@ksherproof/spec-loader";
import { afterAll, describe, expect, test } from "vitest";
import { root } from "../architecture/sources.js";
import { blocksOf, read } from "./markdown.js";

const GUIDE = "docs/guides/add-a-requirement-a-vector-a-check.md";

describe("the walks that contributors are told", () => {
  const folder = mkdtempSync(join(tmpdir(), "ksherproof-walk-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const specs = join(folder, "specs");
  const file = join(specs, "requirements/cancel.yaml");
  const example = blocksOf(GUIDE).find(({ language }) => language === "yaml")!.text;
  const indented = example.replace(/^/gm, "  ");

  test("the guide's requirement is one that the specs take, and nothing covers it yet", () => {
    cpSync(join(root, "specs"), specs, { recursive: true });
    writeFileSync(file, `${readFileSync(file, "utf8").trimEnd()}\n${indented}\n`);
    const { requirements } = loadSpecs(folderSource(specs));
    const added = requirements.filter(({ id }) => example.includes(id));
    expect(added.map(({ id }) => id)).toEqual(["CXL-013"]);
    const nothing = { checks: [], scenarios: [], vectors: new Map(), tests: new Map() };
    expect(coverageProblems(coverageOf(added, nothing), [], nothing)).toEqual([
      expect.stringContaining("CXL-013"),
    ]);
  });

  test("an id that is used again is refused, with its place", () => {
    writeFileSync(file, `${readFileSync(file, "utf8")}${indented.replace("expired", "late")}\n`);
    let errors: readonly Error[] = [];
    try {
      loadSpecs(folderSource(specs));
    } catch (thrown) {
      errors = specErrorsOf(thrown) ?? [];
    }
    expect(errors.map(({ message }) => message).join("\n")).toMatch(/cancel\.yaml:\d+:\d+: .*CXL-013/);
  });

  test("the scripts and paths that CONTRIBUTING names are there", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Readonly<Record<string, string>> };
    const named = [...read("CONTRIBUTING.md").matchAll(/`pnpm ([a-z]+)`/g)].map(([, name]) => name!);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
    expect(named.length).toBeGreaterThan(3);
  });
});
