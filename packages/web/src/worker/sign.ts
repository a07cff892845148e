import {
  canonicalText,
  encodeForm,
  KeyError,
  portableSigner,
  portableVerifier,
  recognise,
  SIGN,
  signedPairs,
  signText,
  verifyText,
} from "@ksherproof/core";
import type { Signed } from "./ask.js";
import { keyOf, shown } from "./keys.js";
import { Sorry } from "./sorry.js";

/** Signs params with a private key that lives only as long as the question (SIG-001 to SIG-009, SEC-001). */
export function sign(text: string, keyText: string): Signed {
  const recognised = recognise(text);
  if (!recognised.ok) throw Sorry.of(recognised.rejection, text);
  const { params, what } = recognised.value;
  const key = keyOf(keyText);
  if (!key.read.privateKey) {
    throw new KeyError("key_is_public", "Expected a private key, found a public one.", {
      hint: "Sign with the merchant's private key; the public one only verifies.",
    });
  }
  const canonical = canonicalText(params);
  const signature = signText(canonical, portableSigner(key.read.privateKey));
  if (!verifyText(canonical, signature, portableVerifier(key.key)).ok) {
    throw new KeyError(
      "key_broken",
      "The private key's parts do not fit together: its signature does not verify.",
    );
  }
  return {
    what,
    key: shown(key),
    pairs: signedPairs(params).map(([name, value]) => ({ name, value })),
    canonical,
    signature,
    form: encodeForm(new Map([...params, [SIGN, signature]])),
  };
}
