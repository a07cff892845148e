import { canonicalText, encodeForm, KeyError, type Signer, signText } from "@ksherproof/core";
import { nodeSigner, privateKeyBytes } from "@ksherproof/keys";
import type { Command } from "commander";
import { readMessage } from "../input.js";
import { print, printJson } from "../output.js";

export function register(program: Command): void {
  program
    .command("sign")
    .description("sign params with a private key")
    .argument(
      "[params]",
      "file, or - for standard input: a flat JSON object, a form body or a curl command line",
      "-",
    )
    .requiredOption("-k, --key <file>", "the private key: PKCS#1 or PKCS#8, PEM or DER")
    .option("--form", "print the whole form body with sign, ready to send")
    .option("--endpoint <name>", "the endpoint, where its rule of what is signed differs")
    .option("--json", "print one JSON object")
    .action((file: string, options: { key: string; form?: true; endpoint?: string; json?: true }) => {
      const signer = signerOf(options.key);
      const message = readMessage(file, options.endpoint);
      const canonical = canonicalText(message.params);
      const sign = signText(canonical, signer);
      const form = encodeForm(new Map([...message.params, ["sign", sign]]));
      if (options.json) printJson({ canonical, sign, form });
      else print(options.form ? form : sign);
    });
}

/** The signer of a key file; an error about the key names the file. */
function signerOf(file: string): Signer {
  const bytes = privateKeyBytes(file);
  try {
    return nodeSigner(bytes);
  } catch (cause) {
    if (!(cause instanceof KeyError)) throw cause;
    const hint = cause.hint === undefined ? {} : { hint: cause.hint };
    throw new KeyError(cause.code, `${file}: ${cause.message}`, { ...hint, cause });
  }
}
