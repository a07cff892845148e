import { diffTexts } from "@ksherproof/core";
import { type Call, explanationOf } from "./call.js";
import type { Containment } from "./containment.js";
import type { InterceptResult, RunVerdict } from "./intercept.js";
import type { ProxySight } from "./proxy.js";
import { holdsSecret } from "./secrets.js";
import type { Evidence, Level, Shown } from "./verdict.js";

/** A failure, with the call that shows it and what the doctor says. */
export interface FailureLine {
  readonly detail: string;
  /** The call's number in `requests`; null where no single call shows it. */
  readonly request: number | null;
  readonly diagnosis: {
    readonly verdict: string;
    readonly summary: string;
    readonly mistakes: readonly {
      readonly id: string;
      readonly requirement: string;
      readonly says: string;
    }[];
  } | null;
  readonly canonical: { readonly right: string; readonly signed: string } | null;
}

/** One requirement's line. */
export interface RequirementLine {
  readonly id: string;
  readonly level: string;
  readonly basis: string;
  readonly text: string;
  readonly why: string;
  readonly doubt: string | null;
  readonly verdict: Shown;
  /** Whether a failure decides the verdict of the run. */
  readonly counts: boolean;
  readonly reason: string;
  readonly passes: number;
  readonly fails: number;
  readonly failure: FailureLine | null;
}

/** One request as it came, and what it got. */
export interface RequestLine {
  readonly seq: number;
  readonly at_ms: number;
  readonly took_ms: number | null;
  readonly host: string;
  readonly via: "tunnel" | "absolute_form" | "direct";
  readonly scheme: "https" | "http";
  readonly http_version: string;
  readonly connection: number;
  readonly method: string;
  readonly path: string;
  readonly endpoint: string | null;
  readonly content_type: string | null;
  readonly params: Readonly<Record<string, string>> | null;
  readonly body: string;
  readonly signature: "valid" | "wrong" | "unchecked";
  readonly scripted: string | null;
  readonly answer: {
    readonly status: number;
    readonly code: number | null;
    readonly result: string | null;
    readonly body: string;
    readonly ending: string;
  };
  readonly state_before: string | null;
  readonly state_after: string | null;
  readonly observations: readonly {
    readonly requirement: string;
    readonly holds: boolean;
    readonly detail: string;
  }[];
  readonly notes: readonly string[];
}

/** The report of an intercepted run (specs/schemas/intercept-report.schema.json). */
export interface InterceptReport {
  readonly report: 1;
  readonly tool: { readonly name: "ksherproof"; readonly version: string };
  readonly command: readonly string[];
  readonly level: Level;
  readonly verdict: RunVerdict;
  readonly reason: string;
  readonly exit: {
    readonly code: number;
    readonly signal: string | null;
    readonly timed_out: boolean;
    readonly elapsed_ms: number;
  };
  readonly summary: Readonly<Record<Shown, number>>;
  readonly requirements: readonly RequirementLine[];
  readonly requests: readonly RequestLine[];
  readonly tls_checks: readonly {
    readonly certificate: string;
    readonly verdict: string;
    readonly detail: string;
    readonly exit_code: number;
    readonly requests: number;
  }[];
  readonly connections: readonly ProxySight[];
  readonly published_answers: number;
  /** Whether the gateway's names led to the simulator for every connection, whatever opened it. */
  readonly contained: boolean;
  /** By what, or why not. */
  readonly containment: { readonly by: Containment["by"]; readonly detail: string | null };
}

/** How the run was asked for. */
export interface ReportAsked {
  readonly version: string;
  readonly command: readonly string[];
  /** Stretches of private keys, which no report may carry (SEC-001). */
  readonly secrets: readonly string[];
}

