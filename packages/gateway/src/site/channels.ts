/** How a channel takes a payment: a code that is scanned, another app, or a card with its OTP step. */
export type ChannelKind = "qr" | "app" | "card";

const NAMES: Readonly<Record<string, string>> = {
  alipay: "Alipay",
  alipayplus: "Alipay+",
  wechat: "WeChat Pay",
  linepay: "LINE Pay",
  airpay: "ShopeePay",
  truemoney: "TrueMoney",
  atome: "Atome",
  promptpay: "PromptPay",
  bbl_promptpay: "PromptPay (Bangkok Bank)",
  scb_easy: "SCB Easy",
  bbl_deeplink: "Bangkok Bank app",
  baybank_deeplink: "Krungsri app",
  kplus: "K PLUS",
  card: "Card",
  ktc_instal: "KTC instalments",
  kbank_instal: "KBank instalments",
  kcc_instal: "Krungsri instalments",
  kfc_instal: "Krungsri First Choice instalments",
};

const APPS: readonly string[] = ["scb_easy", "bbl_deeplink", "baybank_deeplink", "kplus", "atome"];

/** The name of a channel for people; its own where none is known. */
export function channelName(channel: string): string {
  return Object.hasOwn(NAMES, channel) ? (NAMES[channel] ?? channel) : channel;
}

/** How a channel takes a payment. */
export function channelKind(channel: string): ChannelKind {
  if (/card|instal/.test(channel)) return "card";
  return APPS.includes(channel) ? "app" : "qr";
}
