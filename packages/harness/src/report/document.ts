import { createHash } from "node:crypto";
import type { NamedMistake, SignatureVerdict } from "@ksherproof/core";
import type { Exchange } from "@ksherproof/gateway";
import type { Evidence, Step } from "../evidence.js";
import type { Requirement } from "../requirements.js";
import { DEFAULT_RUNS, type RunEvent } from "../run-events.js";
import type { RequirementVerdict, Verdict } from "../verdicts.js";
import type { StreamEvent } from "./events.js";

/** One request and its answer as the gateway saw them; times in milliseconds since the first of the case. */
export interface WireLine {
  readonly at_ms: number;
  readonly took_ms: number | null;
  readonly method: string;
  readonly path: string;
  readonly request: string;
  readonly status: number | null;
  readonly answer: string;
  readonly faults: readonly unknown[];
  readonly ending: string;
}

/** A failure with everything that a person needs to mend it. */
export interface FailureDocument {
  readonly check: string;
  readonly detail: string;
  readonly expected: string | null;
  readonly got: string | null;
  readonly story: readonly Step[];
  readonly canonical: { readonly right: string; readonly other: string } | null;
  readonly diagnosis: {
    readonly verdict: SignatureVerdict;
    readonly summary: string;
    readonly mistakes: readonly NamedMistake[];
  } | null;
  readonly wire: readonly WireLine[];
  readonly stderr: string;
  /** The smallest sequence, where the failure was found in one. */
  readonly steps: unknown;
  readonly data: unknown;
  /** The same for the same failure, whatever the seed: baselines know it by this. */
  readonly fingerprint: string;
  readonly reproduce: string;
}

/** One requirement's line of the report. */
export interface RequirementDocument {
  readonly id: string;
  readonly level: Requirement["level"];
  readonly basis: Requirement["basis"];
  readonly text: string;
  readonly why: string;
  readonly doubt: string | null;
  readonly verdict: Verdict;
  readonly reason: string;
  readonly observations: number;
  readonly cause: string | null;
  readonly checks: readonly string[];
  readonly failure: FailureDocument | null;
}

/** The report of a run as JSON: what every reporter is made from (specs/schemas/check-report.schema.json). */
export interface ReportDocument {
  readonly report: 1;
  readonly tool: { readonly name: "ksherproof"; readonly version: string };
  readonly client: {
    readonly name: string;
    readonly version: string;
    readonly language: string;
    readonly ops: readonly string[];
    readonly concurrent: boolean;
    readonly tls: boolean;
  };
  readonly adapter: string;
  readonly raw_client: boolean;
  readonly level: string;
  readonly profile: string;
  /** What `--only` named; empty where the whole level was asked for. A part of a level is no statement about the level. */
  readonly only: readonly string[];
  readonly seed: number;
  readonly runs: number;
  readonly conforms: boolean;
  /** The run ended before it was over (Ctrl-C): what is here is what was known by then. */
  readonly interrupted: boolean;
  readonly summary: Readonly<Record<Verdict, number>>;
  readonly causes: readonly string[];
  readonly requirements: readonly RequirementDocument[];
  readonly not_run: readonly string[];
  readonly cells: { readonly touched: Readonly<Record<string, number>>; readonly gaps: readonly string[] };
  readonly exchanges: number;
  readonly elapsed_ms: number;
}

/** How the run was asked for, to print a command that repeats it. */
export interface Asked {
  /** The adapter's command line, as it was given. */
  readonly adapter: string;
  /** The version of this tool. */
  readonly version: string;
}

