import { encode } from "uqr";
import type { Order } from "../order.js";
import { bitmapPng } from "./png.js";

/** Light modules around the code, as ISO/IEC 18004 asks for. */
const QUIET_ZONE = 4;

/** Pixels a module of the PNG. */
const SCALE = 8;

/** What the code of an order says: the address of the simulated wallet, for this order and channel. */
export function qrText(url: string, order: Order, channel: string): string {
  return `${url}/wallet?${new URLSearchParams({ order_uuid: order.order_uuid, channel })}`;
}

/** A QR code as a PNG, ready to be printed or saved. */
export function qrPng(text: string): Uint8Array {
  return bitmapPng(modulesOf(text), SCALE);
}

/** A QR code as an SVG of one path. */
export function qrSvg(text: string): string {
  const modules = modulesOf(text);
  const path = modules
    .flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
    .join("");
  const size = modules.length;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" width="${size * SCALE}" height="${size * SCALE}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${path}"/></svg>\n`;
}

function modulesOf(text: string): readonly (readonly boolean[])[] {
  return encode(text, { ecc: "M", border: QUIET_ZONE }).data;
}
