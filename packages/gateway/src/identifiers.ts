import type { Chance } from "./chance.js";

const DIGITS = "0123456789";
const HEX = "0123456789abcdef";
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** Bangkok's and Shanghai's distance from UTC: genuine answers carry the one and the other (rse-21). */
const BANGKOK_MINUTES = 7 * 60;
const SHANGHAI_MINUTES = 8 * 60;

/** yyyyMMddHHmmss at an offset from UTC in minutes. */
function digitsOf(at: number, offsetMinutes: number): string {
  return new Date(at + offsetMinutes * 60_000).toISOString().replace(/\D/g, "").slice(0, 14);
}

/** `pay_mch_order_no` as genuine ones look: yyMMddHHmmss and four digits (2106021528410423). */
export function payOrderNumber(at: number, chance: Chance): string {
  return `${digitsOf(at, BANGKOK_MINUTES).slice(2)}${chance.text(4, DIGITS)}`;
}

/** `ksher_order_no` as genuine ones look: 900, yyyyMMddHHmmss and six digits (90020210527111737185024). */
export function ksherOrderNumber(at: number, chance: Chance): string {
  return `900${digitsOf(at, SHANGHAI_MINUTES)}${chance.text(6, DIGITS)}`;
}

/** `channel_order_no`: ten digits, none leading with zero. */
export function channelOrderNumber(chance: Chance): string {
  return `${1 + chance.below(9)}${chance.text(9, DIGITS)}`;
}

/** The `order_uuid` of a payment link: 32 hex digits. */
export function orderUuid(chance: Chance): string {
  return chance.text(32, HEX);
}

/** The gateway's own `nonce_str`: 32 letters and digits. */
export function answerNonce(chance: Chance): string {
  return chance.text(32, LETTERS);
}

/** `time_end` as genuine ones look: 2021-05-27 10:18:07, Bangkok time. */
export function paymentTime(at: number): string {
  const local = new Date(at + BANGKOK_MINUTES * 60_000).toISOString();
  return `${local.slice(0, 10)} ${local.slice(11, 19)}`;
}
