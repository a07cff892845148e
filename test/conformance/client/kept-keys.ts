import type { KeyObject } from "node:crypto";

const keys = new Map<string, KeyObject>();

/** A key that was read before: reading one takes longer than signing with it. */
export function kept(name: string, read: () => KeyObject): KeyObject {
  const key = keys.get(name) ?? read();
  keys.set(name, key);
  return key;
}
