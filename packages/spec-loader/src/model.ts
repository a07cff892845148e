/** How a sentence is known: written down, seen in messages or SDKs, concluded, or demanded by this project. */
export type Basis = "stated" | "observed" | "inferred" | "hardening";

/** A code of the gateway at one endpoint (codes.yaml). */
export interface CodeRow {
  readonly code: number;
  readonly outcome: string;
  readonly meaning: string;
  readonly documented: string;
  readonly data: string | null;
  readonly final: boolean;
  readonly act: string;
  readonly basis: Basis;
  readonly source: string;
  readonly requirements: readonly string[];
}

/** A `result` of a query answer (codes.yaml). */
export interface ResultRow extends Omit<CodeRow, "code" | "documented" | "data"> {
  readonly result: string;
}

export interface Codes {
  readonly endpoints: Readonly<Record<string, readonly CodeRow[]>>;
  readonly results: readonly ResultRow[];
}

/** A state of an order (states.yaml); a setting of the simulator decides where sources leave it open. */
export interface StateRow {
  readonly state: string;
  readonly means: string;
  readonly link: "open" | "closed";
  readonly paid: boolean;
  readonly cancel: number;
  readonly cancel_setting: string | null;
  readonly result: string;
  readonly result_setting: string | null;
  readonly requirements: readonly string[];
}

export interface EventRow {
  readonly event: string;
  readonly actor: "customer" | "merchant" | "time";
  readonly means: string;
  readonly needs: string;
}

export interface TransitionRow {
  readonly event: string;
  readonly from: readonly string[];
  /** A state, or `same`. */
  readonly to: string;
  readonly setting: string | null;
  readonly requirements: readonly string[];
}

export interface States {
  readonly initial: string;
  readonly states: readonly StateRow[];
  readonly events: readonly EventRow[];
  readonly transitions: readonly TransitionRow[];
}

export interface OutcomeRow {
  readonly outcome: string;
  readonly means: string;
  readonly act: string;
}

export type Operation = "cancel" | "query" | "notify" | "create";

export interface Outcomes {
  readonly operations: Readonly<Record<Operation, readonly OutcomeRow[]>>;
}

export interface SourceRow {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly where: string;
  readonly recorded: string;
  readonly worth: string;
}

/** A contradiction of the sources with its decision (doubts.yaml). */
export interface DoubtRow {
  readonly id: string;
  readonly title: string;
  readonly says: string;
  readonly tolerant: string;
  readonly strict: string;
  readonly sources: readonly string[];
  readonly requirements: readonly string[];
  readonly schemas: readonly string[];
}

export interface EndpointRow {
  readonly name: string;
  readonly operation: Operation;
  readonly path: string;
  readonly host: string;
  readonly what: string;
  readonly fixed_fields: boolean;
  readonly request: string;
  readonly response: string;
  readonly signed_data: "all" | readonly string[];
  readonly source: string;
  readonly requirements: readonly string[];
}

export interface Protocol {
  readonly signature: { readonly field: string; readonly scheme: string; readonly encoding: string };
  readonly languages: { readonly values: readonly string[]; readonly default: string };
  readonly form_type: string;
  readonly largest_answer_bytes: number;
  readonly hosts: readonly {
    readonly id: string;
    readonly url: string;
    readonly for: string;
    readonly source: string;
  }[];
  readonly endpoints: readonly EndpointRow[];
  readonly webhook: {
    readonly name: string;
    readonly what: string;
    readonly media_type: string;
    readonly request: string;
    readonly reply: string;
    readonly signed_data: "all" | readonly string[];
    readonly accepted: { readonly result: string; readonly msg: string };
    readonly retry_seconds: readonly number[];
    readonly source: string;
    readonly requirements: readonly string[];
  };
  readonly signed_subsets: readonly {
    readonly endpoint: string;
    readonly members: readonly string[];
    readonly source: string;
  }[];
  readonly keys: readonly {
    readonly name: string;
    readonly holder: string;
    readonly source: string;
    readonly pem: string;
  }[];
  readonly known_signatures: readonly {
    readonly id: string;
    readonly sign: string;
    readonly says: string;
    readonly source: string;
  }[];
}

/** One normative sentence with a permanent id. */
export interface Requirement {
  readonly id: string;
  readonly group: string;
  readonly level: "must" | "should" | "may";
  readonly basis: Basis;
  readonly held: readonly ("client" | "gateway")[];
  readonly text: string;
  readonly why: string;
  readonly sources: readonly string[];
  readonly doubt?: string;
}

/** A JSON Schema as it stands in its file. */
export type Schema = Readonly<Record<string, unknown>>;

/** Everything in a specs folder. */
export interface Specs {
  readonly protocol: Protocol;
  readonly codes: Codes;
  readonly states: States;
  readonly outcomes: Outcomes;
  readonly sources: readonly SourceRow[];
  readonly doubts: readonly DoubtRow[];
  readonly requirements: readonly Requirement[];
  /** By name: `cancel-order.request` is specs/schemas/cancel-order.request.schema.json. */
  readonly schemas: ReadonlyMap<string, Schema>;
}
