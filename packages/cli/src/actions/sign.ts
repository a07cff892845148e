import { canonicalText, encodeForm, KeyError, type Signer, signText } from "@ksherproof/core";
import { nodeSigner, privateKeyBytes } from "@ksherproof/keys";
import { readMessage } from "../input.js";
import { print, printJson } from "../output.js";

export function act(
  file: string,
  options: { key: string; form?: true; endpoint?: string; json?: true },
): void {
  const signer = signerOf(options.key);
  const message = readMessage(file, options.endpoint);
  const canonical = canonicalText(message.params);
  const sign = signText(canonical, signer);
  const form = encodeForm(new Map([...message.params, ["sign", sign]]));
  if (options.json) printJson({ canonical, sign, form });
  else print(options.form ? form : sign);
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
