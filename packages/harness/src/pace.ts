/** Long for any client on any machine; what is about time-outs sets its own. */
export const LONG_MS = 8000;
/** Enough for a client whose answers are known to be quick. */
const QUICK_MS = 5000;
const QUICK_MEAN_MS = 100;
/** A client that let its time run out is wrong already: from then on it is waited for no longer than this. */
const SHORT_MS = 3000;
/** Milliseconds beyond `timeout_ms` within which a call must be over (RSP-008), and what a loaded machine may add. */
export const GRACE_MS = 1000;
const SLACK_MS = 1500;
/** Operations without the network: canonicalize, sign, verify, notify. */
export const PURE_DEADLINE_MS = 6000;

/** What was planned that disturbs a scene's answers: nothing, what they say or how they break, or when they come. */
export type Disturbance = "none" | "answers" | "times";
/** Where answers are disturbed, a client may retry or confirm within one call; where they are late, each time with a time-out. */
const TRIES: Readonly<Record<Disturbance, number>> = { none: 1, answers: 2, times: 3 };

/**
 * How long one run waits: a client that does not come back, or only when its time is over, must not make the run long.
 * All times are in milliseconds.
 */
export class Pace {
  private overran = false;
  private shortMs: number | undefined;
  private tries = 1;

  /** `timeout_ms` for a case that has none of its own, for a client that took so long in the mean of late. */
  timeoutMs(meanMs: number): number {
    if (this.overran) {
      // The mean at that moment: what is waited for from then on would let it grow.
      this.shortMs ??= Math.min(LONG_MS, SHORT_MS + 2 * meanMs);
      return this.shortMs;
    }
    return meanMs > 0 && meanMs < QUICK_MEAN_MS ? QUICK_MS : LONG_MS;
  }

  /** When a call must be over, however often the client asks within it. */
  deadlineMs(timeoutMs: number, disturbed: Disturbance): number {
    return timeoutMs * this.triesOf(disturbed) + GRACE_MS + SLACK_MS;
  }

  /** How many time-outs one call may take: once one was run out, no more than this client was ever seen to use. */
  triesOf(disturbed: Disturbance): number {
    return this.overran ? Math.min(this.tries, TRIES[disturbed]) : TRIES[disturbed];
  }

  /** A call of a case without a time-out of its own is over; requests of calls at once are not told apart, and count for one. */
  saw(elapsedMs: number, timeoutMs: number, requests: number, disturbed: Disturbance): void {
    if (disturbed !== "none") this.tries = Math.max(this.tries, requests);
    if (elapsedMs >= timeoutMs * Math.max(1, requests)) this.overran = true;
  }
}
