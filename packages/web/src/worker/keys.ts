import { fingerprint, KeyError, type NamedKey, type ReadKey, readKey } from "@ksherproof/core";
import { PUBLIC_KEYS } from "@ksherproof/spec";
import type { ShownKey } from "./ask.js";

/** The names of the keys that the page carries. */
export const BUILT_IN_KEYS: readonly string[] = Object.keys(PUBLIC_KEYS);

/** A key as the page uses it. */
export interface PageKey extends NamedKey {
  readonly read: ReadKey;
}

/** A built-in key by its name, or a pasted one. Throws `KeyError` (SIG-010). */
export function keyOf(nameOrPem: string): PageKey {
  const text = nameOrPem.trim();
  if (text === "") throw new KeyError("key_empty", "Expected a key, found an empty input.");
  if (Object.hasOwn(PUBLIC_KEYS, text)) {
    const read = readKey(PUBLIC_KEYS[text as keyof typeof PUBLIC_KEYS].pem);
    return { name: text, key: read.publicKey, read };
  }
  const read = readKey(text);
  return { name: read.privateKey ? "the private key" : "the pasted key", key: read.publicKey, read };
}

/** The built-in keys but one: the doctor asks whether one of them made a signature. */
export function otherKeys(name: string): readonly NamedKey[] {
  return BUILT_IN_KEYS.filter((other) => other !== name).map(keyOf);
}

/** What the page shows of a key; never private numbers (SEC-001). */
export function shown({ name, key, read }: PageKey): ShownKey {
  return {
    name,
    bits: key.bits,
    exponent: [...key.exponent].reduce((sum, byte) => sum * 256n + BigInt(byte), 0n).toString(),
    form: `${read.form} ${read.encoding}`,
    isPrivate: read.privateKey !== null,
    fingerprint: fingerprint(key),
  };
}
