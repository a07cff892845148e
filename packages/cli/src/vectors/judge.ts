import {
  cancelOutcome,
  canonicalText,
  checkQueryShape,
  couldBeQueryAnswer,
  coveredBy,
  decodeForm,
  digestInfo,
  encodedMessage,
  encodeUtf8,
  explain,
  fromHex,
  md5,
  notifyOutcome,
  type Params,
  type PublicKey,
  paramsFromObject,
  parseEnvelope,
  queryOutcome,
  type Result,
  readPublicKey,
  recognise,
  recoverMessage,
  reject,
  type Signer,
  signedPairs,
  signText,
  toHex,
  type Verifier,
  verifyEnvelope,
  verifyText,
} from "@ksherproof/core";
import { ENDPOINTS } from "@ksherproof/spec";
import type { FoundVector, VectorPair } from "@ksherproof/vectors";

/** One value that came out otherwise than the vector says. */
export interface Difference {
  readonly layer: string;
  readonly expected: unknown;
  readonly found: unknown;
}

/** The RSA code that is held to the vectors. */
export interface Rsa {
  readonly verifier: (key: PublicKey) => Verifier;
  readonly signer: (pem: string) => Signer;
}

type Report = (layer: string, expected: unknown, found: unknown) => void;
type Of<F extends FoundVector["file"]> = Extract<FoundVector, { readonly file: F }>;

/** Runs one vector through the core; what differs, layer by layer. */
export function judgeVector(vector: FoundVector, rsa: Rsa): readonly Difference[] {
  const differences: Difference[] = [];
  const report: Report = (layer, expected, found) => {
    if (JSON.stringify(expected) !== JSON.stringify(found)) differences.push({ layer, expected, found });
  };
  switch (vector.file) {
    case "canonical":
      judgeCanonical(vector, rsa, report);
      break;
    case "form":
      judgeForm(vector, rsa, report);
      break;
    case "signature":
      judgeSignature(vector, rsa, report);
      break;
    case "envelope":
      judgeEnvelope(vector, rsa, report);
      break;
    case "outcome":
      judgeOutcome(vector, rsa, report);
      break;
    case "real":
      judgeReal(vector, rsa, report);
      break;
  }
  return differences;
}

function keyOf({ key, keyName }: FoundVector): PublicKey {
  if (key) return readPublicKey(key.public_key);
  throw new Error(`The vector names the key ${keyName}, which its file does not have.`);
}

const verdict = (result: Result<unknown>): readonly [string, string | null] =>
  result.ok ? ["valid", null] : ["invalid", result.rejection.code];

function judgeCanonical(vector: Of<"canonical">, rsa: Rsa, report: Report): void {
  const { test } = vector;
  const params = paramsFromPairs(test.params);
  report("result", [test.result, test.reason], verdict(params));
  if (params.ok) judgeSteps(vector, params.value, rsa, report);
}

function judgeForm(vector: Of<"form">, rsa: Rsa, report: Report): void {
  const { test } = vector;
  const params = decodeForm(fromHex(test.body_hex) ?? new Uint8Array());
  report("result", [test.result, test.reason], verdict(params));
  report("at", test.at, params.ok ? null : params.rejection.at);
  if (!params.ok) return;
  report("params", test.params, [...params.value]);
  judgeSteps(vector, params.value, rsa, report);
}

/** Every value from params to the signature, made and verified. */
function judgeSteps(vector: Of<"canonical"> | Of<"form">, params: Params, rsa: Rsa, report: Report): void {
  const { test, key } = vector;
  judgeText(vector, params, report);
  const { signature, canonical } = test;
  if (signature === undefined || canonical === undefined) return;
  if (key?.private_key)
    report("signature", signature, signText(canonicalText(params), rsa.signer(key.private_key)));
  report("valid", true, verifyText(canonicalText(params), signature, rsa.verifier(keyOf(vector))).ok);
}

