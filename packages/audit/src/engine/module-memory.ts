import { ENDPOINTS, QUERY_DATA_FIELDS, QUERY_RESULTS } from "@ksherproof/spec";
import { SAYINGS } from "../record/fact.js";

// Addresses in the module's memory (assembly/layout.ts).
const LABELS = 0x1000;
const NAME_TYPES = 0x1900;
const ENDPOINT_NAMES = 0x1a00;
const BUSINESS_MODE = 0x1b00;
const HEX = 0x5000;
const RESULTS = 0x5200;
export const OUT = 0x6000;
export const SCREEN = 0x6040;
export const ROW_LENGTHS = 0x6100;
export const INPUT = 0x10000;
export const INPUT_BYTES = 0x110000;
export const SLOTS = 0x5c0000;
export const SLOT_BYTES = 0x40000;
export const MOST_SLOTS = 4;
export const USES = 32;
export const ROWS = 0x200000;
export const BLOCK = 0x5fc0;
export const BLOCK_LIMIT = 0x5680;
export const EXCEPTIONS = 0x500000;
export const CHAIN_ROWS = INPUT;
export const CHAIN_NEXT = 0x510000;
export const CHAIN_SLOTS = 0x5c0000;

/** The names of an envelope's, an exchange's and a request's members, in the order of assembly/labels.ts. */
const NAMES = [
  ["code", "data", "sign", "msg", "message", "lang", "status_msg", "version", "time_stamp"],
  ["at", "endpoint", "request", "response", "status"],
  ["appid", "mch_order_no", "nonce_str", "time_stamp", "sign", "lang"],
] as const;

/** Whether the protocol's constants are those that the module was written for. */
export function wasmFits(): boolean {
  return QUERY_DATA_FIELDS.length === 16 && QUERY_DATA_FIELDS.every(({ name }) => name.length <= 28);
}

/** Writes what the module knows of the protocol into its memory. */
export function writeProtocol(memory: ArrayBuffer): void {
  const bytes = new Uint8Array(memory);
  const fields = [...QUERY_DATA_FIELDS].sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const [place, { types }] of fields.entries()) {
    const kinds: readonly string[] = types;
    bytes[NAME_TYPES + place] = (kinds.includes("string") ? 1 : 0) | (kinds.includes("integer") ? 2 : 0);
  }
  const label = (at: number, text: string): void => {
    bytes.set(Buffer.from(text), at);
    bytes[at + 31] = text.length;
  };
  for (const [table, names] of [fields.map(({ name }) => name), ...NAMES].entries())
    for (const [i, name] of names.entries()) label(LABELS + 32 * (16 * table + i), `"${name}":`);
  const { gateway_order_query, mch_notify_url, cancel_order } = ENDPOINTS;
  for (const [i, { name }] of [gateway_order_query, mch_notify_url, cancel_order].entries())
    label(ENDPOINT_NAMES + 32 * i, name);
  bytes.set(Buffer.from("business_mode"), BUSINESS_MODE);
  bytes.fill(0xff, HEX, HEX + 256);
  for (const [i, digit] of [..."0123456789abcdefABCDEF"].entries())
    bytes[HEX + digit.charCodeAt(0)] = i > 15 ? i - 6 : i;
  for (const [i, { result }] of QUERY_RESULTS.entries()) {
    bytes.set(Buffer.from(result), RESULTS + 32 * i);
    bytes[RESULTS + 32 * i + 16] = result.length;
    bytes[RESULTS + 32 * i + 17] = SAYINGS.indexOf(result);
  }
}
