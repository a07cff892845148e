import { createHash } from "node:crypto";
import {
  decodeSignature,
  equalBytes,
  type Field,
  type Material,
  mistakenBytes,
  type NamedKey,
  type Params,
  type Recovered,
  type Result,
  takeApart,
} from "@ksherproof/core";
import { nodeRecoverer } from "@ksherproof/keys";

/** Why a signature does not fit: a stable code and one sentence. */
export interface Reason {
  readonly reason: string;
  readonly detail: string;
}

/** What the doctor may look at. */
export interface Patient {
  readonly params: Params;
  readonly signature: string;
  readonly fields: readonly Field[];
  readonly body: string;
  readonly dataText: string | undefined;
}

/** A key with its raw RSA operation, made once. */
export interface KnownKey extends NamedKey {
  readonly recover: (signature: Uint8Array) => Uint8Array | null;
}

/**
 * How often each thread still looks for the mistake behind a genuine signature over another text. That takes as long as ten
 * other records, and a log may hold millions of them, all of one cause.
 */
export interface Searches {
  left: number;
}

/** Searches of one thread. */
export const MOST_SEARCHES = 5000;

/** A key ready for the doctor. */
export function knownKey({ name, key }: NamedKey): KnownKey {
  return { name, key, recover: nodeRecoverer(key) };
}

/** A signature as one key has it: its bytes, and what they carry. */
export interface Opened<K extends KnownKey = KnownKey> {
  readonly known: K;
  readonly bytes: Result<Uint8Array>;
  /** `s^e mod n`; null where the bytes are no number below n. */
  readonly message: Uint8Array | null;
}

/** Opens a signature with a key: the one RSA operation that is done for it (QRY-009). */
export function open<K extends KnownKey>(signature: string, known: K): Opened<K> {
  const bytes = decodeSignature(signature, known.key);
  return { known, bytes, message: bytes.ok ? known.recover(bytes.value) : null };
}

/**
 * Says why a signature fits none of the keys (QRY-002): by what it carries under each key that may have made it, and by
 * the named mistakes one at a time. `explain` searches further; here the time is bounded, since a log may hold millions.
 */
export function reasonOf(
  patient: Patient,
  asked: readonly Opened[],
  others: readonly KnownKey[],
  searches: Searches,
): Reason {
  const [first] = asked;
  if (!first) return { reason: "wrong_key", detail: "No key was given that could verify it." };
  const fits = asked.some(({ bytes }) => bytes.ok);
  const malformed = first.bytes.ok ? null : first.bytes.rejection;
  if (!fits && malformed && malformed.code !== "signature_length") {
    return { reason: malformed.code, detail: malformed.detail };
  }
  for (const { known, message } of asked) {
    const carries = carriedBy(message);
    if (carries) return ownKey(patient, known, carries, searches);
  }
  for (const known of others) {
    if (!carriedBy(open(patient.signature, known).message)) continue;
    return {
      reason: "wrong_key",
      detail: `It is the signature of ${known.name}, not of ${first.known.name}.`,
    };
  }
  if (!fits && malformed) return { reason: "bad_length", detail: malformed.detail };
  const names = asked.map(({ known }) => known.name).join(" or ");
  return {
    reason: "wrong_key",
    detail: `Made with another key than ${names}, or damaged: it carries no signature padding.`,
  };
}

/** Whether a message begins as a signature's does: under another key it nearly never does, and nothing more need be asked. */
export function isPadded(message: Uint8Array): boolean {
  return message[0] === 0 && message[1] === 1;
}

/** What a message carries; null where it has no padding of a signature. */
function carriedBy(message: Uint8Array | null): Exclude<Recovered, { kind: "noise" }> | null {
  const carries = message && isPadded(message) ? takeApart(message) : null;
  return carries && carries.kind !== "noise" ? carries : null;
}

function ownKey(
  patient: Patient,
  known: KnownKey,
  carries: Exclude<Recovered, { kind: "noise" }>,
  searches: Searches,
): Reason {
  if (carries.kind === "inexact") {
    return { reason: "not_exact", detail: `Under ${known.name} it carries ${carries.problem}.` };
  }
  if (carries.hash !== "MD5") {
    return { reason: "other_hash", detail: `${known.name} signed with ${carries.hash}, not MD5.` };
  }
  if (searches.left <= 0) {
    const detail = `A genuine signature of ${known.name}, but over another text. Which one was not looked for: it was for ${MOST_SEARCHES} such records before, and explain does it for this one.`;
    return { reason: "other_text", detail };
  }
  searches.left -= 1;
  const material: Material = {
    signature: patient.signature,
    fields: patient.fields,
    body: patient.body,
    ...(patient.dataText === undefined ? {} : { dataText: patient.dataText }),
  };
  const found = mistakenBytes(material).find(({ bytes }) =>
    equalBytes(createHash("md5").update(bytes).digest(), carries.digest),
  );
  return {
    reason: found ? found.mistake.id : "other_text",
    detail: found
      ? `${known.name} signed another text: the signer ${found.mistake.says}.`
      : `A genuine signature of ${known.name}, but over another text: the data was changed, or the signature belongs elsewhere.`,
  };
}
