import { canonicalText } from "./canonical.js";
import { integerOf, type JsonNode, member, parseJson, stringOf } from "./json.js";
import type { Params } from "./params.js";
import type { Verifier } from "./ports.js";
import { accept, type Result, reject } from "./rejection.js";
import { verifyText } from "./signature.js";
import { type SignedMembers, signedParams } from "./signed-members.js";

/** The envelope: code, messages, signed `data`, signature; each as the node that stood in the text, or undefined. */
export interface Envelope {
  readonly root: JsonNode;
  /** The wire code where it is an integer written plainly (RSP-007); undefined otherwise. */
  readonly code: number | undefined;
  readonly msg: string | undefined;
  readonly message: string | undefined;
  readonly sign: JsonNode | undefined;
  readonly data: JsonNode | undefined;
}

/** What a valid signature covered. */
export interface SignedData {
  readonly params: Params;
  readonly canonical: string;
  readonly signature: string;
}

/** Parses an envelope: a JSON object, no member twice anywhere (RSP-007, SEC-005). */
export function parseEnvelope(text: string): Result<Envelope> {
  const parsed = parseJson(text);
  if (!parsed.ok) return parsed;
  const root = parsed.value;
  if (root.kind !== "object") {
    return reject("not_an_object", "RSP-007", `Expected a JSON object, found ${root.kind}.`, {
      at: root.start,
    });
  }
  return accept({
    root,
    code: integerOf(member(root, "code")),
    msg: stringOf(member(root, "msg")),
    message: stringOf(member(root, "message")),
    sign: member(root, "sign"),
    data: member(root, "data"),
  });
}

/** Verifies the envelope's signature over the covered members of `data` (QRY-001, QRY-002). */
export function verifyEnvelope(
  envelope: Envelope,
  covered: SignedMembers,
  verifier: Verifier,
): Result<SignedData> {
  const { sign } = envelope;
  if (!sign) return reject("signature_missing", "QRY-002", "The answer has no sign.", { field: "sign" });
  if (sign.kind !== "string") {
    return reject("signature_not_text", "QRY-002", `Expected sign to be a string, found ${sign.kind}.`, {
      field: "sign",
    });
  }
  const params = signedParams(envelope.data, covered);
  if (!params.ok) return params;
  const canonical = canonicalText(params.value);
  const verified = verifyText(canonical, sign.value, verifier);
  if (!verified.ok) return verified;
  return accept({ params: params.value, canonical, signature: sign.value });
}
