import { toHex } from "@ksherproof/core";
import { platform } from "./platform.js";

/** A `nonce_str`: 32 hex digits, 128 bits from the platform's secure randomness (REQ-008, REQ-009). */
export function randomNonce(): string {
  return toHex(platform.crypto.getRandomValues(new Uint8Array(16)));
}
