import { readFileSync } from "node:fs";
import { inflateSync } from "node:zlib";
import jsqr from "jsqr";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Host } from "../../src/index.js";
import { APPID } from "../fixture.js";
import { callOver, hostForTest } from "../host/fixture.js";
import { BROWSER_ARGS, chromiumPath } from "./browser.js";

if (!chromiumPath) console.warn("The pages are not tested: there is no Chromium on PATH.");

describe.skipIf(!chromiumPath)("the checkout page in Chromium", () => {
  let browser: Browser;
  let host: Host;
  let page: Page;
  let errors: string[];

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: chromiumPath ?? "", args: [...BROWSER_ARGS] });
    host = await hostForTest();
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    errors = [];
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  });
  afterAll(async () => {
    await browser?.close();
    await host?.close();
  });

  const linkOf = async (mch_order_no: string, channels = "promptpay,card"): Promise<string> => {
    const { data } = await callOver(host, "gateway_pay", {
      mch_order_no,
      total_fee: "12345",
      fee_type: "THB",
      channel_list: channels,
    });
    return String(data.pay_content);
  };
  const state = (mch_order_no: string) => host.served.gateway.order({ appid: APPID, mch_order_no })?.state;
  const heading = () => page.locator("#checkout h1").first();

  it("CXL-006, CXL-007: after a cancel the open page says that the link is closed, and a saved QR code still pays", async () => {
    await page.goto(await linkOf("site-1"));
    expect(await page.locator(".bill-amount").textContent()).toMatch(/^THB\s123\.45$/);
    await page.getByRole("link", { name: "PromptPay" }).click();
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Save the QR code" }).click();
    const file = await (await download).path();
    const text = decodedQr(readFileSync(file));
    expect(text).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/wallet\?order_uuid=[0-9a-f]{32}&channel=promptpay$/);

    expect((await callOver(host, "cancel_order", { mch_order_no: "site-1" })).code).toBe(0);
    await expect.poll(() => heading().textContent()).toBe("This payment link is closed");
    expect(await page.getByText("It may still be paid").isVisible()).toBe(true);
    expect(await page.locator("button.primary").count()).toBe(0);

    await page.goto(text);
    await page.getByRole("button", { name: /^Pay THB/ }).click();
    await expect.poll(() => heading().textContent()).toBe("Paid after the order was closed");
    expect(state("site-1")).toBe("paid_late");
    expect((await callOver(host, "gateway_order_query", { mch_order_no: "site-1" })).data.result).toBe(
      "SUCCESS",
    );
  });

  it("a QR code that was not saved before the cancel pays nothing", async () => {
    const link = new URL(await linkOf("site-2"));
    await callOver(host, "cancel_order", { mch_order_no: "site-2" });
    const query = `order_uuid=${link.searchParams.get("order_uuid")}&channel=promptpay`;
    const gone = await fetch(`${host.url}/pay/qr.png?${query}&save=1`);
    expect(gone.status).toBe(404);
    await page.goto(`${host.url}/wallet?${query}`);
    expect(await heading().textContent()).toBe("This code cannot pay");
    expect(state("site-2")).toBe("cancelled");
  });

  it("CXL-005: during the OTP step a cancel fails; a wrong password leaves the order open, the right one pays", async () => {
    await page.goto(await linkOf("site-3"));
    await page.getByRole("link", { name: "Card" }).click();
    await page.getByRole("button", { name: "Continue to the bank" }).click();
    expect((await callOver(host, "cancel_order", { mch_order_no: "site-3" })).code).toBe(-6);
    await page.getByRole("textbox", { name: "One-time password" }).fill("000000");
    await page.getByRole("button", { name: "Confirm" }).click();
    expect(await page.getByRole("alert").textContent()).toContain("The card payment failed");
    await page.getByRole("link", { name: "Card" }).click();
    await page.getByRole("button", { name: "Continue to the bank" }).click();
    await page.getByRole("textbox", { name: "One-time password" }).fill("123456");
    await page.getByRole("button", { name: "Confirm" }).click();
    await expect.poll(() => heading().textContent()).toBe("Paid");
    expect(state("site-3")).toBe("paid");
  });

  it("the timeline shows requests with canonical text and signature as they come, on the checkout and on the board", async () => {
    await page.goto(host.page);
    await page.getByLabel("Order number").fill("site-4");
    await page.getByRole("button", { name: "Create" }).click();
    await page.locator("#orders .order", { hasText: "site-4" }).waitFor();
    await callOver(host, "cancel_order", { mch_order_no: "site-4", lang: "en" });
    const entry = page.locator(".entry", { hasText: "cancel_order" }).filter({ hasText: "site-4" });
    await entry.locator("summary").click();
    const shown = await entry.textContent();
    expect(shown).toContain("0 Successful operation");
    expect(shown).toContain("signature valid");
    const exchange = host.served.exchanges.at(-1);
    expect(shown).toContain(String(exchange?.canonical));
    expect(shown).toContain(String(exchange?.params?.get("sign")));
    const order = page.locator("#orders .order", { hasText: "site-4" });
    await expect.poll(() => order.textContent()).toContain("cancelled");
  });

  it("texts from outside are shown as texts", async () => {
    const nasty = `<img src=x onerror=alert(1)>`;
    await page.goto(await linkOf(nasty));
    expect(await page.locator(".bill-order b").textContent()).toBe(nasty);
    await page.locator(".entry b", { hasText: nasty }).first().waitFor();
    expect(await page.locator("img[src=x]").count()).toBe(0);
  });

  it("fits a phone: nothing is wider than the screen, and what is tapped is large enough", async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    for (const link of [await linkOf("site-5"), `${await linkOf("site-5")}&channel=promptpay`, host.page]) {
      await page.goto(link);
      await page.locator(".live-status.on").waitFor({ state: "attached" });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
      const heights = await page
        .locator("#checkout button, #checkout .channel, #checkout .secondary")
        .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
      expect(heights.filter((height) => height < 44)).toEqual([]);
    }
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  it("speaks Thai and Chinese, and says so to the browser", async () => {
    const link = await linkOf("site-6");
    await page.goto(link.replace("lang=en", "lang=th"));
    expect(await page.getAttribute("html", "lang")).toBe("th");
    expect(await heading().textContent()).toBe("เลือกวิธีชำระเงิน");
    await page.goto(link.replace("lang=en", "lang=cn"));
    expect(await page.getAttribute("html", "lang")).toBe("zh-Hans");
    expect(await heading().textContent()).toBe("请选择支付方式");
  });

  it("nothing failed in the browser's console", () => {
    expect(errors).toEqual([]);
  });
});

// CommonJS under Node is the function itself, under a bundler it stands in `default`; its types know only the latter.
const readCode = ("default" in jsqr ? jsqr.default : jsqr) as typeof jsqr.default;

/** The text in a QR code of a one-bit PNG, as `bitmapPng` writes it. */
function decodedQr(png: Buffer): string {
  const size = png.readUInt32BE(16);
  const length = png.readUInt32BE(33);
  const raw = inflateSync(png.subarray(41, 41 + length));
  const row = 1 + Math.ceil(size / 8);
  const pixels = new Uint8ClampedArray(size * size * 4).fill(255);
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const light = ((raw[y * row + 1 + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1;
      pixels.fill(light * 255, (y * size + x) * 4, (y * size + x) * 4 + 3);
    }
  }
  return readCode(pixels, size, size)?.data ?? "";
}
