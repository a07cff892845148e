import type { Call } from "../call.js";
import type { ChildEnd } from "../child.js";
import { holdsSecret } from "../secrets.js";
import type { Evidence } from "../verdict.js";
import { mismatch } from "./match.js";
import type { ReadBy } from "./outcome.js";
import type { CallExpectation, ProbeGatewayStep } from "./script.js";
import { rangeWords } from "./words.js";

/** One run of the client within a step. */
export interface ProbeRun {
  readonly command: readonly string[];
  readonly end: ChildEnd;
  readonly outcome: string | null;
  readonly readBy: ReadBy | null;
}

/** Why a call did not go as expected, in one sentence; null where it did. */
export function judgeStep(
  expect: CallExpectation,
  runs: readonly ProbeRun[],
  calls: readonly Call[],
  timeoutMs: number,
): string | null {
  if (runs.some(({ end }) => end.timedOut)) return `The client did not end within ${timeoutMs / 1000} s.`;
  for (const { end } of runs) {
    const wrong = mismatch(expect, end);
    if (wrong) return wrong;
  }
  const wrong = expect.outcome && outcomeMismatch(expect.outcome, runs);
  if (wrong) return wrong;
  if (expect.requests) {
    const [least, most] = expect.requests;
    if (calls.length < least || calls.length > most)
      return `Expected ${rangeWords(expect.requests)} requests at the gateway, found ${calls.length}.`;
  }
  const asked = expect.requests?.[0] === 0;
  return calls.length === 0 && !asked && expect.requests === undefined && expectsAnswer(expect)
    ? "The client sent no request: what it said was earned by nothing."
    : null;
}

/** Outcomes that only the gateway can have told. */
function expectsAnswer({ outcome }: CallExpectation): boolean {
  return Array.isArray(outcome) && !outcome.includes("unknown") && !outcome.includes("untrusted");
}

function outcomeMismatch(
  outcome: NonNullable<CallExpectation["outcome"]>,
  runs: readonly ProbeRun[],
): string | null {
  const told = runs.map((run) => run.outcome ?? "nothing readable");
  if (Array.isArray(outcome)) {
    // A client that ends in failure over an answer that it cannot trust has told its caller not to believe it.
    const lenient = (run: ProbeRun): boolean =>
      run.readBy === "failure" && (outcome.includes("untrusted") || outcome.includes("unknown"));
    const wrong = runs.find((run) => !outcome.some((one) => one === run.outcome) && !lenient(run));
    return wrong ? `Expected ${outcome.join(" or ")}, found ${found(wrong)}.` : null;
  }
  const tally = Object.entries(outcome);
  const fits = tally.every(([name, count]) => told.filter((one) => one === name).length === count);
  const wanted = tally.map(([name, count]) => `${count} ${name}`).join(", ");
  return fits ? null : `Expected ${wanted}, found ${told.join(", ")}.`;
}

function found({ outcome, readBy, end }: ProbeRun): string {
  const said = JSON.stringify((end.stdout.trim() || end.stderr.trim()).slice(-200));
  const ended = end.signal === null ? `exit code ${end.code}` : `ended by ${end.signal}`;
  const after = `${ended}, it printed ${said}`;
  if (outcome === null) return `no outcome in what it printed (${after}); --outcomes tells how to read it`;
  return readBy === "failure" ? `a failure without an outcome (${after})` : `${outcome} (${after})`;
}

/** SEC-001: what the client prints holds no private key. */
export function secretEvidence(ends: readonly ChildEnd[], secrets: readonly string[]): readonly Evidence[] {
  if (secrets.length === 0) return [];
  const holds = !ends.some(({ stdout, stderr }) => holdsSecret(stdout + stderr, secrets));
  const detail = holds ? "It prints no private key." : "It printed a private key.";
  return [{ requirement: "SEC-001", holds, detail, call: null }];
}

/** Why the gateway does not hold what a step says; null where it does. */
export function gatewayMismatch(
  { gateway: wanted }: ProbeGatewayStep,
  order: { readonly state: string; readonly linkOpen: boolean } | undefined,
  calls: number,
): string | null {
  const is = { state: order?.state ?? "none", link: order?.linkOpen ? "open" : "closed", calls };
  for (const name of ["state", "link", "calls"] as const) {
    if (wanted[name] !== undefined && wanted[name] !== is[name])
      return `Expected ${name} ${wanted[name]}, found ${is[name]}.`;
  }
  return null;
}
