import { type ReadyRing, readyRing } from "@ksherproof/audit/browser";
import { keyOf } from "./keys.js";

/** A ring of these keys, each a gateway's. Throws `KeyError`. */
export function ringOf(keys: readonly string[]): ReadyRing {
  const gateway = keys.map((text) => {
    const { name, key } = keyOf(text);
    return { name, key, appid: null, from: null, until: null };
  });
  return readyRing({ gateway, merchant: [] });
}
