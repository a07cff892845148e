/** Seeded randomness: a run repeats for its seed. */
export interface Randomness {
  /** A whole number from 0 up to, not including, `below`. */
  below(below: number): number;
}

/** A small generator (mulberry32) that gives the same numbers for the same seed on every machine. */
export function seeded(seed: number): Randomness {
  let state = seed >>> 0;
  return {
    below(below) {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below);
    },
  };
}
