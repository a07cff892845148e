import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { REPORTERS } from "@ksherproof/harness";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { failure, report, requirement } from "../../packages/harness/test/report/plain.js";
import { root } from "../architecture/sources.js";
import { chromiumPath, launch } from "./browser.js";

const chromium = chromiumPath();
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Thirteen requirements of one group, more than a phone has room for beside each other; one of them failed. */
const MANY = Array.from({ length: 13 }, (_, i) => `SIG-${String(i + 1).padStart(3, "0")}`).map((id) =>
  id === "SIG-002" ? requirement(id, { verdict: "fail", failure }) : requirement(id),
);

describe.skipIf(chromium === null)("the reports on a phone (skipped where there is no Chromium)", () => {
  let browser: Browser;
  let folder = "";
  beforeAll(async () => {
    browser = await launch(chromium ?? "");
    folder = mkdtempSync(join(tmpdir(), "ksherproof-reports-"));
    writeFileSync(join(folder, "check.html"), REPORTERS.html?.(report(MANY)) ?? "");
    const words = ["audit", "--key", "ksher-v1", "--html", join(folder, "audit.html")];
    spawnSync(
      process.execPath,
      ["packages/cli/bin/ksherproof.mjs", ...words, "docs/examples/exchanges.jsonl"],
      {
        cwd: root,
      },
    );
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function opened(name: string, colorScheme: "light" | "dark"): Promise<Page> {
    const context = await browser.newContext({
      offline: true,
      colorScheme,
      viewport: { width: 390, height: 844 },
    });
    const page = await context.newPage();
    await page.goto(pathToFileURL(join(folder, `${name}.html`)).href);
    await page.evaluate(() => {
      for (const one of document.querySelectorAll("details")) one.open = true;
    });
    return page;
  }

  it.each([
    ["check", "light"],
    ["check", "dark"],
    ["audit", "light"],
    ["audit", "dark"],
  ] as const)(
    "%s, %s: nothing is wider than the screen, and the rules of axe-core hold",
    async (name, scheme) => {
      const page = await opened(name, scheme);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
      await page.evaluate(axe);
      const broken = await page.evaluate(async () => {
        const { axe } = globalThis as unknown as {
          axe: { run: () => Promise<{ violations: { id: string }[] }> };
        };
        return (await axe.run()).violations.map(({ id }) => id);
      });
      expect(broken).toEqual([]);
      await page.context().close();
    },
  );

  it("the numbers of a group that takes two lines stand under each other, not under its name", async () => {
    const page = await opened("check", "light");
    const lefts = await page.evaluate(() => {
      const cells = [...document.querySelectorAll(".cell")].map((cell) => cell.getBoundingClientRect());
      const name = document.querySelector(".group b")?.getBoundingClientRect().left ?? 0;
      return {
        name,
        first: cells[0]?.left ?? 0,
        least: Math.min(...cells.map(({ left }) => left)),
        rows: new Set(cells.map(({ top }) => top)).size,
      };
    });
    expect(lefts.rows).toBeGreaterThan(1);
    expect(lefts.least).toBe(lefts.first);
    expect(lefts.first).toBeGreaterThan(lefts.name);
    await page.context().close();
  });
});
