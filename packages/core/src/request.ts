import type { Params } from "./params.js";
import type { Signer } from "./ports.js";
import { signParams } from "./signature.js";

/** A moment as `yyyyMMddHHmmss` (REQ-007), from milliseconds since 1970 and the local offset from UTC in minutes. */
export function timeStamp(epochMs: number, utcOffsetMinutes = 0): string {
  return new Date(epochMs + utcOffsetMinutes * 60_000).toISOString().replace(/\D/g, "").slice(0, 14);
}

/** The params of a request with their signature added (SIG-001, REQ-003). Throws `UsageError` for text without UTF-8. */
export function signedRequest(params: Params, signer: Signer): Params {
  return new Map([...params, ["sign", signParams(params, signer)]]);
}
