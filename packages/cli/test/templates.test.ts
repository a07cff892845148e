import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { splitCommandLine, startAdapter } from "@ksherproof/harness";
import { transform } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LANGUAGES } from "../src/check/languages.js";
import { templateOf, writeTemplate } from "../src/check/templates.js";

/** For each language: what must be on the machine, the file with the table, and how an author fills in canonicalize. */
const FILLED: Readonly<Record<string, readonly [tool: string, file: string, from: string, to: string]>> = {
  typescript: ["node", "adapter.ts", "canonicalize: null", "canonicalize: canonicalize"],
  python: ["python3", "adapter.py", '"canonicalize": None', '"canonicalize": canonicalize'],
  go: ["go", "adapter.go", '{"canonicalize", nil}', '{"canonicalize", canonicalize}'],
  java: ["javac", "Adapter.java", '"canonicalize", null', '"canonicalize", Adapter::canonicalize'],
  php: ["php", "adapter.php", "'canonicalize' => null", "'canonicalize' => 'canonicalize'"],
  ruby: ["ruby", "adapter.rb", '"canonicalize" => nil', '"canonicalize" => method(:canonicalize)'],
  rust: ["cargo", "src/main.rs", '("canonicalize", None)', '("canonicalize", Some(canonicalize))'],
  shell: ["jq", "adapter.sh", "stub_canonicalize()", "op_canonicalize()"],
};

const has = (tool: string): boolean =>
  spawnSync(tool, [tool === "go" ? "version" : tool === "jq" || tool === "php" ? "-V" : "--version"], {
    stdio: "ignore",
  }).error === undefined;

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ksherproof-templates-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function build(language: string): Promise<readonly [string, ...string[]]> {
  const template = templateOf(language);
  const at = join(folder, language);
  writeTemplate(template, at, true);
  const [, file, from, to] = FILLED[language]!;
  const text = readFileSync(join(at, file), "utf8");
  expect(text).toContain(from);
  writeFileSync(join(at, file), text.replace(from, to));
  if (language === "typescript") {
    const { code } = await transform(readFileSync(join(at, file), "utf8"), { loader: "ts", format: "esm" });
    writeFileSync(join(at, "adapter.mjs"), code);
    return [process.execPath, "adapter.mjs"];
  }
  if (template.build) {
    const [program, ...args] = splitCommandLine(template.build);
    const built = spawnSync(program, language === "rust" ? [...args, "--offline"] : args, {
      cwd: at,
      encoding: "utf8",
    });
    expect(built.stderr + built.stdout).not.toMatch(/error|warning/i);
    expect(built.status).toBe(0);
  }
  return splitCommandLine(template.run);
}

describe("adapter init", () => {
  it.each(Object.keys(LANGUAGES))(
    "%s: at most about 80 lines of glue, and every operation has its place",
    (language) => {
      const at = join(folder, `${language}-text`);
      const files = writeTemplate(templateOf(language), at, false);
      const glue = files.filter((file) => /adapter\.|main\.rs$/i.test(file) && !file.endsWith(".csproj"));
      expect(glue).toHaveLength(1);
      const text = readFileSync(glue[0]!, "utf8");
      expect(text.split("\n").length).toBeLessThanOrEqual(91);
      expect(text.match(/YOUR (CLIENT|SERVER)/g)).toHaveLength(7);
      expect(() => writeTemplate(templateOf(language), at, false)).toThrow(/there already/);
    },
  );

  for (const [language, [tool]] of Object.entries(FILLED)) {
    // A language whose compiler is not on this machine is read, not run: csharp and kotlin on most.
    it.skipIf(!has(tool))(
      `${language}: offers what is filled in, and says unsupported for the rest`,
      async () => {
        const command = await build(language);
        const client = await startAdapter(command, { cwd: join(folder, language) });
        try {
          expect(client.hello.ops).toEqual(["canonicalize"]);
          const strange = { params: { a: 'ก😀 " \\ \u2028 \u0001' }, unknown: [1.5, null, true, { b: [] }] };
          expect(await client.call("canonicalize", strange, 20_000)).toMatchObject({
            kind: "error",
            error: "failed",
          });
          expect(await client.call("cancel", strange, 20_000)).toMatchObject({
            kind: "error",
            error: "unsupported",
          });
        } finally {
          await client.close();
        }
      },
    );
  }

  it.skipIf(!has("ruby"))(
    "ruby: an exception whose message is no UTF-8 is answered all the same",
    async () => {
      const at = join(folder, "ruby-bytes");
      writeTemplate(templateOf("ruby"), at, false);
      const file = join(at, "adapter.rb");
      const text = readFileSync(file, "utf8")
        .replace('"canonicalize" => nil', '"canonicalize" => method(:canonicalize)')
        .replace('raise "canonicalize is not filled in"', 'raise "cut \\xE0\\xB8"');
      writeFileSync(file, text);
      const client = await startAdapter(["ruby", "adapter.rb"], { cwd: at });
      try {
        expect(await client.call("canonicalize", { params: {} }, 20_000)).toMatchObject({ error: "failed" });
      } finally {
        await client.close();
      }
    },
  );
});
