import type { Pair } from "../canonical.js";
import type { Params } from "../params.js";
import type { PublicKey } from "../ports.js";
import type { Sentence } from "../sentence.js";
import type { Field } from "./recipe.js";
import type { HashName } from "./recovered.js";

/** What the doctor says of a signature. */
export type SignatureVerdict =
  | "valid"
  | "wrong_key"
  | "other_hash"
  | "other_text"
  | "bad_length"
  | "bad_encoding"
  | "not_a_signature";

/** A key under a name that people know it by: a file, `ksher-v1`. */
export interface NamedKey {
  readonly name: string;
  readonly key: PublicKey;
}

/** What is explained: the params that should be signed, the signature from the wire, and the key that should verify. */
export interface ExplainInput {
  readonly params: Params;
  readonly signature: string;
  readonly key: NamedKey;
  /** Other keys that may have made it; the first that did is named. */
  readonly others?: readonly NamedKey[];
  /** What else is known of the message, for mistakes such as signing the whole body. */
  readonly fields?: readonly Field[];
  readonly body?: string;
  readonly dataText?: string;
  readonly envelope?: readonly Field[];
  /** Looks for one mistake alone, in milliseconds; pairs of them and choices of fields take a quarter of a second. */
  readonly quick?: boolean;
}

/** A mistake as it is reported. */
export interface NamedMistake {
  /** Stable id, `joined_with_ampersand`. */
  readonly id: string;
  /** The requirement that it breaks. */
  readonly requirement: string;
  /** What the signer did, in one clause: "joins the pairs with &". */
  readonly says: string;
}

/** Every value on the way from params to signature, and what the signature really carries. */
export interface Explanation {
  readonly verdict: SignatureVerdict;
  /** One sentence for people. */
  readonly summary: string;
  /** In the order in which a signer makes them; empty where none of the known ones fits. */
  readonly mistakes: readonly NamedMistake[];
  /** The summary, and each of the mistakes, as sentences with places: what another language is written from. */
  readonly sentences: { readonly summary: Sentence; readonly mistakes: readonly Sentence[] };
  /** The right text. */
  readonly canonical: string;
  /** The text that the signature is over, where it was found. */
  readonly signedText: string | null;
  /** The key that made the signature, where it was found. */
  readonly madeBy: string | null;
  /** The hash that the signature names, where it carries one. */
  readonly hash: HashName | null;
  readonly steps: {
    readonly pairs: readonly Pair[];
    readonly canonicalHex: string;
    readonly digest: string;
    readonly digestInfo: string;
    readonly encodedMessage: string;
    /** `s^e mod n`, null where the signature has no reading of the key's length. */
    readonly recovered: string | null;
    readonly recoveredDigest: string | null;
  };
}
