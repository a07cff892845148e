import type { Explanation } from "@ksherproof/core";
import type { Exchange } from "@ksherproof/gateway";
import type { Command } from "./script.js";
import type { SceneOptions } from "./stage.js";

/** One thing that was done in a case, for the story: who did what, and what came of it. */
export interface Step {
  readonly who: "merchant" | "customer" | "gateway" | "client" | "harness";
  readonly what: string;
}

/** What one case shows about one requirement. */
export interface Evidence {
  readonly requirement: string;
  readonly check: string;
  /** `caused`: it could not be judged, since another requirement broke first. `unshown`: its control failed. */
  readonly verdict: "pass" | "fail" | "caused" | "handed_through" | "unshown";
  readonly detail: string;
  readonly cause?: string;
  /** What was made of which answer, `cancel -4 failed`, where the answer came whole: the same misreading is one bug. */
  readonly reading?: string;
  /** Which kind of signature was taken that is none: `missing`, `zeros`. */
  readonly trusted?: string;
  /** Requirements whose failure would explain this one. */
  readonly rests?: readonly string[];
  readonly expected?: string;
  readonly got?: string;
  readonly story: readonly Step[];
  readonly exchanges: readonly Exchange[];
  readonly explanation?: Explanation;
  readonly canonical?: { readonly right: string; readonly other: string };
  readonly stderr?: string;
  /** What was done up to here, to do it again. */
  readonly commands?: readonly Command[];
  readonly scene?: SceneOptions;
  /** Outcomes of the last call that would have been right. */
  readonly outcomes?: readonly string[];
  /** The check in whose course it was seen: what is judged on the wire is seen in every check. */
  readonly during?: string;
  readonly data?: unknown;
}

/** Everything that a run has shown, in order. */
export class Evidences {
  readonly all: Evidence[] = [];
  /** Told of each failure as it comes. */
  onFail: (evidence: Evidence) => void = () => undefined;
  private ended = false;

  /** What comes later is no evidence: Ctrl-C ends the client as well, and its silence is not its fault. */
  end(): void {
    this.ended = true;
  }

  add(evidence: Evidence): void {
    if (this.ended) return;
    this.all.push(evidence);
    if (evidence.verdict === "fail") this.onFail(evidence);
  }

  failed(requirement: string): Evidence | undefined {
    return this.all.find((one) => one.requirement === requirement && one.verdict === "fail");
  }

  /** Whether one of some requirements was seen to be broken. */
  anyFailed(requirements: readonly string[] = []): boolean {
    return requirements.some((id) => this.failed(id) !== undefined);
  }

  passed(requirement: string): boolean {
    return this.all.some((one) => one.requirement === requirement && one.verdict === "pass");
  }
}

/** Evidence of one worker, written into the run's: each piece says in the course of which check it was seen. */
export class WorkersEvidences extends Evidences {
  override readonly all: Evidence[];
  /** The check that runs now. */
  during = "";
  private readonly shared: Evidences;

  constructor(shared: Evidences) {
    super();
    this.shared = shared;
    this.all = shared.all;
  }

  override add(evidence: Evidence): void {
    this.shared.add({ ...evidence, during: this.during });
  }
}
