import { quoted } from "../adapter/quoting.js";
import type { BaselineResult } from "../baseline-compare.js";
import type { Samples } from "../cells.js";
import type { Requirement } from "../requirements.js";
import { DEFAULT_RUNS, type RunEvent } from "../run-events.js";
import type { RequirementVerdict, Verdict } from "../verdicts.js";
import type { StreamEvent } from "./events.js";
import { type FailureDocument, failureOf } from "./failure.js";

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
  /** Whether the run is let through: it conforms, or its failures are all in the baseline. Exit code 0 says the same. */
  readonly accepted: boolean;
  readonly baseline: BaselineResult | null;
  /** The run ended before it was over (Ctrl-C): what is here is what was known by then. */
  readonly interrupted: boolean;
  readonly summary: Readonly<Record<Verdict, number>>;
  readonly causes: readonly string[];
  readonly requirements: readonly RequirementDocument[];
  readonly not_run: readonly string[];
  readonly cells: { readonly touched: Readonly<Record<string, number>>; readonly gaps: readonly string[] };
  /** Only of a client so slow that it was shown fewer samples of each kind. */
  readonly samples?: Samples;
  readonly exchanges: number;
  readonly elapsed_ms: number;
}

/** The verdict in words, for a title. */
export function verdictWords(report: ReportDocument): string {
  if (report.interrupted) return "was interrupted";
  if (report.conforms) return report.accepted ? "conforms" : "conforms, but the baseline does not fit";
  return report.accepted ? "has no new failure" : "does not conform";
}

/** What a slow client was spared, in one sentence; null for any other. */
export function sparedWords({ samples }: ReportDocument): string | null {
  if (samples === undefined) return null;
  const { shown, spared } = samples;
  return `A slow client: it was shown ${shown} of ${shown + spared} samples, the first of each kind and every nth after it.`;
}

/** How the run was asked for, to print a command that repeats it. */
export interface Asked {
  /** The adapter's command line, as it was given. */
  readonly adapter: string;
  /** The version of this tool. */
  readonly version: string;
  /** The command that does the whole again, where it is no run of an adapter. */
  readonly command?: string;
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
    failure: failure ? failureOf(failure, reproduceCommand(failure.requirement, head, asked)) : null,
  };
}

/** The command that shows the failure again. */
function reproduceCommand(requirement: string, { level, profile, seed, runs }: Head, asked: Asked): string {
  if (asked.command !== undefined) return asked.command;
  const words = ["ksherproof", "check", "--adapter", quoted(asked.adapter)];
  if (level !== "must") words.push("--level", level);
  if (profile !== "documented") words.push("--profile", profile);
  words.push("--only", requirement, "--seed", String(seed));
  if (runs !== DEFAULT_RUNS) words.push("--runs", String(runs));
  return words.join(" ");
}
