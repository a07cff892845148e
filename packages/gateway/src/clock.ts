import { UsageError } from "@ksherproof/core";

/** Where the time comes from: milliseconds since 1970. */
export interface Clock {
  now(): number;
}

/** A clock that can be put forward: for waiting out an expiry or a retry without waiting. */
export interface AdjustableClock extends Clock {
  /** Puts the clock forward. Throws `UsageError` for a negative or fractional number of milliseconds. */
  advance(ms: number): void;
}

/** The moment of the documented cancel example, 2022-09-19 04:12:12 UTC: where virtual clocks start. */
export const CLOCK_START: number = Date.UTC(2022, 8, 19, 4, 12, 12);

/** A clock that stands still until it is put forward: the same script gives the same times. */
export class VirtualClock implements AdjustableClock {
  #now: number;

  constructor(start: number = CLOCK_START) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  advance(ms: number): void {
    this.#now += wholeStep(ms);
  }
}

/** A running clock, read from `read`, that can be put forward all the same; it never goes back, whatever `read` says. */
export class RunningClock implements AdjustableClock {
  readonly #read: () => number;
  #offset = 0;
  #last = Number.NEGATIVE_INFINITY;

  constructor(read: () => number) {
    this.#read = read;
  }

  now(): number {
    this.#last = Math.max(this.#last, this.#read() + this.#offset);
    return this.#last;
  }

  advance(ms: number): void {
    this.#offset += wholeStep(ms);
  }
}

function wholeStep(ms: number): number {
  if (Number.isSafeInteger(ms) && ms >= 0) return ms;
  throw new UsageError("clock_step", `Expected a whole number of milliseconds from 0 up, found ${ms}.`, {
    hint: "A clock goes forward only.",
  });
}
