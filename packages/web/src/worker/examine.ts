import {
  canonicalText,
  couldBeQueryAnswer,
  coveredBy,
  diffTexts,
  envelopeFields,
  explain,
  type Message,
  portableVerifier,
  queryShapeProblem,
  readingsOf,
  recognise,
  verifyText,
} from "@ksherproof/core";
import { KNOWN_SIGNATURES } from "@ksherproof/spec";
import type { Examined, ShownPair } from "./ask.js";
import { keyOf, otherKeys, shown } from "./keys.js";
import { Sorry } from "./sorry.js";

/** Verifies and explains one message: signature, then shape (QRY-001, QRY-007). Throws `Sorry` for what is no message. */
export function examine(
  text: string,
  keyText: string,
  endpoint: string | null,
  sign: string | null,
): Examined {
  const key = keyOf(keyText);
  const recognised = recognise(text, endpoint ?? undefined);
  if (!recognised.ok) throw Sorry.of(recognised.rejection, text);
  const message = recognised.value;
  const signature = sign ?? message.signature;
  const canonical = canonicalText(message.params);
  const verified = verifyText(canonical, signature ?? "", portableVerifier(key.key));
  const shape =
    verified.ok && message.envelope
      ? queryShapeProblem(message.envelope.data, message.endpoint, canonical)
      : null;
  const envelope = envelopeFields(message);
  const found = explain({
    params: message.params,
    fields: message.fields,
    body: message.body,
    ...(message.dataText === null ? {} : { dataText: message.dataText }),
    ...(envelope === undefined ? {} : { envelope }),
    signature: signature ?? "",
    key,
    others: otherKeys(key.name),
  });
  const rejection = verified.ok ? shape : verified.rejection;
  const known = KNOWN_SIGNATURES.find((one) => one.sign === signature?.toLowerCase());
  const other = found.signedText !== null && found.signedText !== canonical ? found.signedText : null;
  return {
    what: message.what,
    sentences: { what: message.sentence, summary: found.sentences.summary },
    kind: message.kind,
    endpoint: message.endpoint,
    covers: message.endpoint === null ? "all" : coveredBy(message.endpoint),
    valid: rejection === null,
    verdict: found.verdict === "valid" && shape !== null ? "bad_shape" : found.verdict,
    summary: found.summary,
    rejection: rejection && { ...rejection, field: rejection.field ?? null },
    known: known ? { id: known.id, says: known.says } : null,
    mistakes: found.mistakes.map((one, i) => ({
      ...one,
      sentence: found.sentences.mistakes[i] ?? { id: one.id, terms: {} },
    })),
    key: shown(key),
    signature,
    pairs: found.steps.pairs.map(pairOf),
    canonical,
    signedText: found.signedText,
    steps: found.steps,
    diff: other === null ? null : diffTexts(canonical, other),
    readings: otherReadings(message, canonical),
  };
}

function otherReadings(message: Message, canonical: string): Examined["readings"] {
  const own = JSON.stringify([...message.params].sort());
  const all = couldBeQueryAnswer(canonical)
    ? readingsOf(canonical)
    : readingsOf(canonical, [...message.params.keys()].sort(), () => true);
  return all
    .filter((reading) => JSON.stringify([...reading].sort()) !== own)
    .map((reading) => reading.map(pairOf));
}

const pairOf = ([name, value]: readonly [string, string]): ShownPair => ({ name, value });
