import { fingerprint } from "@ksherproof/core";
import { BUILT_IN_KEYS, loadKey, worthOf } from "@ksherproof/keys";
import { print, printJson, table } from "../output.js";

export function inspect(name: string, options: { json?: true }): void {
  const { read, key: publicKey, builtIn } = loadKey(name);
  const kind = read.privateKey ? "private" : "public";
  const exponent = Number.parseInt(Buffer.from(publicKey.exponent).toString("hex"), 16);
  const report = {
    name,
    built_in: builtIn,
    kind,
    form: read.form,
    encoding: read.encoding,
    bits: publicKey.bits,
    exponent,
    fingerprint_sha256: fingerprint(publicKey),
    signature_hex_digits: 2 * publicKey.modulus.length,
    worth: worthOf(publicKey.bits),
  };
  if (options.json) {
    printJson(report);
    return;
  }
  print(
    table([
      ["key", `${name}${builtIn ? " (built in)" : ""}`],
      ["kind", `RSA ${kind} key, ${read.form}, ${read.encoding}`],
      [
        "size",
        `${report.bits} bits, exponent ${exponent}; a signature has ${report.signature_hex_digits} hex digits`,
      ],
      ["fingerprint", `SHA-256 of the SPKI: ${report.fingerprint_sha256}`],
      ["worth", report.worth],
    ]),
  );
}

export function list(): void {
  for (const name of BUILT_IN_KEYS) print(`${name}  ${loadKey(name).key.bits} bits`);
}
