import {
  encodeUtf8,
  explain,
  fromHex,
  loneSurrogateAt,
  md5,
  readPublicKey,
  searchText,
} from "@ksherproof/core";
import type { FoundVector } from "@ksherproof/vectors";
import type { PortResult } from "./result-lines.js";

/** The first layer that is wrong, from the params outwards: what follows from it is not looked at. */
export type Layer = "refused" | "canonical" | "digest" | "signature" | "valid" | "outcome";

/** What is wrong with one result. */
export interface Fault {
  readonly id: string;
  readonly line: number;
  readonly layer: Layer;
  readonly expected: string;
  readonly found: string;
  /** The first byte that differs, for texts and bytes; counted from 0. */
  readonly first_wrong_byte: number | null;
  /** The requirement that was most likely broken. */
  readonly requirement: string;
  /** What the port most likely does, in one sentence. */
  readonly likely: string;
}

/** A result, graded: the layers that were right, and the first fault. */
export interface Graded {
  readonly right: readonly Layer[];
  readonly fault: Fault | null;
}

/** Grades one result, layer by layer; the doctor names the likely rule (SIG-001 to SIG-009). */
export function gradeResult(vector: FoundVector, result: PortResult): Graded {
  const right: Layer[] = [];
  const fault = (layer: Layer, expected: string, found: string, why: Partial<Fault> = {}): Graded => ({
    right,
    fault: {
      id: result.id,
      line: result.line,
      layer,
      expected,
      found,
      first_wrong_byte: null,
      requirement: vector.test.requirements[0] ?? "",
      likely: costOf(vector),
      ...why,
    },
  });
  if (vector.file === "outcome") {
    if (result.outcome === undefined) return { right, fault: null };
    if (result.outcome !== vector.test.outcome) return fault("outcome", vector.test.outcome, result.outcome);
    return { right: ["outcome"], fault: null };
  }
  const { test } = vector;
  if ((vector.file === "canonical" || vector.file === "form") && test.result === "invalid") {
    if (result.valid === false) return { right: ["refused"], fault: null };
    if (result.valid === undefined && result.canonical === undefined) return { right, fault: null };
    return fault("refused", `refused: ${test.reason}`, result.canonical ?? "accepted");
  }
  if (result.canonical !== undefined && test.canonical !== undefined) {
    if (result.canonical !== test.canonical)
      return fault("canonical", test.canonical, result.canonical, canonicalFault(vector, result.canonical));
    right.push("canonical");
  }
  if (result.digest !== undefined && test.digest !== undefined) {
    if (result.digest.toLowerCase() !== test.digest)
      return fault("digest", test.digest, result.digest, digestFault(vector, result.digest));
    right.push("digest");
  }
  const signature = madeSignature(vector);
  if (result.signature !== undefined && signature !== null) {
    if (result.signature !== signature)
      return fault("signature", signature, result.signature, signatureFault(vector, result.signature));
    right.push("signature");
  }
  if (result.valid !== undefined) {
    const expected = test.result === "valid";
    if (result.valid !== expected)
      return fault(
        "valid",
        expected ? "valid" : `invalid: ${test.reason}`,
        result.valid ? "valid" : "invalid",
      );
    right.push("valid");
  }
  return { right, fault: null };
}

/** What a failure costs: the note's text is at hand in the file; the comment says what the vector holds. */
function costOf({ test }: FoundVector): string {
  return test.comment;
}

/** The signature that a signer must make: PKCS#1 v1.5 has one for each text and key. */
function madeSignature(vector: FoundVector): string | null {
  if (vector.file === "canonical" || vector.file === "form") return vector.test.signature ?? null;
  if (vector.file === "signature" && vector.test.reason === null && !/[A-F]/.test(vector.test.signature))
    return vector.test.signature;
  return null;
}

const textBytes = (text: string): Uint8Array =>
  loneSurrogateAt(text) < 0 ? encodeUtf8(text) : new Uint8Array(Buffer.from(text, "utf16le"));

/** Where two byte strings part, counted from 0. */
export function firstWrongByte(right: Uint8Array, found: Uint8Array): number {
  let at = 0;
  while (at < right.length && at < found.length && right[at] === found[at]) at += 1;
  return at;
}

/** The params of a vector as the doctor takes them, in the order in which they were given. */
function fieldsOf(vector: FoundVector) {
  const pairs =
    "params" in vector.test && vector.test.params
      ? vector.test.params
      : "pairs" in vector.test
        ? (vector.test.pairs ?? [])
        : [];
  return pairs.map(([name, value]) => ({ name, value }));
}

function likelyMistake(vector: FoundVector, digest: Uint8Array): Partial<Fault> {
  const found = searchText({ fields: fieldsOf(vector), signature: "" }, "MD5", digest);
  const [first] = found?.mistakes ?? [];
  if (!found || !first) return { likely: "none of the known mistakes gives it" };
  return { requirement: first.requirement, likely: found.mistakes.map(({ says }) => says).join(", and ") };
}

function canonicalFault(vector: FoundVector, text: string): Partial<Fault> {
  const right = "canonical" in vector.test ? (vector.test.canonical ?? "") : "";
  return {
    ...likelyMistake(vector, md5(textBytes(text))),
    first_wrong_byte: firstWrongByte(textBytes(right), textBytes(text)),
  };
}

function digestFault(vector: FoundVector, digest: string): Partial<Fault> {
  const bytes = fromHex(digest);
  if (bytes?.length !== 16) {
    const likely = `an MD5 digest is 32 hex digits; this has ${digest.length} characters`;
    return { requirement: "SIG-007", likely };
  }
  return likelyMistake(vector, bytes);
}

function signatureFault(vector: FoundVector, signature: string): Partial<Fault> {
  const { key } = vector;
  if (!key) return {};
  const fields = fieldsOf(vector);
  const params = new Map(fields.map(({ name, value }) => [name, value]));
  params.delete("sign");
  const found = explain({
    params,
    fields,
    signature,
    key: { name: vector.keyName ?? "key", key: readPublicKey(key.public_key) },
  });
  const right = madeSignature(vector) ?? "";
  const [first] = found.mistakes;
  return {
    requirement: first?.requirement ?? (found.verdict === "bad_length" ? "SIG-009" : "SIG-007"),
    likely: found.summary,
    first_wrong_byte: firstWrongByte(Buffer.from(right, "hex"), fromHex(signature) ?? Buffer.from(signature)),
  };
}
