import { CANCEL_CODES } from "@ksherproof/spec";
import type { Lang } from "./settings.js";

/** The wire codes of cancel_order. */
export type CancelCode = (typeof CANCEL_CODES)[number]["code"];

/** The documented Chinese is in the specs; English and Thai are written nowhere: these are ours. */
const OURS: Readonly<Record<CancelCode, { readonly en: string; readonly th: string }>> = {
  0: { en: "Successful operation", th: "ดำเนินการสำเร็จ" },
  [-1]: { en: "Incorrect business information", th: "ข้อมูลร้านค้าไม่ถูกต้อง" },
  [-2]: { en: "Failed to verify merchant's signature", th: "ตรวจสอบลายเซ็นของร้านค้าไม่สำเร็จ" },
  [-3]: { en: "The order does not exist", th: "ไม่พบคำสั่งซื้อนี้" },
  [-4]: {
    en: "The order has been paid successfully, this operation cannot be performed",
    th: "คำสั่งซื้อนี้ชำระเงินสำเร็จแล้ว ไม่สามารถดำเนินการนี้ได้",
  },
  [-5]: {
    en: "The order has been cancelled and this operation cannot be repeated",
    th: "คำสั่งซื้อนี้ถูกยกเลิกแล้ว ไม่สามารถดำเนินการซ้ำได้",
  },
  [-6]: { en: "Cancel order failed", th: "ยกเลิกคำสั่งซื้อไม่สำเร็จ" },
};

const CANCELLED = { en: "Cancelled successfully", th: "ยกเลิกสำเร็จ" } as const;

/** The text of a code: the documented Chinese, or our English or Thai. */
export function messageOf(code: CancelCode, lang: Lang): string {
  if (lang !== "cn") return OURS[code][lang];
  return CANCEL_CODES.find((entry) => entry.code === code)?.documented ?? "";
}

/** The text in `data` of a successful cancel (RSP-001). */
export function cancelledText(lang: Lang): string {
  return lang === "cn" ? CANCEL_CODES[0].data : CANCELLED[lang];
}
