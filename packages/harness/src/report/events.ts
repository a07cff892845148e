import type { BaselineResult } from "../baseline-compare.js";
import type { Cells, Samples } from "../cells.js";
import type { Verdict } from "../verdicts.js";
import type { ReportDocument, RequirementDocument } from "./document.js";

/** The first line of the stream: who is held to what. */
export type BeginEvent = { readonly event: "begin"; readonly checks: number } & Pick<
  ReportDocument,
  "report" | "tool" | "client" | "adapter" | "level" | "profile" | "only" | "seed" | "runs"
>;

/** The last line: what the run came to. */
export interface EndEvent {
  readonly event: "end";
  readonly conforms: boolean;
  readonly interrupted: boolean;
  readonly raw_client: boolean;
  readonly not_run: readonly string[];
  readonly cells: Cells;
  readonly samples?: Samples;
  readonly exchanges: number;
  readonly elapsed_ms: number;
}

/**
 * One line of a run's event stream (NDJSON, specs/schemas/check-events.schema.json). Every report is made from these
 * lines and from nothing else, while the run lasts or from a file afterwards.
 */
export type StreamEvent =
  | BeginEvent
  | {
      readonly event: "check";
      readonly check: string;
      readonly title: string;
      readonly n: number;
      readonly of: number;
      /** How long the whole run may take, in milliseconds: only of a slow client. */
      readonly about_ms?: number;
    }
  /** A failure as it comes; what it means is only known at the end, when causes are told from effects. */
  | {
      readonly event: "failure";
      readonly requirement: string;
      readonly check: string;
      readonly detail: string;
    }
  | ({ readonly event: "requirement" } & RequirementDocument)
  /** What the baseline file makes of the run, where one was given. */
  | ({ readonly event: "baseline" } & BaselineResult)
  | EndEvent;

/** Puts the lines of a stream together as a report; a stream without its end is an interrupted run. */
export function documentFrom(events: Iterable<StreamEvent>): ReportDocument {
  let begin: BeginEvent | undefined;
  let end: EndEvent | undefined;
  let baseline: BaselineResult | null = null;
  const requirements: RequirementDocument[] = [];
  for (const one of events) {
    if (one.event === "begin") begin = one;
    else if (one.event === "end") end = one;
    else if (one.event === "baseline") {
      const { event: _, ...result } = one;
      baseline = result;
    } else if (one.event === "requirement") {
      const { event: _, ...requirement } = one;
      requirements.push(requirement);
    }
  }
  if (!begin) throw new RangeError("The stream has no begin event: it is no run of ksherproof check.");
  const { event: _, checks: __, ...head } = begin;
  const count = (verdict: Verdict): number => requirements.filter((one) => one.verdict === verdict).length;
  const conforms = end?.conforms ?? false;
  return {
    ...head,
    raw_client: end?.raw_client ?? false,
    conforms,
    accepted: end?.interrupted === false && isAccepted(conforms, requirements, baseline),
    baseline,
    interrupted: end?.interrupted ?? true,
    summary: {
      pass: count("pass"),
      fail: count("fail"),
      not_exercised: count("not_exercised"),
      not_supported: count("not_supported"),
    },
    causes: requirements.filter(({ verdict }) => verdict === "fail").map(({ id }) => id),
    requirements,
    not_run: end?.not_run ?? [],
    cells: end?.cells ?? { touched: {}, gaps: [] },
    ...(end?.samples === undefined ? {} : { samples: end.samples }),
    exchanges: end?.exchanges ?? 0,
    elapsed_ms: end?.elapsed_ms ?? 0,
  };
}

/** Whether a run is let through: the client conforms, or every failure is a known one; and the baseline is in order. */
function isAccepted(
  conforms: boolean,
  requirements: readonly RequirementDocument[],
  baseline: BaselineResult | null,
): boolean {
  if (baseline === null) return conforms;
  if (baseline.problems.length > 0) return false;
  const known = new Set(baseline.known.map(({ requirement }) => requirement));
  const red = requirements.filter(({ verdict }) => verdict === "fail" || verdict === "not_exercised");
  return conforms || (red.length > 0 && red.every(({ id }) => known.has(id)));
}
