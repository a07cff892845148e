import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ksherproof, root } from "../cli/run.js";
import { chromiumPath, launch } from "../web/browser.js";

const folder = mkdtempSync(join(tmpdir(), "ksherproof-html-test-"));
const at = (name: string): string => join(folder, name);
const chromium = chromiumPath();
let browser: Browser | null = null;
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

const audit = (log: string, html: string): string => {
  const ran = ksherproof(["audit", "--key-ring", at("ring.json"), "--html", at(html), log]);
  expect(ran.err).toBe("");
  return readFileSync(at(html), "utf8");
};

describe("the HTML report of an audit", () => {
  let page: string;
  beforeAll(async () => {
    const script = join(root, "scripts/audit/planted-log.mjs");
    const made = ["--records", "6000", "--faults", "156", "--seed", "4", "--out", folder];
    spawnSync(process.execPath, [script, ...made]);
    page = audit(at("log.jsonl"), "report.html");
    if (chromium) browser = await launch(chromium);
  });

  it("shows the totals, a chart over time, the money to give back and the life of orders", () => {
    expect(page).toMatch(/\d+ errors and \d+ warnings in/);
    expect(page).toContain("to give back, in the smallest unit");
    expect(page).toContain("What answers said of their orders, over time (UTC)");
    const lives = page.match(/class="life"/g) ?? [];
    expect(lives.length).toBeGreaterThan(10);
    expect(page).toMatch(/cancel → 0[\s\S]*webhook SUCCESS/);
  });

  it("stays small however many findings there are", () => {
    const bad = readFileSync(at("log.jsonl"), "utf8").replaceAll('"sign":"', '"sing":"');
    writeFileSync(at("bad.jsonl"), bad);
    audit(at("bad.jsonl"), "bad.html");
    expect(statSync(at("bad.html")).size).toBeLessThan(400_000);
  });

  it("draws along the log where records carry no time", () => {
    const bare = readFileSync(at("log.jsonl"), "utf8")
      .split("\n")
      .filter((line) => line.startsWith('{"code"'));
    writeFileSync(at("bare.jsonl"), bare.join("\n"));
    const text = audit(at("bare.jsonl"), "bare.html");
    expect(text).toContain("along the log, whose records carry no time");
  });

  it("takes nothing that a log says for markup", () => {
    const hostile = '{"at":"2024-01-01T00:00:00Z","endpoint":"gateway_order_query","request":{"appid":"mch1","mch_order_no":"<img src=x onerror=alert(1)>\\u202e","sign":"00"},"response":{"code":0,"data":{"result":"SUCCESS"},"sign":"00"}}\n'; // biome-ignore format: one line
    writeFileSync(at("<b>hostile.jsonl"), hostile);
    const text = audit(at("<b>hostile.jsonl"), "hostile.html");
    expect(text).not.toContain("<img");
    expect(text).not.toContain("<b>hostile");
    expect(text).toContain("&lt;img src=x onerror=alert(1)&gt;&lt;U+202E&gt;");
  });

  it.runIf(chromium)("opens from a file under a policy that lets nothing load, and filters", async () => {
    const tab = await browser?.newPage();
    if (!tab) throw new Error("no browser");
    const heard: string[] = [];
    const asked: string[] = [];
    tab.on("console", (message) => heard.push(message.text()));
    tab.on("pageerror", (error) => heard.push(String(error)));
    tab.on("request", (request) => asked.push(request.url()));
    await tab.goto(pathToFileURL(at("report.html")).href);
    const rows = tab.locator("tr[data-kind]:visible");
    const all = await rows.count();
    await tab.selectOption("select[name=kind]", "cancelled_then_paid");
    const some = await rows.count();
    expect(some).toBeGreaterThan(0);
    expect(some).toBeLessThan(all);
    await tab.fill("input[type=search]", "there is no such text");
    expect(await rows.count()).toBe(0);
    expect(await tab.locator(".nothing").isVisible()).toBe(true);
    await tab.selectOption("select[name=kind]", "");
    await tab.fill("input[type=search]", "");
    await tab.setViewportSize({ width: 390, height: 900 });
    const measured = await tab.evaluate(() => ({
      wide: document.documentElement.scrollWidth,
      tallest: Math.max(
        ...[...document.querySelectorAll("main tr")].map((row) => row.getBoundingClientRect().height),
      ),
    }));
    expect(measured.wide).toBe(390);
    expect(measured.tallest).toBeLessThan(450);
    expect(heard).toEqual([]);
    expect(asked.length).toBe(1);
  });
});
