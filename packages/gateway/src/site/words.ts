import type { Lang } from "../settings.js";

/** The texts of the checkout page. */
export interface Words {
  readonly simulated: string;
  readonly amount: string;
  readonly order: string;
  readonly choose: string;
  readonly scan: string;
  readonly scanHow: string;
  readonly savePng: string;
  readonly saveSvg: string;
  readonly payNow: string;
  readonly other: string;
  readonly card: string;
  readonly cardHow: string;
  readonly startCard: string;
  readonly app: string;
  readonly otp: string;
  readonly otpHow: string;
  readonly confirm: string;
  readonly cardFailed: string;
  readonly paid: string;
  readonly paidHow: string;
  readonly late: string;
  readonly lateHow: string;
  readonly closed: string;
  readonly closedHow: string;
  readonly expired: string;
  readonly expiredHow: string;
  readonly refunded: string;
  readonly refundedHow: string;
  readonly saved: string;
  readonly openSaved: string;
  readonly unknown: string;
  readonly unknownHow: string;
  readonly wallet: string;
  readonly walletHow: string;
  readonly pay: string;
  readonly noCode: string;
  readonly noCodeHow: string;
}

/** Ours in every language: the gateway's own page is not documented. */
export const WORDS: Readonly<Record<Lang, Words>> = {
  en: {
    simulated: "Simulated checkout. No real money.",
    amount: "Amount due",
    order: "Order",
    choose: "How would you like to pay?",
    scan: "Scan to pay",
    scanHow: "Open your wallet app and scan this code, or save it and pay later.",
    savePng: "Save the QR code",
    saveSvg: "as SVG",
    payNow: "I have scanned it: pay now",
    other: "Choose another way",
    card: "Card",
    cardHow: "Any number will do: the bank is simulated too.",
    startCard: "Continue to the bank",
    app: "Open the app and pay",
    otp: "One-time password",
    otpHow: "The simulated bank has sent 123456. Anything else fails.",
    confirm: "Confirm",
    cardFailed: "The card payment failed. The order is still open: try again.",
    paid: "Paid",
    paidHow: "Thank you. You can close this page.",
    late: "Paid after the order was closed",
    lateHow: "The saved QR code still worked: money was taken for an order that had been closed.",
    closed: "This payment link is closed",
    closedHow: "The merchant cancelled the order. No new payment can be started here.",
    expired: "This payment link has expired",
    expiredHow: "Its time is over. No new payment can be started here.",
    refunded: "Refunded",
    refundedHow: "The money was given back.",
    saved: "You saved a QR code before. It may still be paid.",
    openSaved: "Use the saved QR code",
    unknown: "There is no such order",
    unknownHow: "The link names no order of this simulator.",
    wallet: "Simulated wallet",
    walletHow: "This is what the customer's own app would ask after scanning the code.",
    pay: "Pay",
    noCode: "This code cannot pay",
    noCodeHow: "It was not saved while the link was open.",
  },
  cn: {
    simulated: "模拟收银台,不涉及真实资金。",
    amount: "应付金额",
    order: "订单号",
    choose: "请选择支付方式",
    scan: "扫码支付",
    scanHow: "请用钱包应用扫描二维码,也可以保存后再支付。",
    savePng: "保存二维码",
    saveSvg: "SVG 格式",
    payNow: "已扫码,立即支付",
    other: "选择其他方式",
    card: "银行卡",
    cardHow: "任意卡号均可:银行也是模拟的。",
    startCard: "前往银行验证",
    app: "打开应用并支付",
    otp: "一次性密码",
    otpHow: "模拟银行发送的密码是 123456,其他一律失败。",
    confirm: "确认",
    cardFailed: "银行卡支付失败,订单仍然有效,请重试。",
    paid: "支付成功",
    paidHow: "谢谢,您可以关闭此页面。",
    late: "订单关闭后已支付",
    lateHow: "保存的二维码仍然有效:已关闭的订单收到了款项。",
    closed: "支付链接已关闭",
    closedHow: "商户已取消订单,无法在此发起新的支付。",
    expired: "支付链接已过期",
    expiredHow: "已超过有效时间,无法在此发起新的支付。",
    refunded: "已退款",
    refundedHow: "款项已退回。",
    saved: "您之前保存过二维码,它可能仍可支付。",
    openSaved: "使用保存的二维码",
    unknown: "订单不存在",
    unknownHow: "此链接在模拟器中没有对应的订单。",
    wallet: "模拟钱包",
    walletHow: "顾客扫码后,钱包应用会显示这样的页面。",
    pay: "支付",
    noCode: "此二维码无法支付",
    noCodeHow: "链接有效期间没有保存过它。",
  },
  th: {
    simulated: "หน้าชำระเงินจำลอง ไม่มีเงินจริง",
    amount: "ยอดที่ต้องชำระ",
    order: "คำสั่งซื้อ",
    choose: "เลือกวิธีชำระเงิน",
    scan: "สแกนเพื่อชำระเงิน",
    scanHow: "เปิดแอปกระเป๋าเงินแล้วสแกนโค้ดนี้ หรือบันทึกไว้ชำระภายหลัง",
    savePng: "บันทึก QR โค้ด",
    saveSvg: "แบบ SVG",
    payNow: "สแกนแล้ว ชำระเลย",
    other: "เลือกวิธีอื่น",
    card: "บัตร",
    cardHow: "ใช้หมายเลขใดก็ได้ ธนาคารก็จำลองเช่นกัน",
    startCard: "ไปยังธนาคาร",
    app: "เปิดแอปและชำระ",
    otp: "รหัสผ่านครั้งเดียว",
    otpHow: "ธนาคารจำลองส่งรหัส 123456 รหัสอื่นจะไม่ผ่าน",
    confirm: "ยืนยัน",
    cardFailed: "ชำระด้วยบัตรไม่สำเร็จ คำสั่งซื้อยังเปิดอยู่ โปรดลองอีกครั้ง",
    paid: "ชำระเงินแล้ว",
    paidHow: "ขอบคุณ ปิดหน้านี้ได้",
    late: "ชำระหลังจากปิดคำสั่งซื้อแล้ว",
    lateHow: "QR โค้ดที่บันทึกไว้ยังใช้ได้ มีการรับเงินสำหรับคำสั่งซื้อที่ปิดแล้ว",
    closed: "ลิงก์ชำระเงินนี้ปิดแล้ว",
    closedHow: "ร้านค้ายกเลิกคำสั่งซื้อ ไม่สามารถเริ่มชำระเงินใหม่ที่นี่ได้",
    expired: "ลิงก์ชำระเงินหมดอายุ",
    expiredHow: "หมดเวลาแล้ว ไม่สามารถเริ่มชำระเงินใหม่ที่นี่ได้",
    refunded: "คืนเงินแล้ว",
    refundedHow: "คืนเงินเรียบร้อยแล้ว",
    saved: "คุณบันทึก QR โค้ดไว้ก่อนหน้านี้ อาจยังชำระได้",
    openSaved: "ใช้ QR โค้ดที่บันทึกไว้",
    unknown: "ไม่พบคำสั่งซื้อนี้",
    unknownHow: "ลิงก์นี้ไม่มีคำสั่งซื้อในตัวจำลอง",
    wallet: "กระเป๋าเงินจำลอง",
    walletHow: "นี่คือสิ่งที่แอปของลูกค้าจะถามหลังสแกนโค้ด",
    pay: "ชำระเงิน",
    noCode: "โค้ดนี้ชำระเงินไม่ได้",
    noCodeHow: "ไม่ได้บันทึกไว้ขณะที่ลิงก์ยังเปิดอยู่",
  },
};

/** The language of a page: English where it is not one of the three. */
export function langOfPage(asked: string | null): Lang {
  return asked === "cn" || asked === "th" ? asked : "en";
}

/** The language as HTML names it. */
export function htmlLang(lang: Lang): string {
  return lang === "cn" ? "zh-Hans" : lang;
}
