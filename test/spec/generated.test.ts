import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { emitAll, loadSpecs } from "@ksherproof/spec-loader";
import { describe, expect, it } from "vitest";
import { compiled, source } from "./folder.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

describe("generated files", () => {
  it.each(emitAll(loadSpecs(source, compiled)))(
    "$path is what the specs say: `pnpm gen` would change nothing",
    ({ path, text }) => {
      expect(existsSync(`${root}${path}`)).toBe(true);
      expect(readFileSync(`${root}${path}`, "utf8") === text).toBe(true);
    },
  );

  it("the compiled validators import nothing", () => {
    const code = readFileSync(`${root}packages/spec/src/generated/validators.ts`, "utf8");
    expect(code).not.toMatch(/\brequire\(|\bimport\b|new Function/);
  });
});
