import { UsageError } from "@ksherproof/core";
import type { Language } from "@ksherproof/spec";

/** The languages of `lang` (REQ-005). */
export type Lang = Language;

/** What sources leave open or contradict: each is a setting with a default, and SETTINGS says why. */
export interface GatewaySettings {
  readonly cardInProgressCode: -6 | -4;
  readonly cancelExpiredCode: 0 | -3 | -5 | -6;
  readonly cancelLatePaidCode: -4 | -5;
  readonly signCancelSuccess: boolean;
  readonly latePaymentWebhook: boolean;
  readonly latePaymentResult: "SUCCESS" | "CLOSED";
  readonly unpaidResult: "NOTPAY" | "NOTSURE" | "PENDING";
  readonly cardResult: "USERPAYING" | "PENDING" | "NOTSURE";
  readonly cardFailedResult: "PAYERROR" | "NOTPAY";
  readonly expiredResult: "CLOSED" | "NOTPAY";
  readonly unknownOrder: "signed_fail" | "code";
  readonly createAgain: "same_link" | "refuse";
  readonly defaultLang: Lang;
  readonly strictNonce: boolean;
  readonly strictCreate: boolean;
  readonly jsonCreate: boolean;
  readonly timeWindowMs: number;
  readonly defaultExpiryMinutes: number;
  readonly checkoutUrl: string;
}

/** One setting: its values (null where any number or text will do), its default, and the doubt behind it. */
export interface SettingRow {
  readonly name: keyof GatewaySettings;
  readonly values: readonly (string | number | boolean)[] | "number" | "text";
  readonly initial: string | number | boolean;
  readonly why: string;
}

const yesNo = [false, true] as const;

/** Every setting, with its documented default and why it is one. */
export const SETTINGS: readonly SettingRow[] = [
  {
    name: "cardInProgressCode",
    values: [-6, -4],
    initial: -6,
    why: "The documentation says that a card payment in progress cannot be cancelled, and gives no code (CXL-005).",
  },
  {
    name: "cancelExpiredCode",
    values: [-6, -5, -3, 0],
    initial: -6,
    why: "What a cancel of an expired order answers is written nowhere.",
  },
  {
    name: "cancelLatePaidCode",
    values: [-4, -5],
    initial: -4,
    why: "An order that was cancelled and then paid is both; that money was taken weighs more (CXL-003).",
  },
  {
    name: "signCancelSuccess",
    values: yesNo,
    initial: false,
    why: "The documented success has no sign (RSP-001); whether the live answer lacks it is unknown.",
  },
  {
    name: "latePaymentWebhook",
    values: yesNo,
    initial: true,
    why: "The webhook page says that a callback from the wallet leads to a webhook; nothing excepts cancelled orders (WHK-003).",
  },
  {
    name: "latePaymentResult",
    values: ["SUCCESS", "CLOSED"],
    initial: "SUCCESS",
    why: "What the query shows after a saved QR was paid on a cancelled order is written nowhere; CXL-007 takes SUCCESS.",
  },
  {
    name: "unpaidResult",
    values: ["NOTPAY", "NOTSURE", "PENDING"],
    initial: "NOTPAY",
    why: "NOTPAY is the documented word; one genuine answer shows NOTSURE for a fresh order (rse-02).",
  },
  {
    name: "cardResult",
    values: ["USERPAYING", "PENDING", "NOTSURE"],
    initial: "USERPAYING",
    why: "The documentation lists the words without saying which one a card in its OTP step has.",
  },
  {
    name: "cardFailedResult",
    values: ["PAYERROR", "NOTPAY"],
    initial: "PAYERROR",
    why: "After a failed card payment the order stays open; PAYERROR is the documented word for the failure.",
  },
  {
    name: "expiredResult",
    values: ["CLOSED", "NOTPAY"],
    initial: "CLOSED",
    why: "The relation of expire_time to the result is written nowhere.",
  },
  {
    name: "unknownOrder",
    values: ["signed_fail", "code"],
    initial: "signed_fail",
    why: "FAIL is documented for an order that is not in the database; a code of -3 is the other reading (QRY-005).",
  },
  {
    name: "createAgain",
    values: ["same_link", "refuse"],
    initial: "same_link",
    why: "Whether mch_order_no can be used again is written nowhere; a repeated create of the same order gets the same link.",
  },
  {
    name: "defaultLang",
    values: ["cn", "en", "th"],
    initial: "cn",
    why: "The table says English, every printed answer to a request without lang is Chinese.",
  },
  {
    name: "strictNonce",
    values: yesNo,
    initial: false,
    why: "nonce_str must be unique (REQ-008); whether the gateway refuses a second use is unknown. A refusal is -1.",
  },
  {
    name: "strictCreate",
    values: yesNo,
    initial: false,
    why: "Asks for every documented field of gateway_pay, not only those that the simulator needs.",
  },
  {
    name: "jsonCreate",
    values: yesNo,
    initial: false,
    why: "Form bodies are documented; one merchant reports that gateway_pay also takes JSON.",
  },
  {
    name: "timeWindowMs",
    values: "number",
    initial: 0,
    why: "Whether the gateway bounds time_stamp is unknown; 0 takes any. A refusal is -1.",
  },
  {
    name: "defaultExpiryMinutes",
    values: "number",
    initial: 0,
    why: "The default of expire_time is unknown; 0 never expires.",
  },
  {
    name: "checkoutUrl",
    values: "text",
    initial: "https://gateway.ksher.com/ua",
    why: "pay_content is this address with ?order_uuid=...&lang=...; `serve` puts its own page here.",
  },
];

/** The documented defaults. */
export const DEFAULT_SETTINGS: GatewaySettings = Object.fromEntries(
  SETTINGS.map(({ name, initial }) => [name, initial]),
) as unknown as GatewaySettings;

/** The defaults with some settings changed. Throws `UsageError` for a setting or a value that there is not. */
export function settingsWith(
  changes: Readonly<Record<string, unknown>>,
  base: GatewaySettings = DEFAULT_SETTINGS,
): GatewaySettings {
  const settings: Record<string, unknown> = { ...base };
  for (const [name, value] of Object.entries(changes)) {
    const row = SETTINGS.find((setting) => setting.name === name);
    if (!row) {
      throw new UsageError("setting_unknown", `There is no setting ${name}.`, {
        hint: `The settings are: ${SETTINGS.map((setting) => setting.name).join(", ")}.`,
      });
    }
    if (!fits(row, value)) {
      const values = typeof row.values === "string" ? `a ${row.values}` : row.values.join(", ");
      throw new UsageError(
        "setting_value",
        `Expected ${name} to be one of: ${values}; found ${String(value)}.`,
        {
          hint: row.why,
        },
      );
    }
    settings[name] = value;
  }
  return settings as unknown as GatewaySettings;
}

function fits(row: SettingRow, value: unknown): boolean {
  if (row.values === "number") return Number.isSafeInteger(value) && (value as number) >= 0;
  if (row.values === "text") return typeof value === "string";
  return row.values.includes(value as string | number | boolean);
}
