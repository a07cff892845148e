import { interceptRequests, type RequestLine } from "../report.js";
import type { Shown } from "../verdict.js";
import type { ProbeResult } from "./run.js";

/** The report of probes (specs/schemas/probe-report.schema.json). */
export interface ProbeReport {
  readonly report: 1;
  readonly tool: { readonly name: "ksherproof"; readonly version: string };
  readonly command: string;
  readonly level: string;
  readonly conforms: boolean;
  readonly summary: { readonly passed: number; readonly failed: number };
  readonly probes: readonly {
    readonly id: string;
    readonly title: string;
    readonly requirements: readonly string[];
    readonly ok: boolean;
    readonly elapsed_ms: number;
    readonly steps: readonly {
      readonly step: string;
      readonly ok: boolean;
      readonly detail: string | null;
      readonly runs: readonly {
        readonly command: readonly string[];
        readonly exit_code: number;
        readonly stdout: string;
        readonly stderr: string;
        readonly outcome: string | null;
        readonly read_by: string | null;
      }[];
      readonly requests: readonly RequestLine[];
    }[];
    readonly broken: readonly { readonly id: string; readonly counts: boolean; readonly detail: string }[];
    readonly wire: Readonly<Record<string, Shown>>;
  }[];
}

export interface ProbeAsked {
  readonly version: string;
  readonly command: string;
  readonly level: string;
  readonly secrets: readonly string[];
}

const LONGEST = 4000;

/** Makes the JSON document of a run of probes. */
export function probeReport(results: readonly ProbeResult[], asked: ProbeAsked): ProbeReport {
  const passed = results.filter(({ ok }) => ok).length;
  return {
    report: 1,
    tool: { name: "ksherproof", version: asked.version },
    command: asked.command,
    level: asked.level,
    conforms: passed === results.length && results.length > 0,
    summary: { passed, failed: results.length - passed },
    probes: results.map(({ script, ok, steps, requirements, elapsedMs }) => ({
      id: script.id,
      title: script.title,
      requirements: script.requirements,
      ok,
      elapsed_ms: Math.round(elapsedMs),
      steps: steps.map((shown) => ({
        step: shown.words,
        ok: shown.ok,
        detail: shown.detail,
        runs: shown.runs.map(({ command, end, outcome, readBy }) => ({
          command,
          exit_code: end.code,
          stdout: end.stdout.slice(-LONGEST),
          stderr: end.stderr.slice(-LONGEST),
          outcome,
          read_by: readBy,
        })),
        requests: interceptRequests(shown.calls, asked.secrets),
      })),
      broken: requirements
        .filter(({ verdict }) => verdict === "fail")
        .map(({ requirement, counts, reason }) => ({ id: requirement.id, counts, detail: reason })),
      wire: Object.fromEntries(requirements.map(({ requirement, verdict }) => [requirement.id, verdict])),
    })),
  };
}
