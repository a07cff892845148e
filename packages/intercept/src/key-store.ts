import { createHash } from "node:crypto";

/** The password of the trust store; it guards nothing secret, Java merely asks for one. */
export const STORE_PASSWORD = "changeit";

/**
 * A Java trust store (format JKS, version 2) that holds one trusted certificate, DER. Written by hand since Java does not
 * take certificates from a PKCS#12 file that lacks Oracle's own attribute, and `keytool` may not be on the machine.
 */
export function trustStore(der: Uint8Array, now: number): Uint8Array {
  const created = Buffer.alloc(8);
  created.writeBigUInt64BE(BigInt(now));
  const body = Buffer.concat([
    uint32(0xfeedfeed),
    uint32(2),
    uint32(1),
    uint32(2),
    javaText("ksherproof"),
    created,
    javaText("X.509"),
    uint32(der.length),
    der,
  ]);
  const password = Buffer.from(STORE_PASSWORD, "utf16le").swap16();
  const seal = createHash("sha1").update(password).update("Mighty Aphrodite").update(body).digest();
  return Buffer.concat([body, seal]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function javaText(ascii: string): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(ascii.length);
  return Buffer.concat([length, Buffer.from(ascii, "ascii")]);
}
