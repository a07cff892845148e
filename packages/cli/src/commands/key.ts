import { fingerprint } from "@ksherproof/core";
import { BUILT_IN_KEYS, loadKey, worthOf } from "@ksherproof/keys";
import type { Command } from "commander";
import { print, printJson, table } from "../output.js";

export function register(program: Command): void {
  const key = program.command("key").description("look at keys");
  key
    .command("inspect")
    .description("size, form, fingerprint of a key, and what it is worth as proof of origin")
    .argument("<key>", `a key file (PEM or DER), or a built-in name: ${BUILT_IN_KEYS.join(", ")}`)
    .option("--json", "print one JSON object")
    .action((name: string, options: { json?: true }) => {
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
    });
  key
    .command("list")
    .description("the built-in keys")
    .action(() => {
      for (const name of BUILT_IN_KEYS) print(`${name}  ${loadKey(name).key.bits} bits`);
    });
}
