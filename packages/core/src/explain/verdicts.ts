import { equalBytes, toHex } from "../bytes.js";
import { canonicalText } from "../canonical.js";
import { explain } from "./explain.js";
import type { ExplainInput, Explanation, NamedKey, NamedMistake } from "./explanation.js";
import type { Material } from "./recipe.js";
import { type Recovered, recover } from "./recovered.js";
import { searchText } from "./search.js";
import { looksLikeSignature, type Reading, readings } from "./signature-text.js";

/** A verdict with what is particular to it. */
export type Verdict = Partial<Explanation> & Pick<Explanation, "verdict" | "summary">;

export function right(input: ExplainInput, reading: Reading, canonical: string): Verdict {
  const made = { signedText: canonical, madeBy: input.key.name, hash: "MD5" as const };
  if (!reading.mistake) {
    return {
      ...made,
      verdict: "valid",
      summary: `The signature is ${input.key.name}'s over exactly this text.`,
    };
  }
  const summary = `The right text is signed with the right key, but the signer ${reading.mistake.says}.`;
  return { ...made, verdict: "bad_encoding", summary, mistakes: [reading.mistake] };
}

export function noReading(input: ExplainInput): Verdict {
  const { key, name } = input.key;
  const text = input.signature;
  if (text.trim() === "")
    return { verdict: "not_a_signature", summary: "The signature is missing or empty." };
  if (!looksLikeSignature(text)) {
    return {
      verdict: "not_a_signature",
      summary: "The signature is neither hex nor base64 of any RSA signature.",
    };
  }
  const maker = makerOf(input);
  if (maker) return otherKey(input, null);
  const digits = text.replace(/\s+/g, "").length;
  const summary = `A signature of ${name} (${key.bits} bits) has ${2 * key.modulus.length} hex digits; this one has ${digits}${likelySize(digits)}.`;
  return { verdict: "bad_length", summary };
}

function likelySize(digits: number): string {
  return [512, 768, 1024, 2048, 3072, 4096].includes(digits * 4)
    ? `: it was made with another key, of ${digits * 4} bits`
    : "";
}

function makerOf(input: ExplainInput): NamedKey | undefined {
  return (input.others ?? []).find(({ key }) =>
    readings(input.signature, key.modulus.length).some(({ bytes }) => recover(bytes, key).kind !== "noise"),
  );
}

export function otherKey(input: ExplainInput, reading: Reading | null): Verdict {
  const maker = makerOf(input);
  if (maker) {
    const inner = explain({ ...input, key: maker, others: [] });
    const over = inner.verdict === "valid" ? "over exactly this text" : "over another text";
    const summary = `Made with another key: it is ${maker.name}'s signature, ${over}, not ${input.key.name}'s.`;
    const { signedText, hash } = inner;
    return { verdict: "wrong_key", summary, madeBy: maker.name, signedText, hash, mistakes: [] };
  }
  if (reading && isTrivial(reading.bytes)) {
    return {
      verdict: "not_a_signature",
      summary: "The signature is a bare 0 or 1: no RSA signature at all.",
    };
  }
  const summary = `Made with another key than ${input.key.name}, or damaged: under this key it carries no signature padding.`;
  return { verdict: "wrong_key", summary };
}

function isTrivial(bytes: Uint8Array): boolean {
  return bytes.subarray(0, -1).every((byte) => byte === 0) && (bytes.at(-1) ?? 0) <= 1;
}

export function inexact(
  input: ExplainInput,
  carries: Recovered & { readonly kind: "inexact" },
  encoding: readonly NamedMistake[],
  digest: Uint8Array,
): Verdict {
  const { content, problem } = carries;
  const ascii = /^[0-9a-fA-F]{32}$/.exec(String.fromCharCode(...content))?.[0].toLowerCase();
  const bare = content.length === 16 ? toHex(content) : (ascii ?? null);
  const id = content.length === 16 ? "bare_digest" : ascii ? "hex_digest_unwrapped" : "inexact_encoding";
  const requirement = bare ? "SIG-007" : "QRY-009";
  const own: NamedMistake = { id, requirement, says: `signs ${problem}` };
  if (bare === null) {
    return {
      verdict: "not_a_signature",
      summary: `Under ${input.key.name} it carries ${problem}.`,
      mistakes: [...encoding, own],
    };
  }
  const bytes = Uint8Array.from(bare.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const same = equalBytes(bytes, digest);
  const found = same ? null : searchText(materialOf(input), "MD5", bytes, input.quick);
  return {
    verdict: "other_hash",
    summary: `The right key signed ${problem}; SIG-007 asks for a DigestInfo of MD5.`,
    mistakes: [...encoding, ...(found?.mistakes.map(report) ?? []), own],
    signedText: same ? canonicalText(input.params) : (found?.text ?? null),
    madeBy: input.key.name,
  };
}

export function otherText(
  input: ExplainInput,
  carries: Recovered & { readonly kind: "digest" },
  encoding: readonly NamedMistake[],
): Verdict {
  const { hash, digest } = carries;
  const found = searchText(materialOf(input), hash, digest, input.quick);
  const mistakes = [...encoding, ...(found?.mistakes.map(report) ?? [])];
  const base = { mistakes, signedText: found?.text ?? null, madeBy: input.key.name, hash };
  if (hash !== "MD5") {
    const own = { id: "other_hash", requirement: "SIG-007", says: `hashes with ${hash}, not MD5` };
    const over =
      found === null ? "an unknown text" : found.mistakes.length === 0 ? "the right text" : "another text";
    return {
      ...base,
      mistakes: [...mistakes, own],
      verdict: "other_hash",
      summary: `Signed with ${hash}, not MD5, over ${over}.`,
    };
  }
  if (!found) {
    const summary = `A genuine signature of ${input.key.name} with MD5, but over another text; none of the known mistakes gives it.`;
    return { ...base, verdict: "other_text", summary };
  }
  return {
    ...base,
    verdict: "other_text",
    summary: `The right key signed another text: the signer ${sentence(mistakes)}.`,
  };
}

const report = ({ id, requirement, says }: NamedMistake): NamedMistake => ({ id, requirement, says });

/** Joins what the mistakes say: "a", "a and b". */
function sentence(mistakes: readonly NamedMistake[]): string {
  return mistakes.map(({ says }) => says).join(", and ");
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
