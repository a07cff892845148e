// Stands in for Node's own modules when the page is bundled. Hashing is core's; nothing on the page's paths opens a file.
import { md5 } from "@ksherproof/core";

export function createHash(): { update(bytes: Uint8Array): { digest(): Uint8Array } } {
  return { update: (bytes) => ({ digest: () => md5(bytes) }) };
}

export function readFileSync(): never {
  throw new TypeError("A page opens no files of its own.");
}

export const dirname = String;
export const isAbsolute = Boolean;
export const join = String;
