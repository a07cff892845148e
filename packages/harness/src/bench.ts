import type { Exchange } from "@ksherproof/gateway";
import type { ClientUnderTest, Operation } from "./adapter/client.js";
import { patient } from "./adapter/patient.js";
import { Case } from "./case.js";
import { Doctor } from "./doctor.js";
import { Evidences } from "./evidence.js";
import { Pace } from "./pace.js";
import { Plan } from "./plan.js";
import type { SceneOptions, Stage } from "./stage.js";

export {
  type Called,
  describeExchange,
  describeReply,
  learned,
  learnedByAsking,
  readOutcome,
} from "./called.js";
export { Case } from "./case.js";
export { GRACE_MS } from "./pace.js";

/** What the workers of one run share: what was shown, and what must not be seen twice. */
export class Shared {
  readonly evidences = new Evidences();
  readonly nonces = new Map<string, string>();
  /** The calls that used them. */
  readonly uses = new Set<string>();
  readonly doctor = new Doctor();
  readonly pace = new Pace();
  readonly plan: Plan;
  /** Exchanges whose request was judged: calls that run at once see each other's. */
  readonly judged = new WeakSet<Exchange>();
  /** How often each cell of state, command and fault was met. */
  readonly cells = new Map<string, number>();
  /** How many exchanges the gateway has seen. */
  exchanges = 0;
  raw = false;
  /** Samples that a slow client was shown, and those that it was spared. */
  readonly samples = { shown: 0, spared: 0 };
  /** The requirement at which the client broke last: what a client that was given up could not show, it explains. */
  brokeAt: string | null = null;
  /** The requirement for whose sake the client takes not even the plainest genuine answer for good. */
  distrusts: string | null = null;

  constructor(plan: Plan = new Plan()) {
    this.plan = plan;
  }
}

/** One client, one stage, and everything that they have shown. Checks talk to a bench. */
export class Bench {
  readonly client: ClientUnderTest;
  readonly stage: Stage;
  readonly shared: Shared;
  readonly evidences: Evidences;
  readonly seed: number;
  readonly runs: number;

  constructor(
    client: ClientUnderTest,
    stage: Stage,
    options: {
      readonly seed: number;
      readonly runs: number;
      readonly shared?: Shared;
      readonly evidences?: Evidences;
    },
  ) {
    this.client = patient(client);
    this.stage = stage;
    this.seed = options.seed;
    this.runs = options.runs;
    this.shared = options.shared ?? new Shared();
    this.evidences = options.evidences ?? this.shared.evidences;
  }

  offers(...ops: readonly Operation[]): boolean {
    return ops.every((op) => this.client.hello.ops.includes(op));
  }

  /** A case of its own for one check. */
  open(check: string, requirement: string, options: SceneOptions = {}): Case {
    return this.openOn(this.stage, check, requirement, options);
  }

  /** The same, on another stage: one that speaks TLS. */
  openOn(stage: Stage, check: string, requirement: string, options: SceneOptions = {}): Case {
    const usualMs = this.shared.pace.timeoutMs(this.meanMs);
    return new Case(this, stage.scene(options, usualMs), check, requirement);
  }

  /** The same client and stage with evidence of its own, for cases that may be thrown away (shrinking). */
  aside(): Bench {
    const { seed, runs, shared } = this;
    return new Bench(this.client, this.stage, { seed, runs, shared, evidences: new Evidences() });
  }

  /** The requirement for whose sake the client trusts no genuine answer, or not this kind; null where it trusts them. */
  distrust(): string | null {
    const own = this.shared.evidences.all.find(
      ({ check, verdict, requirement }) =>
        (check === "trust" || check === "verify-genuine") &&
        verdict === "fail" &&
        /^(SIG-00[1-7]|QRY-00[18])$/.test(requirement),
    );
    return this.shared.distrusts ?? own?.requirement ?? null;
  }

  /** What a call took in the mean of late, in milliseconds; 0 until that is known. */
  get meanMs(): number {
    return this.client.meanMs?.() ?? 0;
  }

  /** The share of the samples for which a client as fast as this one leaves time: 1 for most. */
  get share(): number {
    return this.shared.plan.share(this.meanMs);
  }

  /**
   * Every sample; of a slow client's, only so many that the run stays bearable, and at least the first of each kind. The
   * report says how many it was spared.
   */
  *thin<T>(samples: readonly T[], kindOf: (sample: T) => unknown = () => null): Generator<T, void> {
    const kinds = new Set<unknown>();
    let due = 0;
    for (const sample of samples) {
      const kind = kindOf(sample);
      due += this.share;
      const shown = due >= 1 || !kinds.has(kind);
      this.shared.samples[shown ? "shown" : "spared"] += 1;
      if (!shown) continue;
      due -= 1;
      kinds.add(kind);
      yield sample;
    }
  }
}
