import { readFileSync, statSync } from "node:fs";
import { EnvironmentError, KeyError, type NamedKey, type ReadKey, readKey } from "@ksherproof/core";
import { PUBLIC_KEYS } from "@ksherproof/spec";

/** A key with the name that it was asked for by. */
export interface LoadedKey extends NamedKey {
  readonly read: ReadKey;
  /** Whether it came from the specs and not from a file. */
  readonly builtIn: boolean;
}

/** The names of the keys that need no file. */
export const BUILT_IN_KEYS: readonly string[] = Object.keys(PUBLIC_KEYS);

/** A key file has some kilobytes at most; a larger one is something else. */
const LARGEST = 1 << 20;

/**
 * Loads a key by built-in name (`ksher-v1`) or from a file (SIG-010). Throws `EnvironmentError` where there is no such
 * file, `KeyError` where it holds no key.
 */
export function loadKey(nameOrFile: string): LoadedKey {
  if (Object.hasOwn(PUBLIC_KEYS, nameOrFile)) {
    const read = readKey(PUBLIC_KEYS[nameOrFile as keyof typeof PUBLIC_KEYS].pem);
    return { name: nameOrFile, key: read.publicKey, read, builtIn: true };
  }
  try {
    const read = readKey(keyBytes(nameOrFile));
    return { name: nameOrFile, key: read.publicKey, read, builtIn: false };
  } catch (cause) {
    if (cause instanceof KeyError)
      throw new KeyError(cause.code, `${nameOrFile}: ${cause.message}`, { ...hintOf(cause), cause });
    throw cause;
  }
}

/** Loads a private key's bytes for signing. Throws `KeyError` where the name is that of a built-in, public key. */
export function privateKeyBytes(nameOrFile: string): Uint8Array {
  if (Object.hasOwn(PUBLIC_KEYS, nameOrFile)) {
    throw new KeyError(
      "key_is_public",
      `${nameOrFile} is a built-in public key; signing needs a private one.`,
      {
        hint: "Give the file of the merchant's private key.",
      },
    );
  }
  return keyBytes(nameOrFile);
}

/** The bytes of a key file. Throws `EnvironmentError`, `KeyError`. */
export function keyBytes(file: string): Uint8Array {
  try {
    if (statSync(file).size > LARGEST)
      throw new KeyError("key_too_large", "The file is larger than 1 MiB: that is no key.");
    return readFileSync(file);
  } catch (cause) {
    if (cause instanceof KeyError) throw cause;
    const missing = (cause as NodeJS.ErrnoException).code === "ENOENT";
    throw new EnvironmentError(
      "key_file",
      missing
        ? `There is no key file ${file}.`
        : `The key file ${file} can't be read: ${(cause as Error).message}.`,
      {
        hint: `Give a file, or one of the built-in names: ${BUILT_IN_KEYS.join(", ")}.`,
        cause,
      },
    );
  }
}

function hintOf(error: KeyError): { readonly hint?: string } {
  return error.hint === undefined ? {} : { hint: error.hint };
}
