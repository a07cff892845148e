import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../architecture/sources.js";
import { PUBLISHED, packAll, projectWith, ran } from "./packed.js";

const USE = `
const key = readPublicKey(PUBLIC_KEYS["ksher-v1"].pem);
const params = paramsFromObject({ b: "2", a: "1" });
if (!params.ok || canonicalText(params.value) !== "a=1b=2" || key.bits !== 512) throw new Error("wrong");
console.log("used");
`;

describe("the packages that people install", () => {
  let tarballs: ReadonlyMap<string, string> = new Map();
  let project = "";
  beforeAll(() => {
    tarballs = packAll();
    project = projectWith(tarballs);
  }, 300_000);
  afterAll(() => {
    if (project !== "") rmSync(project, { recursive: true, force: true });
    for (const file of tarballs.values()) rmSync(dirname(file), { recursive: true, force: true });
  });

  it("has a tarball of each", () => {
    expect([...tarballs.keys()]).toEqual(PUBLISHED);
    expect(PUBLISHED).toContain("@ksherproof/core");
  });

  it("is used by an ES module", () => {
    const imports = `import { canonicalText, paramsFromObject, readPublicKey } from "@ksherproof/core";\nimport { PUBLIC_KEYS } from "@ksherproof/spec";\n`;
    writeFileSync(join(project, "src/use.mjs"), imports + USE);
    expect(ran(process.execPath, ["src/use.mjs"], project)).toBe("used\n");
  });

  it("is used by CommonJS with require", () => {
    const imports = `const { canonicalText, paramsFromObject, readPublicKey } = require("@ksherproof/core");\nconst { PUBLIC_KEYS } = require("@ksherproof/spec");\n`;
    writeFileSync(join(project, "src/use.cjs"), imports + USE);
    expect(ran(process.execPath, ["src/use.cjs"], project)).toBe("used\n");
  });

  it.each(["node16", "bundler"])("is used by TypeScript with %s resolution", (resolution) => {
    const imports = PUBLISHED.filter((name) => name !== "ksherproof")
      .map((name, i) => `import * as package${i} from "${name}";\nconsole.log(typeof package${i});\n`)
      .join("");
    writeFileSync(join(project, "src/use.mts"), imports);
    const module = resolution === "node16" ? "node16" : "esnext";
    const options = ["--noEmit", "--strict", "--target", "es2022", "--lib", "es2023,dom", "--types", "node"];
    const types = ["--typeRoots", join(root, "node_modules/@types")];
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    const words = [
      tsc,
      ...options,
      ...types,
      "--module",
      module,
      "--moduleResolution",
      resolution,
      "src/use.mts",
    ];
    expect(ran(process.execPath, words, project)).toBe("");
  });

  it.each(["core", "client", "spec"])("%s is bundled for a browser", (name) => {
    writeFileSync(join(project, "src/bundle.mjs"), `export * from "@ksherproof/${name}";\n`);
    const options = [
      "--bundle",
      "--format=esm",
      "--platform=browser",
      "--minify",
      "--external:crypto",
      "--outfile=out.js",
    ];
    ran(join(root, "node_modules/.bin/esbuild"), ["src/bundle.mjs", ...options], project);
  });

  it("runs its command: the published answer verifies under the production key", () => {
    const bin = join(project, "node_modules/.bin/ksherproof");
    const seed = JSON.parse(readFileSync(join(root, "scripts/vectors/real-signed-messages.json"), "utf8"));
    const closed = seed.messages.find((message: { id: string }) => message.id === "rse-28");
    writeFileSync(join(project, "answer.json"), JSON.stringify(closed.payload));
    expect(ran(bin, ["--version"], project)).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(ran(bin, ["verify", "--key", "ksher-v1", "answer.json"], project)).toContain("valid");
  });

  it("the vectors come with a manifest of them and their schemas", () => {
    const own = join(project, "node_modules/@ksherproof/vectors");
    const checked = ran("sha256sum", ["--check", "--strict", "SHA256SUMS"], own);
    expect(checked).toContain("schemas/vectors-canonical.schema.json: OK");
    expect(checked).toContain("vectors/canonical.json: OK");
  });

  it.each(PUBLISHED)("%s: publint finds nothing", (name) => {
    const said = ran(
      join(root, "node_modules/.bin/publint"),
      ["run", tarballs.get(name) ?? "", "--strict"],
      root,
    );
    expect(said).toContain("All good");
  });

  it.each(PUBLISHED)("%s: its types are right for everyone who imports it", (name) => {
    const attw = join(root, "node_modules/.bin/attw");
    ran(attw, [tarballs.get(name) ?? "", "--profile", "esm-only", "--no-emoji", "--format", "ascii"], root);
  });
});
