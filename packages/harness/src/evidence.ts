import type { Explanation } from "@ksherproof/core";
import type { Exchange } from "@ksherproof/gateway";

/** One thing that was done in a case, for the story: who did what, and what came of it. */
export interface Step {
  readonly who: "merchant" | "customer" | "gateway" | "client" | "harness";
  readonly what: string;
}

/** What one case shows about one requirement. */
export interface Evidence {
  readonly requirement: string;
  readonly check: string;
  /** `caused`: it could not be judged, since another requirement broke first. */
  readonly verdict: "pass" | "fail" | "caused" | "handed_through";
  readonly detail: string;
  readonly cause?: string;
  readonly expected?: string;
  readonly got?: string;
  readonly story: readonly Step[];
  readonly exchanges: readonly Exchange[];
  readonly explanation?: Explanation;
  readonly canonical?: { readonly right: string; readonly other: string };
  readonly stderr?: string;
  readonly data?: unknown;
}

/** Everything that a run has shown, in order. */
export class Evidences {
  readonly all: Evidence[] = [];
  /** Told of each failure as it comes. */
  onFail: (evidence: Evidence) => void = () => undefined;

  add(evidence: Evidence): void {
    this.all.push(evidence);
    if (evidence.verdict === "fail") this.onFail(evidence);
  }

  failed(requirement: string): Evidence | undefined {
    return this.all.find((one) => one.requirement === requirement && one.verdict === "fail");
  }

  passed(requirement: string): boolean {
    return this.all.some((one) => one.requirement === requirement && one.verdict === "pass");
  }
}
