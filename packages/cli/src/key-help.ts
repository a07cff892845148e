import { PUBLIC_KEYS } from "@ksherproof/spec";

/** The names of the built-in keys. */
export const KEY_NAMES: readonly string[] = Object.keys(PUBLIC_KEYS);

/** The help text of `--key`. */
export const KEY_HELP = `a key file (PEM or DER), or a built-in name: ${KEY_NAMES.join(", ")}`;
