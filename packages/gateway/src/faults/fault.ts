/** How a connection is dropped: closed in good order, reset, or left open in silence. */
export type DropHow = "close" | "reset" | "hang";

/** How the `code` of an answer is spoiled; `float_whole` is 0.0 for 0, which some JSON parsers cannot tell from 0. */
export type CodeFault =
  | "string"
  | "float"
  | "float_whole"
  | "missing"
  | "null"
  | "boolean"
  | "huge_number"
  | "undocumented";

/** How the messages of an answer are changed; none of it means anything (RSP-004). */
export type MessageFault = "swapped" | "empty" | "missing" | "other_language" | "of_success" | "of_failure";

/** How the signature of an answer is spoiled, or, `upper`, only written otherwise (SIG-008). */
export type SignatureFault =
  | "missing"
  | "empty"
  | "null"
  | "odd"
  | "short"
  | "long"
  | "upper"
  | "not_hex"
  | "zeros"
  | "other_key"
  | "merchant_key"
  | "other_order"
  | "other_merchant"
  | "other_data"
  | "whole_body"
  | "border_shift"
  | "forged_padding";

/** What forged encodings a verifier that is not exact would take (QRY-009). */
export const FORGERIES = [
  "short_padding",
  "trailing_bytes",
  "other_hash",
  "no_null",
  "bare_digest",
  "zero_padding",
  "block_type_2",
  "not_below_modulus",
] as const;

export type Forgery = (typeof FORGERIES)[number];

/** A JSON value, for faults as data. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** One fault between a request and its answer; plain data, so that it can stand in a file. */
export type Fault =
  | { readonly kind: "delay"; readonly ms: number; readonly point?: "before_commit" | "after_commit" }
  | { readonly kind: "drop_before_commit"; readonly how?: DropHow }
  | { readonly kind: "drop_after_commit"; readonly how?: DropHow }
  /** Part of the body, then a TCP reset; `at` counts body bytes, half of them where it is not given. */
  | { readonly kind: "reset_mid_body"; readonly at?: number }
  /** Part of the body that `content-length` announced, then an orderly close. */
  | { readonly kind: "close_mid_body"; readonly at?: number }
  | { readonly kind: "trickle"; readonly bytesPerTick: number; readonly tickMs: number }
  | {
      readonly kind: "status";
      readonly status: number;
      readonly body: "html" | "json" | "valid" | "empty";
    }
  /** To another origin; the body is a valid-looking success. */
  | { readonly kind: "redirect"; readonly to: string; readonly status?: 301 | 302 | 303 | 307 | 308 }
  | { readonly kind: "empty" }
  /** The first `at` bytes, complete as far as HTTP goes; half of them where it is not given. */
  | { readonly kind: "truncate"; readonly at?: number }
  | {
      readonly kind: "not_json";
      readonly body?: "html" | "text" | "array" | "string" | "number" | "null" | "bad_utf8" | "two_values";
    }
  | { readonly kind: "content_type"; readonly value: string | null }
  /** Compressed, with `content-encoding: gzip`; `unasked` compresses also for clients that did not offer to take it. */
  | { readonly kind: "gzip"; readonly unasked?: boolean }
  | { readonly kind: "code"; readonly as: CodeFault; readonly value?: number }
  | { readonly kind: "messages"; readonly as: MessageFault }
  | { readonly kind: "extra_members"; readonly where?: "envelope" | "data" }
  /** The member stands twice; `value` is what the other one says, and it comes first unless `last`. */
  | {
      readonly kind: "duplicate_member";
      readonly member: string;
      readonly where?: "envelope" | "data";
      readonly value: Json;
      readonly last?: boolean;
    }
  /** `__proto__`, `constructor` and `toString` as members. */
  | { readonly kind: "proto"; readonly where?: "envelope" | "data" }
  | {
      readonly kind: "signature";
      readonly how: SignatureFault;
      readonly forgery?: Forgery;
      readonly member?: string;
    }
  /** The answer that the same call for the same order got before is given again. */
  | { readonly kind: "stale" }
  /** Padded to so many bytes: blanks after the JSON, or one long message. */
  | { readonly kind: "huge"; readonly bytes: number; readonly pad?: "blanks" | "message" }
  /** The body in chunks of these sizes, in turn and again from the first; 1 splits every UTF-8 character. */
  | { readonly kind: "chunks"; readonly sizes: readonly number[] }
  /** Members of `data` changed; the signature stays that of the true data, unless `sign` is `fresh`. */
  | {
      readonly kind: "edit_data";
      readonly set?: { readonly [name: string]: Json };
      readonly remove?: readonly string[];
      readonly rename?: { readonly [from: string]: string };
      readonly sign?: "keep" | "fresh";
    }
  /** The listener shows such a certificate; the answer is never reached by a correct client (SEC-002). */
  | { readonly kind: "tls"; readonly certificate: "untrusted" | "expired" | "misnamed" };

export type FaultKind = Fault["kind"];
