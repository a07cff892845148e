import forge from "node-forge/lib/forge.js";
import "node-forge/lib/md5.js";
import "node-forge/lib/sha1.js";
import "node-forge/lib/sha256.js";
import "node-forge/lib/sha512.js";
import { fromBinary, toBinary } from "../bytes.js";
import type { HashName } from "./recovered.js";

/** The digest of a message under a hash that the portable code has; null for the others (MD2, MD4, RIPEMD-160, SHA-224). */
export function digestWith(hash: HashName, message: Uint8Array): Uint8Array | null {
  const make = MAKERS[hash];
  return make ? fromBinary(make().update(toBinary(message)).digest().getBytes()) : null;
}

const MAKERS: Partial<Record<HashName, () => ReturnType<typeof forge.md.md5.create>>> = {
  MD5: () => forge.md.md5.create(),
  "SHA-1": () => forge.md.sha1.create(),
  "SHA-256": () => forge.md.sha256.create(),
  "SHA-384": () => forge.md.sha384.create(),
  "SHA-512": () => forge.md.sha512.create(),
};
