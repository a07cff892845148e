import { canonicalText, encodeUtf8, signedPairs, toHex } from "@ksherproof/core";
import { readMessage } from "../input.js";
import { print, printJson } from "../output.js";

export function act(file: string, options: { endpoint?: string; hex?: true; json?: true }): void {
  const message = readMessage(file, options.endpoint);
  const canonical = canonicalText(message.params);
  const hex = toHex(encodeUtf8(canonical));
  if (options.json) {
    printJson({
      kind: message.kind,
      endpoint: message.endpoint,
      pairs: signedPairs(message.params),
      canonical,
      utf8_hex: hex,
    });
  } else print(options.hex ? hex : canonical);
}
