import { toHex } from "@ksherproof/core";
import { platform } from "./platform.js";

const NONCE_BYTES = 16;
/** Random bytes in store: drawn many at a time, which costs little more than drawing one nonce's. */
const drawn = new Uint8Array(64 * NONCE_BYTES);
let used = drawn.length;

/** A `nonce_str`: 32 hex digits, 128 bits from the platform's secure randomness (REQ-008, REQ-009). */
export function randomNonce(): string {
  if (used === drawn.length) {
    platform.crypto.getRandomValues(drawn);
    used = 0;
  }
  used += NONCE_BYTES;
  return toHex(drawn.subarray(used - NONCE_BYTES, used));
}
