import { equalBytes, toHex } from "../bytes.js";
import { canonicalText } from "../canonical.js";
import { inEnglish, type Sentence, type SentenceId, sentence } from "../sentence.js";
import { explain } from "./explain.js";
import type { ExplainInput, Explanation, NamedKey } from "./explanation.js";
import { type ToldMistake, told } from "./mistake.js";
import type { Material } from "./recipe.js";
import { type Recovered, recover } from "./recovered.js";
import { searchText } from "./search.js";
import { looksLikeSignature, type Reading, readings } from "./signature-text.js";

/** A verdict with what is particular to it, and the sentence of its summary; the mistakes fill its place `mistakes`. */
export interface Verdict extends Partial<Omit<Explanation, "mistakes" | "summary" | "sentences">> {
  readonly verdict: Explanation["verdict"];
  readonly says: Sentence;
  readonly mistakes?: readonly ToldMistake[];
}

/** The summary and the mistakes, in English and as sentences. */
export function report(
  says: Sentence,
  mistakes: readonly ToldMistake[],
): Pick<Explanation, "summary" | "mistakes" | "sentences"> {
  const sentences = mistakes.map((one) => one.sentence ?? { id: one.id, terms: {} });
  const summary = { ...says, terms: { ...says.terms, mistakes: sentences } };
  return {
    summary: inEnglish(summary, new Map(mistakes.map((one) => [one.id, one.says]))),
    mistakes: mistakes.map(({ id, requirement, says }) => ({ id, requirement, says })),
    sentences: { summary, mistakes: sentences },
  };
}

export function right(input: ExplainInput, reading: Reading, canonical: string): Verdict {
  const key = input.key.name;
  const made = { signedText: canonical, madeBy: key, hash: "MD5" as const };
  if (!reading.mistake) return { ...made, verdict: "valid", says: sentence("valid", { key }) };
  const mistakes = [reading.mistake];
  return { ...made, verdict: "bad_encoding", says: sentence("bad_encoding"), mistakes };
}

export function noReading(input: ExplainInput): Verdict {
  const { key, name } = input.key;
  const text = input.signature;
  const none = (id: SentenceId): Verdict => ({ verdict: "not_a_signature", says: sentence(id) });
  if (text.trim() === "") return none("signature_absent");
  if (!looksLikeSignature(text)) return none("signature_unreadable");
  if (makerOf(input)) return otherKey(input, null);
  const digits = text.replace(/\s+/g, "").length;
  const size = digits * 4;
  const terms = {
    key: name,
    bits: String(key.bits),
    expected: String(2 * key.modulus.length),
    found: String(digits),
    size: String(size),
  };
  const says = sentence(USUAL_SIZES.includes(size) ? "bad_length_of_other_key" : "bad_length", terms);
  return { verdict: "bad_length", says };
}

/** Sizes of keys that people use, in bits. */
const USUAL_SIZES: readonly number[] = [512, 768, 1024, 2048, 3072, 4096];

function makerOf(input: ExplainInput): NamedKey | undefined {
  return (input.others ?? []).find(({ key }) =>
    readings(input.signature, key.modulus.length).some(({ bytes }) => recover(bytes, key).kind !== "noise"),
  );
}

export function otherKey(input: ExplainInput, reading: Reading | null): Verdict {
  const key = input.key.name;
  const maker = makerOf(input);
  if (maker) {
    const inner = explain({ ...input, key: maker, others: [] });
    const over = inner.verdict === "valid" ? "other_maker_this_text" : "other_maker_other_text";
    const { signedText, hash } = inner;
    const says = sentence(over, { maker: maker.name, key });
    return { verdict: "wrong_key", says, madeBy: maker.name, signedText, hash };
  }
  if (reading && isTrivial(reading.bytes))
    return { verdict: "not_a_signature", says: sentence("bare_number") };
  return { verdict: "wrong_key", says: sentence("wrong_key", { key }) };
}

function isTrivial(bytes: Uint8Array): boolean {
  return bytes.subarray(0, -1).every((byte) => byte === 0) && (bytes.at(-1) ?? 0) <= 1;
}

export function inexact(
  input: ExplainInput,
  carries: Recovered & { readonly kind: "inexact" },
  encoding: readonly ToldMistake[],
  digest: Uint8Array,
): Verdict {
  const { content } = carries;
  const problem = [carries.sentence];
  const ascii = /^[0-9a-fA-F]{32}$/.exec(String.fromCharCode(...content))?.[0].toLowerCase();
  const bare = content.length === 16 ? toHex(content) : (ascii ?? null);
  const id = content.length === 16 ? "bare_digest" : ascii ? "hex_digest_unwrapped" : "inexact_encoding";
  const own = told(id, bare ? "SIG-007" : "QRY-009", sentence("signs_problem", { problem }));
  if (bare === null) {
    const says = sentence("carries", { key: input.key.name, problem });
    return { verdict: "not_a_signature", says, mistakes: [...encoding, own] };
  }
  const bytes = Uint8Array.from(bare.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const same = equalBytes(bytes, digest);
  const found = same ? null : searchText(materialOf(input), "MD5", bytes, input.quick);
  return {
    verdict: "other_hash",
    says: sentence("signed_unwrapped", { problem }),
    mistakes: [...encoding, ...(found?.mistakes ?? []), own],
    signedText: same ? canonicalText(input.params) : (found?.text ?? null),
    madeBy: input.key.name,
  };
}

export function otherText(
  input: ExplainInput,
  carries: Recovered & { readonly kind: "digest" },
  encoding: readonly ToldMistake[],
): Verdict {
  const { hash, digest } = carries;
  const key = input.key.name;
  const found = searchText(materialOf(input), hash, digest, input.quick);
  const mistakes: readonly ToldMistake[] = [...encoding, ...(found?.mistakes ?? [])];
  const base = { mistakes, signedText: found?.text ?? null, madeBy: key, hash };
  if (hash !== "MD5") {
    const own = told("other_hash", "SIG-007", sentence("hashes_with", { hash }));
    const known = found?.mistakes.length === 0 ? "other_hash_right_text" : "other_hash_other_text";
    const says = sentence(found === null ? "other_hash_unknown_text" : known, { hash });
    return { ...base, mistakes: [...mistakes, own], verdict: "other_hash", says };
  }
  const says = found ? sentence("other_text") : sentence("unknown_text", { key });
  return { ...base, verdict: "other_text", says };
}

function materialOf(input: ExplainInput): Material {
  const fields = input.fields ?? [...input.params].map(([name, value]) => ({ name, value }));
  return {
    fields,
    signature: input.signature,
    ...(input.body === undefined ? {} : { body: input.body }),
    ...(input.dataText === undefined ? {} : { dataText: input.dataText }),
    ...(input.envelope === undefined ? {} : { envelope: input.envelope }),
  };
}