/** Makes the stream of a run: give it what `runChecks` tells, it gives the lines of the stream (report/events.ts). */
export function streamOf(asked: Asked): (event: RunEvent) => StreamEvent {
  let head: Extract<RunEvent, { event: "begin" }> | undefined;
  return (event) => {
    switch (event.event) {
      case "begin": {
        head = event;
        const { name, version, language, ops, concurrent, tls } = event.client;
        return {
          event: "begin",
          report: 1,
          tool: { name: "ksherproof", version: asked.version },
          client: { name, version, language, ops, concurrent, tls },
          adapter: asked.adapter,
          level: event.level,
          profile: event.profile,
          only: event.only,
          seed: event.seed,
          runs: event.runs,
          checks: event.checks,
        };
      }
      case "check":
      case "failure":
        return event;
      case "requirement":
        if (!head) throw new RangeError("A requirement was judged before the run began.");
        return { event: "requirement", ...event.redact(lineOf(event.verdict, head, asked)) };
      case "end":
        return event;
    }
  };
}

type Head = Extract<RunEvent, { event: "begin" }>;

function lineOf(one: RequirementVerdict, head: Head, asked: Asked): RequirementDocument {
  const { requirement, verdict, why, cause, failure, checks, passes, fails } = one;
  return {
    id: requirement.id,
    level: requirement.level,
    basis: requirement.basis,
    text: requirement.text,
    why: requirement.why,
    doubt: requirement.doubt ?? null,
    verdict,
    reason: why,
    observations: passes + fails,
    cause,
    checks,
    failure: failure ? failureOf(failure, head, asked) : null,
  };
}

function failureOf(failure: Evidence, head: Head, asked: Asked): FailureDocument {
  const { explanation } = failure;
  const steps = (failure.data as { steps?: unknown } | undefined)?.steps ?? null;
  return {
    check: failure.check,
    detail: failure.detail,
    expected: failure.expected ?? null,
    got: failure.got ?? null,
    story: failure.story,
    canonical: failure.canonical ?? null,
    diagnosis: explanation
      ? { verdict: explanation.verdict, summary: explanation.summary, mistakes: explanation.mistakes }
      : null,
    wire: wireOf(failure.exchanges),
    stderr: failure.stderr ?? "",
    steps,
    data: failure.data ?? null,
    fingerprint: fingerprintOf(failure),
    reproduce: reproduceCommand(failure.requirement, head, asked),
  };
}

/** The command that shows the failure again. */
function reproduceCommand(requirement: string, { level, profile, seed, runs }: Head, asked: Asked): string {
  const words = ["ksherproof", "check", "--adapter", quoted(asked.adapter)];
  if (level !== "must") words.push("--level", level);
  if (profile !== "documented") words.push("--profile", profile);
  words.push("--only", requirement, "--seed", String(seed));
  if (runs !== DEFAULT_RUNS) words.push("--runs", String(runs));
  return words.join(" ");
}

/** A word for a POSIX shell. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Twelve hex digits that tell one way of failing from another: requirement, check, what was said in place of what. */
export function fingerprintOf({ requirement, check, expected, got, explanation }: Evidence): string {
  const said = explanation ? explanation.mistakes.map(({ id }) => id).join() || explanation.verdict : "";
  const steady = (text: string | undefined): string =>
    text === undefined || text.length > 60 ? "" : text.replace(/\d+/g, "#");
  const parts = [requirement, check, said, ...(said === "" ? [steady(expected), steady(got)] : [])];
  return createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 12);
}

const LONGEST_BODY = 4096;

function textOf(body: Uint8Array): string {
  const text = Buffer.from(body.subarray(0, LONGEST_BODY)).toString("utf8");
  return body.length > LONGEST_BODY ? `${text} ... (${body.length} bytes)` : text;
}

function wireOf(exchanges: readonly Exchange[]): readonly WireLine[] {
  const first = exchanges[0]?.startedAt ?? 0;
  return exchanges.map(({ startedAt, endedAt, request, sent, faults, ending }) => ({
    at_ms: Math.round((startedAt - first) * 10) / 10,
    took_ms: endedAt === null ? null : Math.round((endedAt - startedAt) * 10) / 10,
    method: request.method,
    path: request.target,
    request: textOf(request.body),
    status: sent?.status ?? null,
    answer: sent ? textOf(sent.body) : "",
    faults,
    ending,
  }));
}
