import type { CustomerAct, OrderState } from "@ksherproof/gateway";
import type { CancelOutcome, CreateOutcome, QueryOutcome } from "@ksherproof/spec";
import type { AnswerRule } from "../answer-rule.js";
import type { CertificateFlaw } from "../authority.js";
import type { PreparedState } from "../vocabulary.js";

/** What a probed client may be asked to do. */
export type ProbeOp = "cancel" | "query" | "create";
export const PROBE_OPS: readonly ProbeOp[] = ["cancel", "query", "create"];

export type Outcome = CancelOutcome | QueryOutcome | CreateOutcome;

/** What a text must be like; everything that is given must hold. */
export interface TextMatch {
  readonly contains?: readonly string[];
  readonly lacks?: readonly string[];
  /** A regular expression, with the flag `s`. */
  readonly matches?: string;
  /** Without white space at the ends. */
  readonly equals?: string;
  /** Members of the JSON in it, by path: `data.result`. */
  readonly json?: Readonly<Record<string, unknown>>;
}

/** What a process must be like when it has ended. */
export interface EndMatch {
  readonly exit?: readonly number[] | "nonzero";
  readonly stdout?: TextMatch;
  readonly stderr?: TextMatch;
}

/** What is expected of a call. */
export interface CallExpectation extends EndMatch {
  /** The outcome, or one of several; for calls at once, how often each. */
  readonly outcome?: readonly Outcome[] | Readonly<Record<string, number>>;
  /** How many requests reached the gateway, at least and at most. */
  readonly requests?: readonly [least: number, most: number];
}

/** The client is run. */
export interface CallStep {
  readonly call: ProbeOp;
  readonly order?: string;
  readonly at_once?: number;
  /** What the gateway answers to the requests of this step, in turn; then what it would. */
  readonly answer?: readonly AnswerRule[];
  /** What the customer does after the request was sent and before the gateway acts. */
  readonly meanwhile?: readonly CustomerAct[];
  /** The listener shows this certificate. */
  readonly certificate?: CertificateFlaw;
  readonly expect: CallExpectation;
  readonly because?: string;
}

export interface ProbeCustomerStep {
  readonly customer: CustomerAct;
  readonly order?: string;
  readonly because?: string;
}

export interface ProbeWaitStep {
  /** Milliseconds of the gateway's clock; nobody waits. */
  readonly wait: number;
  readonly because?: string;
}

export interface ProbeGatewayStep {
  readonly gateway: {
    readonly state?: OrderState | "none";
    readonly link?: "open" | "closed";
    /** Requests about the order so far. */
    readonly calls?: number;
  };
  readonly order?: string;
  readonly because?: string;
}

export type ProbeStep = CallStep | ProbeCustomerStep | ProbeWaitStep | ProbeGatewayStep;

/** How a client tells its outcomes, where it does not print their names: the first that fits. */
export type OutcomeTable = readonly (readonly [outcome: Outcome, match: EndMatch])[];

/** "Call this, expect that" over a client's command line (specs/schemas/probe.schema.json). */
export interface ProbeScript {
  readonly id: string;
  readonly title: string;
  readonly requirements: readonly string[];
  readonly story?: string;
  /** The client's command line, with `{op}`, `{order}` and the other placeholders. */
  readonly run?: string;
  readonly orders: Readonly<Record<string, PreparedState>>;
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  readonly outcomes: OutcomeTable;
  /** The order that steps are about where they do not say. */
  readonly order: string;
  readonly steps: readonly ProbeStep[];
}