/** Makes the report's JSON document. */
export function interceptReport(result: InterceptResult, asked: ReportAsked): InterceptReport {
  const { end, requirements, calls } = result;
  const count = (shown: Shown): number => requirements.filter(({ verdict }) => verdict === shown).length;
  return {
    report: 1,
    tool: { name: "ksherproof", version: asked.version },
    command: asked.command,
    level: result.level,
    verdict: result.verdict,
    reason: result.reason,
    exit: {
      code: end.code,
      signal: end.signal,
      timed_out: end.timedOut,
      elapsed_ms: Math.round(end.elapsedMs),
    },
    summary: { pass: count("pass"), fail: count("fail"), not_exercised: count("not_exercised") },
    requirements: requirements.map(({ requirement, verdict, counts, reason, passes, fails, failure }) => ({
      id: requirement.id,
      level: requirement.level,
      basis: requirement.basis,
      text: requirement.text,
      why: requirement.why,
      doubt: requirement.doubt ?? null,
      verdict,
      counts,
      reason,
      passes,
      fails,
      failure: failure && failureLine(failure),
    })),
    requests: interceptRequests(calls, asked.secrets),
    tls_checks: result.tls.map(({ certificate, verdict, detail, exitCode, requests }) => ({
      certificate,
      verdict,
      detail,
      exit_code: exitCode,
      requests,
    })),
    connections: result.sights,
    published_answers: result.publishedServed,
    contained: result.containment.by !== "none",
    containment: {
      by: result.containment.by,
      detail: result.containment.by === "none" ? result.containment.detail : null,
    },
  };
}

function failureLine({ detail, call, explanation }: Evidence): FailureLine {
  const signed = explanation?.signedText ?? null;
  return {
    detail,
    request: call?.seq ?? null,
    diagnosis: explanation
      ? { verdict: explanation.verdict, summary: explanation.summary, mistakes: explanation.mistakes }
      : null,
    canonical:
      explanation && signed !== null && signed !== explanation.canonical
        ? { right: explanation.canonical, signed }
        : null,
  };
}

const LONGEST = 4096;

function textOf(body: Uint8Array): string {
  const text = Buffer.from(body.subarray(0, LONGEST)).toString("utf8");
  return body.length > LONGEST ? `${text} ... (${body.length} bytes)` : text;
}

/** The calls as lines of a report, private keys left out. */
export function interceptRequests(
  calls: readonly Call[],
  secrets: readonly string[],
): readonly RequestLine[] {
  return calls.map((call) => requestLine(call, secrets));
}

function requestLine(call: Call, secrets: readonly string[]): RequestLine {
  const { request, arrival, answer } = call;
  const safe = (text: string): string => (holdsSecret(text, secrets) ? "[a private key: left out]" : text);
  const round = (ms: number): number => Math.round(ms * 10) / 10;
  return {
    seq: call.seq,
    at_ms: round(request.startedAt),
    took_ms: call.endedAt === null ? null : round(call.endedAt - request.startedAt),
    host: arrival.host,
    via: arrival.via,
    scheme: arrival.scheme,
    http_version: request.httpVersion,
    connection: arrival.connection,
    method: request.method,
    path: safe(request.target),
    endpoint: call.endpoint,
    content_type: request.headers["content-type"] ?? null,
    params: call.params && Object.fromEntries([...call.params].map(([name, value]) => [name, safe(value)])),
    body: safe(textOf(request.body)),
    signature: call.signature,
    scripted: call.scripted || null,
    answer: {
      status: answer.status,
      code: call.code,
      result: call.result,
      body: textOf(answer.body),
      ending: call.ending,
    },
    state_before: call.stateBefore,
    state_after: call.stateAfter,
    observations: call.observations.map(({ requirement, holds, detail }) => ({ requirement, holds, detail })),
    notes: call.notes,
  };
}

/** The two texts of a wrong signature in pieces, for a rendering that marks what differs. */
export function canonicalDiff(call: Call) {
  const found = explanationOf(call);
  if (!found || found.signedText === null || found.signedText === found.canonical) return null;
  return diffTexts(found.canonical, found.signedText);
}
