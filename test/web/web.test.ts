import { createHash } from "node:crypto";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { root } from "../architecture/sources.js";
import { ran } from "../packages/packed.js";
import { chromiumPath, launch } from "./browser.js";
import { answerLine, cancelLine, gatewayKey } from "./log-lines.js";

const file = join(root, "packages/web/dist/verifier.html");
const html = readFileSync(file, "utf8");
const chromium = chromiumPath();
const merchant = readFileSync(join(root, "vectors/keys/merchant-1024.pkcs8.pem"), "utf8");

describe("the file of the verifier page", () => {
  it("is small and forbids every connection", () => {
    expect(html.length).toBeLessThan(400_000);
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1] ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("connect-src 'none'");
    expect(policy).not.toContain("unsafe-inline");
    expect(policy).not.toContain("http");
  });

  it("comes out the same, byte for byte, when it is built again", () => {
    const before = createHash("sha256").update(html).digest("hex");
    ran(process.execPath, ["scripts/build-web.mjs"], root);
    expect(createHash("sha256").update(readFileSync(file)).digest("hex")).toBe(before);
  });
});

describe.skipIf(chromium === null)("the verifier page in Chromium (skipped where there is none)", () => {
  let browser: Browser;
  let page: Page;
  let folder = "";
  const requests: string[] = [];
  const errors: string[] = [];
  beforeAll(async () => {
    browser = await launch(chromium ?? "");
    folder = mkdtempSync(join(tmpdir(), "ksherproof-web-"));
    copyFileSync(file, join(folder, "verifier.html"));
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    const context = await browser.newContext({ offline: true, locale: "en-GB" });
    page = await context.newPage();
    requests.length = 0;
    errors.length = 0;
    page.on("request", (request) => requests.push(request.url()));
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    await page.goto(pathToFileURL(join(folder, "verifier.html")).href);
  });
  afterEach(async () => {
    expect(requests.filter((url) => !url.startsWith("file:") && !url.startsWith("blob:"))).toEqual([]);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  const verdict = () => page.locator("[data-verdict]").first();

  it("QRY-001 verifies the published answer, and shows each step", async () => {
    await page.getByRole("button", { name: "try the published answer" }).click();
    await page.waitForSelector('[data-verdict="valid"]');
    expect(await verdict().textContent()).toContain("Valid");
    expect(await page.locator(".walk > li").count()).toBe(7);
    expect(await page.locator(".walk").textContent()).toContain("the same bytes: valid");
  });

  it("QRY-003 says what was signed where a value was changed", async () => {
    await page.getByRole("button", { name: "try the published answer" }).click();
    await page.waitForSelector('[data-verdict="valid"]');
    const text = await page.inputValue("#message");
    await page.fill("#message", text.replace('"THB"', '"USD"'));
    await page.waitForSelector('[data-verdict="other_text"]');
    expect(await page.locator(".diff del").textContent()).toBe("THB");
    expect(await page.locator(".diff ins").textContent()).toBe("USD");
    expect(await page.getByText("Other messages under the same signature").count()).toBe(0);
  });

  it("QRY-007 shows of another message under the same signature the fields that differ", async () => {
    await page.selectOption("#key", "own");
    await page.fill("#key-pem", gatewayKey);
    const { response } = JSON.parse(answerLine("2026-11-01T10:00:00Z", "A1", "CLOSED", "table 7cash_fee=5"));
    await page.fill("#message", JSON.stringify(response));
    await page.waitForSelector('[data-verdict="valid"]');
    expect(await verdict().textContent()).toContain("Other messages under the same signature: 1");
    const cells = await page.locator("table").last().locator("tbody th, tbody td").allTextContents();
    expect(cells).toEqual(["attach", "table 7", "cash_fee", "5cash_fee="]);
  });

  it("says where an input is no message, and never draws what is pasted as markup", async () => {
    await page.fill("#message", '{"data": {"attach": "<img src=x onerror=alert(1)>", }');
    await page.waitForSelector('[data-verdict="sorry"]');
    expect(await verdict().textContent()).toMatch(/line 1/);
    await page.fill("#message", "attach=<img src=x onerror=alert(1)>&sign=00");
    await page.waitForSelector('[data-verdict="bad_length"], [data-verdict="not_a_signature"]');
    expect(await page.locator("main img").count()).toBe(0);
  });

  it("SIG-007 signs with a pasted key, forgets it, and what it signed verifies", async () => {
    await page.getByRole("tab", { name: "Sign" }).click();
    await page.fill("#params", JSON.stringify({ b: "ชำระ & 100%", a: "1" }));
    await page.fill("#private-key", merchant);
    await page.getByRole("button", { name: "Sign", exact: true }).click();
    const form = await page.locator(".copyable code").nth(1).textContent();
    await page.getByRole("button", { name: "Forget the key" }).click();
    expect(await page.inputValue("#private-key")).toBe("");
    await page.getByRole("tab", { name: "Verify" }).click();
    await page.selectOption("#key", "own");
    await page.fill("#key-pem", readFileSync(join(root, "vectors/keys/merchant-1024.spki.pem"), "utf8"));
    await page.fill("#message", form ?? "");
    await page.waitForSelector('[data-verdict="valid"]');
    const stored = await page.evaluate(
      () => Object.keys(localStorage).length + Object.keys(sessionStorage).length,
    );
    expect(stored).toBe(0);
  });

  it("CXL-007 audits a dropped log, gzip or not, and names the order that was cancelled and paid", async () => {
    const lines = [
      answerLine("2026-11-01T10:00:00Z", "A1", "NOTPAY"),
      cancelLine("2026-11-01T10:01:00Z", "A1"),
      answerLine("2026-11-01T10:02:00Z", "A1", "CLOSED"),
      answerLine("2026-11-02T09:00:00Z", "A1", "SUCCESS"),
      answerLine("2026-11-02T09:30:00Z", "B2", "SUCCESS"),
      answerLine("2026-11-03T09:30:00Z", "C3", "SUCCESS").replace("2000", "2001"),
      '{"code": 0, "data": {',
    ];
    await page.getByRole("tab", { name: "Audit a log" }).click();
    await page.selectOption("#log-key", "own");
    await page.fill("#log-key-pem", gatewayKey);
    for (const [name, bytes] of [
      ["log.jsonl", Buffer.from(lines.join("\n"))],
      ["log.jsonl.gz", gzipSync(lines.join("\n"))],
    ] as const) {
      writeFileSync(join(folder, name), bytes);
      await page.setInputFiles("#panel-log input[type=file]", join(folder, name));
      await page.waitForSelector(`[data-report="log"] >> text=${name}`);
      const numbers = (await page.locator(".numbers > div").allTextContents()).slice(0, 6);
      expect(numbers).toEqual([
        "7Records",
        "4valid",
        "1invalid",
        "0signature missing",
        "1unreadable",
        "1unsigned by design",
      ]);
      expect(await page.locator("svg .bar-bad").count()).toBe(1);
      const table = await page.locator('[data-report="log"]').textContent();
      expect(table).toContain("cancelled_then_paid");
      expect(await page.locator(".life").first().textContent()).toMatch(
        /NOTPAY[\s\S]*cancel 0[\s\S]*CLOSED[\s\S]*SUCCESS/,
      );
    }
    await page.locator("main").getByRole("button", { name: "Save as JSON" }).last().waitFor();
  });

  it("QRY-005 compares what two answers say of an order, which needs more of Buffer than one does", async () => {
    const paid = answerLine("2026-11-01T10:00:00Z", "A1", "SUCCESS");
    const again = answerLine("2026-11-01T11:00:00Z", "A1", "SUCCESS");
    await page.getByRole("tab", { name: "Audit a log" }).click();
    await page.selectOption("#log-key", "own");
    await page.fill("#log-key-pem", gatewayKey);
    writeFileSync(join(folder, "twice.jsonl"), `${paid}\n${again}\n`);
    await page.setInputFiles("#panel-log input[type=file]", join(folder, "twice.jsonl"));
    await page.waitForSelector('[data-report="log"]');
    expect(await page.locator(".numbers").textContent()).toContain("2valid");
    expect(await page.locator(".findings").count()).toBe(0);
  });

  it("draws twenty findings of a kind, and says how many more there are", async () => {
    await page.getByRole("tab", { name: "Audit a log" }).click();
    writeFileSync(join(folder, "letter.txt"), "Dear support,\n".repeat(23));
    await page.setInputFiles("#panel-log input[type=file]", join(folder, "letter.txt"));
    await page.getByText("3 more; the saved file has them all").waitFor();
    expect(await page.locator(".findings tbody tr").count()).toBe(20);
  });

  it("speaks Thai and Chinese, keeps what was typed, and is moved through by keyboard", async () => {
    await page.fill("#message", "a=1&sign=00");
    for (const [code, tab] of [
      ["th", "ตรวจสอบ"],
      ["zh", "验证"],
    ] as const) {
      await page.selectOption("#language", code);
      expect(await page.getAttribute("html", "lang")).toBe(code);
      expect(await page.inputValue("#message")).toBe("a=1&sign=00");
      await page.getByRole("tab", { name: tab }).focus();
      await page.keyboard.press("ArrowRight");
      expect(await page.getByRole("tab", { selected: true }).getAttribute("id")).toBe("tab-log");
    }
  });

  it.each(["th", "zh"])("says in %s what is wrong with a message, a text and a log", async (language) => {
    await page.selectOption("#language", language);
    const english = /(?:[A-Za-z]{2,} ){2}[a-z]{3,}/;
    await page.selectOption("#key", "own");
    await page.fill("#key-pem", gatewayKey);
    const { response } = JSON.parse(answerLine("2026-11-01T10:00:00Z", "A1", "CLOSED"));
    const message = JSON.stringify(response);
    for (const [text, shown, id] of [
      [message.replace('"THB"', '"USD"'), "other_text", "changed_fee_type"],
      [message.replace(/"sign":"\w{20}/, '"sign":"'), "bad_length", ""],
      [message.slice(0, -1), "sorry", ""],
    ] as const) {
      await page.fill("#message", text);
      await page.waitForSelector(`[data-verdict="${shown}"]`);
      expect(await verdict().textContent()).not.toMatch(english);
      if (id !== "") expect(await page.locator(".mistakes").textContent()).toContain(id);
      if (id !== "") expect(await page.locator(".mistakes").textContent()).not.toMatch(english);
    }
    await page.locator("#tab-log").click();
    await page.selectOption("#log-key", "own");
    await page.fill("#log-key-pem", gatewayKey);
    const paid = answerLine("2026-11-02T09:00:00Z", "A1", "SUCCESS");
    const lines = [cancelLine("2026-11-01T10:01:00Z", "A1"), paid, paid.replace("2000", "2001"), "{"];
    writeFileSync(join(folder, "spoken.jsonl"), lines.join("\n"));
    await page.setInputFiles("#panel-log input[type=file]", join(folder, "spoken.jsonl"));
    await page.waitForSelector(".findings");
    const report = await page.locator('[data-report="log"]').textContent();
    expect(report).toContain("2000 THB");
    expect(report).not.toMatch(english);
  });

  it("every control has a name for a screen reader", async () => {
    const nameless = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>("button, select, textarea, input:not([aria-hidden])")]
        .filter((one) => !one.textContent?.trim() || /^(SELECT|TEXTAREA|INPUT)$/.test(one.tagName))
        .filter((one) => !one.getAttribute("aria-label") && !document.querySelector(`label[for="${one.id}"]`))
        .map((one) => one.outerHTML.slice(0, 80)),
    );
    expect(nameless).toEqual([]);
  });
});
