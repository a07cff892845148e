import { UsageError } from "@ksherproof/core";
import { BUILT_IN_KEYS, type LoadedKey, loadKey } from "@ksherproof/keys";
import { KEY_HELP } from "./key-help.js";

/** Loads the keys of `--key`; the first is the one that is asked about. Throws `UsageError` where there is none. */
export function loadKeys(names: readonly string[] | undefined): readonly [LoadedKey, ...LoadedKey[]] {
  const [first, ...rest] = (names ?? []).map(loadKey);
  if (first) return [first, ...rest];
  throw new UsageError("key_missing", "No key was given.", { hint: `Give one with --key: ${KEY_HELP}.` });
}

/** The built-in keys that were not given: the doctor tries them too. */
export function otherKeys(given: readonly LoadedKey[]): readonly LoadedKey[] {
  return BUILT_IN_KEYS.filter((name) => !given.some((key) => key.name === name)).map(loadKey);
}
