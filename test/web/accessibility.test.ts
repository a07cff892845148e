import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../architecture/sources.js";
import { chromiumPath, launch } from "./browser.js";
import { answerLine, cancelLine, gatewayKey } from "./log-lines.js";

const chromium = chromiumPath();
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const page = pathToFileURL(join(root, "packages/web/dist/verifier.html")).href;
const answer = readFileSync(join(root, "docs/examples/answer.json"), "utf8");

/** The rules of axe-core that the page breaks as it stands. */
function broken(on: Page): Promise<readonly string[]> {
  return on.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
  });
}

describe.skipIf(chromium === null)(
  "the verifier page for everybody (skipped where there is no Chromium)",
  () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launch(chromium ?? "");
    });
    afterAll(() => browser.close());

    it.each(["light", "dark"] as const)(
      "%s: every state keeps the rules of axe-core",
      async (colorScheme) => {
        const context = await browser.newContext({ offline: true, locale: "en-GB", colorScheme });
        const on = await context.newPage();
        await on.goto(page);
        await on.evaluate(axe);
        expect(await broken(on)).toEqual([]);
        for (const [text, verdict] of [
          [answer, "valid"],
          [answer.replace('"THB"', '"USD"'), "other_text"],
          ["{", "sorry"],
        ] as const) {
          await on.fill("#message", text);
          await on.waitForSelector(`[data-verdict="${verdict}"]`);
          expect(await broken(on)).toEqual([]);
        }
        await on.click("#tab-sign");
        expect(await broken(on)).toEqual([]);
        const lines = ["CLOSED", "SUCCESS"].map((result, i) =>
          answerLine(`2026-11-0${i + 2}T10:00:00Z`, "A", result),
        );
        const log = [cancelLine("2026-11-01T10:00:00Z", "A"), ...lines, "{"].join("\n");
        await on.click("#tab-log");
        await on.selectOption("#log-key", "own");
        await on.fill("#log-key-pem", gatewayKey);
        await on.setInputFiles("#panel-log input[type=file]", {
          name: "log.jsonl",
          mimeType: "application/jsonl",
          buffer: Buffer.from(log),
        });
        await on.waitForSelector('[data-report="log"]');
        expect(await broken(on)).toEqual([]);
        await context.close();
      },
    );

    it("a message is verified, and the other panels reached, with the keyboard alone", async () => {
      const on = await browser.newPage();
      await on.goto(page);
      const focused = () => on.evaluate(() => document.activeElement?.id ?? "");
      const tabTo = async (id: string, key = "Tab") => {
        for (let i = 0; i < 12 && (await focused()) !== id; i += 1) await on.keyboard.press(key);
        expect(await focused()).toBe(id);
      };
      await tabTo("language");
      await tabTo("message");
      await on.keyboard.insertText(answer);
      await on.waitForSelector('[data-verdict="valid"]');
      await tabTo("key");
      await tabTo("tab-verify", "Shift+Tab");
      await on.keyboard.press("ArrowRight");
      expect(await focused()).toBe("tab-log");
      await tabTo("log-key");
      await tabTo("tab-log", "Shift+Tab");
      await on.keyboard.press("ArrowRight");
      await tabTo("params");
      await tabTo("private-key");
      await on.close();
    });
  },
);
