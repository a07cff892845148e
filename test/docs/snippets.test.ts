import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { transformSync } from "esbuild";
import { afterAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { type Block, blocksOf, GUIDES } from "./markdown.js";
import { workspace } from "./workspace.js";

const all = GUIDES.flatMap(blocksOf).filter(({ notRun }) => notRun === undefined);
const named = (blocks: readonly Block[]) =>
  blocks.map((block) => [`${block.file}:${block.line}`, block] as const);

describe("the snippets of the pages", () => {
  const place = workspace();
  afterAll(() => place.remove());

  /** The comments behind `console.log(...)`: what the page says it prints. */
  const promised = (text: string): readonly string[] =>
    [...text.matchAll(/console\.log\(.*\);? *\/\/ (.*)$/gm)].map(([, said]) => said!);

  test.each(named(all.filter(({ language }) => /^(ts|js)$/.test(language))))("%s runs", (at, { text }) => {
    const file = join(place.folder, `${at.replace(/\W/g, "-")}.mjs`);
    writeFileSync(file, transformSync(text, { loader: "ts", format: "esm" }).code);
    const { status, stdout, stderr } = spawnSync(process.execPath, [file], {
      cwd: place.folder,
      encoding: "utf8",
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    if (promised(text).length > 0) expect(stdout.trimEnd().split("\n")).toEqual(promised(text));
  });

  test.each(named(all.filter(({ language }) => language === "json")))("%s is JSON", (_, { text }) => {
    expect(() => JSON.parse(text)).not.toThrow();
  });

  test.each(named(all.filter(({ language }) => language === "yaml")))("%s is YAML", (_, { text }) => {
    expect(parse(text)).toBeTypeOf("object");
  });
});