function judgeText(
  vector: Of<"canonical" | "form" | "signature" | "envelope" | "real">,
  params: Params,
  report: Report,
): void {
  const { test } = vector;
  if (test.canonical === undefined) return;
  const text = canonicalText(params);
  const bytes = encodeUtf8(text);
  const info = digestInfo(md5(bytes));
  report("pairs", test.pairs, signedPairs(params));
  report("canonical", test.canonical, text);
  report("canonical_utf8_hex", test.canonical_utf8_hex, toHex(bytes));
  report("digest", test.digest, toHex(md5(bytes)));
  report("digest_info", test.digest_info, toHex(info));
  report("encoded_message", test.encoded_message, toHex(encodedMessage(info, keyOf(vector).modulus.length)));
}

function judgeSignature(vector: Of<"signature">, rsa: Rsa, report: Report): void {
  const { test } = vector;
  const params = new Map(test.params);
  const key = keyOf(vector);
  judgeText(vector, params, report);
  const verified = verifyText(canonicalText(params), test.signature, rsa.verifier(key));
  report("result", [test.result, test.reason], verdict(verified));
  const bytes = fromHex(test.signature);
  const recovered = bytes && bytes.length > 0 ? recoverMessage(bytes, key) : null;
  report("recovered", test.recovered, recovered && toHex(recovered));
  if (!test.mistakes) return;
  const found = explain({ params, signature: test.signature, key: { name: "key", key } });
  report("mistakes", [...test.mistakes].sort(), found.mistakes.map(({ id }) => id).sort());
}

function judgeEnvelope(vector: Of<"envelope">, rsa: Rsa, report: Report): void {
  const { test } = vector;
  const verifier = rsa.verifier(keyOf(vector));
  const covered = test.endpoint === null ? "all" : coveredBy(test.endpoint);
  const envelope = parseEnvelope(test.body);
  const signed = envelope.ok ? verifyEnvelope(envelope.value, covered, verifier) : envelope;
  report("signature_valid", test.signature_valid, signed.ok);
  const query =
    signed.ok &&
    (test.endpoint === ENDPOINTS.gateway_order_query.name ||
      (test.endpoint === null && couldBeQueryAnswer(signed.value.canonical)) ||
      test.reason?.startsWith("member_"));
  const judged: Result<unknown> =
    envelope.ok && signed.ok && query ? checkQueryShape(envelope.value.data) : signed;
  report("result", [test.result, test.reason], verdict(judged));
  const message = recognise(test.body, test.endpoint ?? undefined);
  if (message.ok) judgeText(vector, message.value.params, report);
}

function judgeOutcome(vector: Of<"outcome">, rsa: Rsa, report: Report): void {
  const { test, group } = vector;
  const body = fromHex(test.body_hex) ?? new Uint8Array();
  const answer = { status: test.status, body };
  switch (test.op) {
    case "cancel":
      report("outcome", test.outcome, cancelOutcome(answer).outcome);
      break;
    case "query": {
      const asked = group.asked ?? { mch_order_no: "", appid: "" };
      report("outcome", test.outcome, queryOutcome(answer, rsa.verifier(keyOf(vector)), asked).outcome);
      break;
    }
    case "notify":
      report("outcome", test.outcome, notifyOutcome(test.body ?? "", rsa.verifier(keyOf(vector))).outcome);
      break;
  }
}

function judgeReal(vector: Of<"real">, rsa: Rsa, report: Report): void {
  const { test } = vector;
  const key = keyOf(vector);
  const message = recognise(test.body, test.endpoint ?? undefined);
  if (!message.ok) {
    report("body", "a message", message.rejection.code);
    return;
  }
  const { params, signature } = message.value;
  judgeText(vector, params, report);
  report("signature", test.signature, signature);
  report(
    "result",
    [test.result, test.reason],
    verdict(verifyText(canonicalText(params), test.signature, rsa.verifier(key))),
  );
  const recovered = recoverMessage(fromHex(test.signature) ?? new Uint8Array(), key);
  report("recovered", test.recovered, recovered && toHex(recovered));
}

/** Params from pairs; half a surrogate pair is a rejection (SIG-006). */
function paramsFromPairs(pairs: readonly VectorPair[]): Result<Params> {
  const object: Record<string, string> = Object.create(null);
  for (const [name, value] of pairs) object[name] = value;
  const checked = paramsFromObject(object);
  if (!checked.ok) return checked;
  return pairs.length === checked.value.size
    ? { ok: true, value: new Map(pairs) }
    : reject("param_duplicate", "REQ-003", "A name comes twice.");
}
