import type { Sentence } from "@ksherproof/core";
import type { LogProgress, LogReport } from "./log.js";

/** What the page asks of its worker; every answer carries the question's id. */
export type Question =
  | {
      readonly ask: "examine";
      readonly text: string;
      readonly key: string;
      readonly endpoint: string | null;
      readonly sign: string | null;
    }
  | { readonly ask: "sign"; readonly text: string; readonly key: string }
  | { readonly ask: "log"; readonly file: Blob; readonly name: string; readonly keys: readonly string[] };

/** What the worker says back. */
export type Answer =
  | { readonly say: "examined"; readonly found: Examined }
  | { readonly say: "signed"; readonly found: Signed }
  | { readonly say: "log_progress"; readonly progress: LogProgress }
  | { readonly say: "logged"; readonly report: LogReport }
  | {
      readonly say: "sorry";
      readonly code: string;
      readonly detail: string;
      readonly field: string | null;
      readonly place: TextPlace | null;
    };

/** A place in a pasted text, both from 1. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** A name and its text, with the bytes of both. */
export interface ShownPair {
  readonly name: string;
  readonly value: string;
}

/** A mistake as it is shown. */
export interface ShownMistake {
  readonly id: string;
  readonly requirement: string;
  readonly says: string;
  readonly sentence: Sentence;
}

/** A key as it is shown. */
export interface ShownKey {
  readonly name: string;
  readonly bits: number;
  readonly exponent: string;
  readonly form: string;
  readonly isPrivate: boolean;
  readonly fingerprint: string;
}

/** Everything that the page draws of one message. */
export interface Examined {
  readonly what: string;
  /** `what` and `summary` as sentences with places. */
  readonly sentences: { readonly what: Sentence; readonly summary: Sentence };
  readonly kind: string;
  readonly endpoint: string | null;
  readonly covers: "all" | readonly string[];
  /** Whether the signature verifies and the shape is the documented one. */
  readonly valid: boolean;
  readonly verdict: string;
  readonly summary: string;
  readonly rejection: {
    readonly code: string;
    readonly detail: string;
    readonly requirement: string | null;
    readonly field: string | null;
  } | null;
  readonly known: { readonly id: string; readonly says: string } | null;
  readonly mistakes: readonly ShownMistake[];
  readonly key: ShownKey;
  readonly signature: string | null;
  readonly pairs: readonly ShownPair[];
  readonly canonical: string;
  readonly signedText: string | null;
  readonly steps: {
    readonly canonicalHex: string;
    readonly digest: string;
    readonly digestInfo: string;
    readonly encodedMessage: string;
    readonly recovered: string | null;
    readonly recoveredDigest: string | null;
  };
  readonly diff: readonly { readonly kind: "same" | "right" | "other"; readonly text: string }[] | null;
  /** The other messages of the documented shape that the same signature covers. */
  readonly readings: readonly (readonly ShownPair[])[];
}

/** What signing gives. */
export interface Signed {
  readonly what: string;
  readonly key: ShownKey;
  readonly pairs: readonly ShownPair[];
  readonly canonical: string;
  readonly signature: string;
  readonly form: string;
}
