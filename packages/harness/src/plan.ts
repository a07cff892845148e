/** So many checks are some so many calls; so many with the slowest client, which is shown the first of each kind only. */
const CHECKS = 30;
const CALLS = 800;
const LEAST_CALLS = 200;
/** The part of them that is made one after another, however many workers there are: what the other checks rest on. */
const GROUND = 0.3;
/** Where nobody gave a time, a run should be over in so many milliseconds: a slower client is shown fewer samples. */
const AIM_MS = 120_000;

export interface PlanOptions {
  /** How many checks are wanted; those beyond the ones of the level must are small. */
  readonly checks?: number;
  /** The time for the whole run. */
  readonly budgetMs?: number | undefined;
  /** Adapters at once; 1 where nobody asked for a number, since the contract does not say that a client may run twice at a time. */
  readonly workers?: number | undefined;
}

/** How much one run shows a client of its speed, and how long that takes. */
export class Plan {
  private readonly calls: number;
  private readonly least: number;
  private readonly aimMs: number;
  /** Adapters at once. */
  readonly workers: number;

  constructor({ checks = CHECKS, budgetMs, workers = 1 }: PlanOptions = {}) {
    const part = Math.min(1, checks / CHECKS);
    this.calls = CALLS * part;
    this.least = LEAST_CALLS * part;
    this.aimMs = budgetMs ?? AIM_MS;
    this.workers = workers;
  }

  /** The share of the samples for which a client that takes `meanMs` a call leaves time: 1 for most. */
  share(meanMs: number): number {
    return Math.min(1, (this.aimMs / (this.calls * meanMs)) * this.gain);
  }

  /** How many milliseconds the whole run may take with a client that is slow; null for any other. */
  aboutMs(meanMs: number): number | null {
    if (!this.isSlow(meanMs)) return null;
    const calls = this.least + (this.calls - this.least) * this.share(meanMs);
    return (calls * meanMs) / this.gain;
  }

  private isSlow(meanMs: number): boolean {
    return this.calls * meanMs > this.aimMs;
  }

  /** How many times shorter its adapters make a run. */
  private get gain(): number {
    return 1 / (GROUND + (1 - GROUND) / this.workers);
  }
}
