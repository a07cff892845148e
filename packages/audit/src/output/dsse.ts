import { decodeUtf8 } from "@ksherproof/core";
import type { DocumentSigner, DocumentVerifier } from "@ksherproof/keys";

/** The media type of an in-toto statement. */
export const PAYLOAD_TYPE = "application/vnd.in-toto+json";

/** A DSSE envelope with one signature (https://github.com/secure-systems-lab/dsse, version 1). */
export interface DsseEnvelope {
  readonly payloadType: string;
  /** Base64. */
  readonly payload: string;
  readonly signatures: readonly [{ readonly keyid: string; readonly sig: string }];
}

/** DSSE's pre-authentication encoding: what is signed. */
export function preAuthEncoding(payloadType: string, payload: Uint8Array): Uint8Array {
  const type = Buffer.from(payloadType, "utf8");
  return Buffer.concat([
    Buffer.from(`DSSEv1 ${type.length} `),
    type,
    Buffer.from(` ${payload.length} `),
    payload,
  ]);
}

/** Signs a payload; the text of the envelope is one line of JSON. */
export function sealEnvelope(payload: Uint8Array, signer: DocumentSigner): string {
  const sig = Buffer.from(signer.sign(preAuthEncoding(PAYLOAD_TYPE, payload))).toString("base64");
  return textOf({
    payloadType: PAYLOAD_TYPE,
    payload: Buffer.from(payload).toString("base64"),
    signatures: [{ keyid: signer.keyid, sig }],
  });
}

/** What became of opening an envelope: the payload's text, or why it is refused. */
export type Opened =
  | { readonly ok: true; readonly payload: string }
  | { readonly ok: false; readonly reason: string; readonly detail: string };

/**
 * Opens an envelope strictly: its bytes must be exactly those that `sealEnvelope` writes, so that no byte of a file can
 * change unseen, not even one that the signature does not cover.
 */
export function openEnvelope(bytes: Uint8Array, verifier: DocumentVerifier): Opened {
  const no = (reason: string, detail: string): Opened => ({ ok: false, reason, detail });
  const text = decodeUtf8(bytes);
  if (!text.ok) return no("not_utf8", text.rejection.detail);
  const envelope = envelopeIn(text.value);
  if (!envelope) {
    return no(
      "not_an_envelope",
      'Expected a DSSE envelope: {"payloadType", "payload", "signatures": [{"keyid", "sig"}]}.',
    );
  }
  const [{ keyid, sig }] = envelope.signatures;
  const payload = Buffer.from(envelope.payload, "base64");
  if (envelope.payloadType !== PAYLOAD_TYPE) {
    return no(
      "payload_type",
      `Expected the payload type ${PAYLOAD_TYPE}, found ${JSON.stringify(envelope.payloadType)}.`,
    );
  }
  if (textOf(envelope) !== text.value || payload.toString("base64") !== envelope.payload) {
    return no(
      "envelope_bytes",
      "The envelope is not byte for byte as audit --statement writes it: it was changed, or formatted anew.",
    );
  }
  if (keyid !== verifier.keyid) {
    return no("other_key", `The statement names the key ${keyid}; the key given is ${verifier.keyid}.`);
  }
  const signature = Buffer.from(sig, "base64");
  const exact = signature.toString("base64") === sig;
  if (!exact || !verifier.verify(preAuthEncoding(envelope.payloadType, payload), signature))
    return no("signature", "The signature does not fit: the statement was changed after it was signed.");
  const inner = decodeUtf8(payload);
  return inner.ok ? { ok: true, payload: inner.value } : no("not_utf8", inner.rejection.detail);
}

function textOf({ payloadType, payload, signatures: [{ keyid, sig }] }: DsseEnvelope): string {
  return `${JSON.stringify({ payloadType, payload, signatures: [{ keyid, sig }] })}\n`;
}

function envelopeIn(text: string): DsseEnvelope | null {
  let value: Partial<Record<keyof DsseEnvelope, unknown>> | null;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== "object" || value === null) return null;
  const { payloadType, payload, signatures } = value;
  if (typeof payloadType !== "string" || typeof payload !== "string") return null;
  if (!Array.isArray(signatures) || signatures.length !== 1) return null;
  const { keyid, sig } = (signatures[0] ?? {}) as { readonly keyid?: unknown; readonly sig?: unknown };
  if (typeof keyid !== "string" || typeof sig !== "string") return null;
  return { payloadType, payload, signatures: [{ keyid, sig }] };
}
