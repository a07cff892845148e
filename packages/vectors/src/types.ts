/** The files of golden vectors, in the order in which a message goes through them. */
export const VECTOR_FILES = ["canonical", "form", "signature", "envelope", "outcome", "real"] as const;
export type VectorFileName = (typeof VECTOR_FILES)[number];

/** Whom a vector binds, where sources disagree. */
export type Profile = "documented" | "observed";

export type VectorPair = readonly [name: string, value: string];

/** What every vector carries. */
interface Head {
  /** Permanent. */
  readonly id: string;
  readonly comment: string;
  /** Each has a note in its file that says what a failure costs. */
  readonly flags: readonly string[];
  readonly requirements: readonly string[];
  readonly profile: "any" | Profile;
}

/** Every value between the params and the encoded message, as made by Python. */
export interface VectorSteps {
  readonly pairs: readonly VectorPair[];
  readonly canonical: string;
  readonly canonical_utf8_hex: string;
  readonly digest: string;
  readonly digest_info: string;
  readonly encoded_message: string;
}

interface Judged {
  readonly result: "valid" | "invalid";
  /** A stable word where it is invalid, else null. */
  readonly reason: string | null;
}

export interface CanonicalVector extends Head, Judged, Partial<VectorSteps> {
  readonly params: readonly VectorPair[];
  readonly signature?: string;
}

export interface FormVector extends Head, Judged, Partial<VectorSteps> {
  readonly at: number | null;
  readonly body: string | null;
  readonly body_hex: string;
  readonly params?: readonly VectorPair[];
  readonly signature?: string;
}

export interface SignatureVector extends Head, Judged, VectorSteps {
  readonly params: readonly VectorPair[];
  readonly signature: string;
  readonly recovered: string | null;
  readonly mistakes?: readonly string[];
  readonly signed_text?: string;
}

export interface EnvelopeVector extends Head, Judged, Partial<VectorSteps> {
  readonly signature_valid: boolean;
  readonly endpoint: string | null;
  readonly key: string;
  readonly body: string;
}

export interface OutcomeVector extends Head {
  readonly op: "cancel" | "query" | "notify";
  readonly status: number;
  readonly body: string | null;
  readonly body_hex: string;
  readonly outcome: string;
}

export interface RealVector extends Head, Judged, VectorSteps {
  readonly key: string;
  readonly endpoint: string | null;
  readonly source: string;
  readonly body: string;
  readonly signature: string;
  readonly recovered: string;
  readonly recovered_digest: string;
}

/** The vector type of each file. */
export interface VectorOf {
  readonly canonical: CanonicalVector;
  readonly form: FormVector;
  readonly signature: SignatureVector;
  readonly envelope: EnvelopeVector;
  readonly outcome: OutcomeVector;
  readonly real: RealVector;
}

/** A key of a vector file; the private half only of test keys, which are known to everyone. */
export interface VectorKey {
  readonly bits: number;
  readonly modulus: string;
  readonly exponent: number;
  readonly public_key: string;
  readonly public_key_pkcs1: string;
  readonly private_key?: string;
  readonly private_key_pkcs8?: string;
}

export interface VectorNote {
  readonly kind: string;
  readonly description: string;
  readonly effect: string;
}

export interface VectorGroup<N extends VectorFileName> {
  readonly id: string;
  readonly title: string;
  readonly requirements: readonly string[];
  readonly key?: string;
  readonly asked?: { readonly mch_order_no: string; readonly appid: string };
  readonly tests: readonly VectorOf[N][];
}

export interface VectorFile<N extends VectorFileName = VectorFileName> {
  readonly vectors: N;
  readonly description: string;
  readonly count: number;
  readonly profiles: Readonly<Record<Profile, string>>;
  readonly keys: Readonly<Record<string, VectorKey>>;
  readonly notes: Readonly<Record<string, VectorNote>>;
  readonly groups: readonly VectorGroup<N>[];
}

/** One vector with what its file and its group add. */
export type FoundVector = {
  readonly [N in VectorFileName]: {
    readonly file: N;
    readonly test: VectorOf[N];
    readonly group: Omit<VectorGroup<N>, "tests">;
    /** The key by which it is signed or verified, where there is one. */
    readonly key: VectorKey | null;
    readonly keyName: string | null;
  };
}[VectorFileName];
