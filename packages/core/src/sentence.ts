/**
 * Sentences in English, with their places in braces: the doctor's summaries, the mistakes of the signature's own text, those
 * that name a field, and what a message was recognised as. A page in another language has one for each id, and one for each
 * named mistake whose words are always the same.
 */
export const SENTENCES = {
  valid: "The signature is {key}'s over exactly this text.",
  bad_encoding: "The right text is signed with the right key, but the signer {mistakes}.",
  signature_absent: "The signature is missing or empty.",
  signature_unreadable: "The signature is neither hex nor base64 of any RSA signature.",
  bad_length: "A signature of {key} ({bits} bits) has {expected} hex digits; this one has {found}.",
  bad_length_of_other_key:
    "A signature of {key} ({bits} bits) has {expected} hex digits; this one has {found}: it was made with another key, of {size} bits.",
  other_maker_this_text:
    "Made with another key: it is {maker}'s signature, over exactly this text, not {key}'s.",
  other_maker_other_text: "Made with another key: it is {maker}'s signature, over another text, not {key}'s.",
  bare_number: "The signature is a bare 0 or 1: no RSA signature at all.",
  wrong_key: "Made with another key than {key}, or damaged: under this key it carries no signature padding.",
  carries: "Under {key} it carries {problem}.",
  signed_unwrapped: "The right key signed {problem}; SIG-007 asks for a DigestInfo of MD5.",
  other_hash_right_text: "Signed with {hash}, not MD5, over the right text.",
  other_hash_other_text: "Signed with {hash}, not MD5, over another text.",
  other_hash_unknown_text: "Signed with {hash}, not MD5, over an unknown text.",
  unknown_text:
    "A genuine signature of {key} with MD5, but over another text; none of the known mistakes gives it.",
  other_text: "The right key signed another text: the signer {mistakes}.",

  bare_digest: "a bare digest of 16 bytes, with no DigestInfo around it",
  hex_digest: "a digest written as 32 hex characters, with no DigestInfo around it",
  inexact_info:
    "a DigestInfo of {hash} that is not encoded exactly (length, NULL parameters or trailing bytes)",
  no_info: "{length} bytes that are no DigestInfo",

  signs_problem: "signs {problem}",
  hashes_with: "hashes with {hash}, not MD5",
  left_out: "leaves {field} out of what is signed",
  left_out_two: "leaves {first} and {second} out of what is signed",
  only: "signs only {fields}",
  changed: "signs {field} as {signed}, not {found}",
  extra_field: "signs an extra field {field}={value}",

  upper_case_hex: "writes the signature in upper-case hex",
  white_space_in_signature: "leaves white space in the signature",
  hex_prefix: "puts 0x before the signature",
  separated_hex: "writes colons or dashes between the signature's bytes",
  quoted_signature: "writes the signature with quotes",
  signature_zeros_dropped: "drops the signature's leading zeros",
  base64_signature: "writes the signature in base64, not hex",
  base64url_signature: "writes the signature in base64url, not hex",
  escaped_base64_signature: "writes the signature in percent-encoded base64",
  base64_of_hex: "writes base64 of the hex text",
  hex_of_base64: "writes hex of the base64 text",
  hex_of_hex: "writes hex of the hex text",

  url_with_params: "a URL with its params",
  form_body: "a form body",
  flat_object: "a flat JSON object of params",
  response_of: "a JSON response of {endpoint}",
  response_of_part: "a JSON response of {endpoint}, which signs only {fields}",
  unsigned_response: "a JSON response without signed data, as of cancel_order",
  pay_response: "a JSON response, of gateway_pay by its form",
  query_response_or_webhook: "a JSON response of gateway_order_query or a webhook: both have this form",
  response_or_webhook: "a JSON response or webhook",
  curl_line: "a curl command line",
  curl_line_to: "a curl command line that calls {endpoint}",
  curl_line_with: "a curl command line with {message}",
} as const;

export type SentenceId = keyof typeof SENTENCES;

/** What stands in a sentence's place: a text that is the same in every language, or sentences. */
export type Term = string | readonly Sentence[];

/** A sentence by its id, with what fills its places. */
export interface Sentence {
  /** A {@link SentenceId}, or the id of a mistake whose words are always the same. */
  readonly id: string;
  readonly terms: Readonly<Record<string, Term>>;
}

/** A sentence of {@link SENTENCES}. */
export function sentence(id: SentenceId, terms: Sentence["terms"] = {}): Sentence {
  return { id, terms };
}

/**
 * Writes a sentence out in the language whose sentences `template` gives; sentences in a place are joined with `joiner`.
 * A place that nothing fills stays as it is.
 */
export function written({ id, terms }: Sentence, template: (id: string) => string, joiner: string): string {
  return template(id).replace(/\{(\w+)\}/g, (place, name: string) => {
    const term = Object.hasOwn(terms, name) ? terms[name] : undefined;
    if (term === undefined) return place;
    return typeof term === "string" ? term : term.map((one) => written(one, template, joiner)).join(joiner);
  });
}

/** Writes a sentence in English; `says` has the words of mistakes that are always the same. */
export function inEnglish(told: Sentence, says: ReadonlyMap<string, string> = new Map()): string {
  const template = (id: string): string =>
    Object.hasOwn(SENTENCES, id) ? SENTENCES[id as SentenceId] : (says.get(id) ?? id);
  return written(told, template, ", and ");
}
