import { CANCEL_CODES } from "@ksherproof/spec";
import type { Lang } from "./settings.js";

/** The wire codes of cancel_order. */
export type CancelCode = (typeof CANCEL_CODES)[number]["code"];

/** English and the documented Chinese are in the specs; Thai is written nowhere: these texts are ours. */
const THAI: Readonly<Record<CancelCode, string>> = {
  0: "ดำเนินการสำเร็จ",
  [-1]: "ข้อมูลร้านค้าไม่ถูกต้อง",
  [-2]: "ตรวจสอบลายเซ็นของร้านค้าไม่สำเร็จ",
  [-3]: "ไม่พบคำสั่งซื้อนี้",
  [-4]: "คำสั่งซื้อนี้ชำระเงินสำเร็จแล้ว ไม่สามารถดำเนินการนี้ได้",
  [-5]: "คำสั่งซื้อนี้ถูกยกเลิกแล้ว ไม่สามารถดำเนินการซ้ำได้",
  [-6]: "ยกเลิกคำสั่งซื้อไม่สำเร็จ",
};

const CANCELLED = { en: "Cancelled successfully", th: "ยกเลิกสำเร็จ" } as const;

/** The text of a code: the documented Chinese, the table's English, or our Thai. */
export function messageOf(code: CancelCode, lang: Lang): string {
  if (lang === "th") return THAI[code];
  const row = CANCEL_CODES.find((entry) => entry.code === code);
  return (lang === "en" ? row?.meaning : row?.documented) ?? "";
}

/** The text in `data` of a successful cancel (RSP-001). */
export function cancelledText(lang: Lang): string {
  return lang === "cn" ? CANCEL_CODES[0].data : CANCELLED[lang];
}
