import { type Signer, signText } from "@ksherproof/core";
import { canonicalData } from "./canonical-data.js";
import { type CancelCode, cancelledText, messageOf } from "./messages.js";
import type { Lang } from "./settings.js";
import { jsonAnswer, type WireAnswer } from "./wire.js";

/** The documented body of a refusal: code and messages, no data, no sign. */
export function refusalAnswer(code: CancelCode, lang: Lang): WireAnswer {
  const msg = messageOf(code, lang);
  return jsonAnswer({ code, msg, message: msg });
}

/** The documented body of a successful cancel: `data` is a text, and there is no sign (RSP-001); signed where asked. */
export function cancelledAnswer(lang: Lang, signer: Signer | null): WireAnswer {
  const msg = messageOf(0, lang);
  const body = { code: 0, msg, data: cancelledText(lang), message: msg };
  return jsonAnswer(signer ? { ...body, sign: signText(`data=${body.data}`, signer) } : body);
}

/** A signed answer: the signature covers the members of `data`, and only those (QRY-001). */
export function signedAnswer(data: Readonly<Record<string, string | number>>, msg: string, signer: Signer) {
  return jsonAnswer(signedBody(data, msg, signer));
}

/** The body of a signed answer or webhook, members in the order of the documented sample. */
export function signedBody(
  data: Readonly<Record<string, string | number>>,
  msg: string,
  signer: Signer,
): Record<string, unknown> {
  return { sign: signText(canonicalData(data), signer), data, message: msg, code: 0, msg };
}
