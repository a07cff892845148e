import { createHash } from "node:crypto";
import type { NamedMistake, SignatureVerdict } from "@ksherproof/core";
import type { Exchange } from "@ksherproof/gateway";
import type { Evidence, Step } from "../evidence.js";
import type { Command } from "../script.js";
import type { SceneOptions } from "../stage.js";
import { USUAL_BITS } from "../stage-keys.js";

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
  /** What was done, as data, to do it again. */
  readonly commands: readonly Command[];
  /** What the world of the case was asked to be like. */
  readonly scene: SceneOptions;
  /** Outcomes of the last call that would have been right; empty where the failure is no wrong outcome. */
  readonly outcomes: readonly string[];
  /** The check in whose course it was seen. */
  readonly during: string;
  /** The same for the same failure, whatever the seed: baselines know it by this. */
  readonly fingerprint: string;
  readonly reproduce: string;
}

/** What a failure shows, for people and for programs; `reproduce` is the command that shows it again. */
export function failureOf(failure: Evidence, reproduce: string): FailureDocument {
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
    commands: commandsOf(failure),
    scene: failure.scene ?? {},
    outcomes: failure.outcomes ?? [],
    during: failure.during ?? failure.check,
    fingerprint: fingerprintOf(failure),
    reproduce,
  };
}

/** What was done; a static check asked for one thing only. */
function commandsOf({ check, commands, data }: Evidence): readonly Command[] {
  const { params, bits } = (data ?? {}) as { params?: Readonly<Record<string, string>>; bits?: number };
  if (params && check === "canonicalize") return [{ do: "canonicalize", params }];
  if (params && check === "sign") return [{ do: "sign", params, bits: bits ?? USUAL_BITS }];
  return commands ?? [];
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
