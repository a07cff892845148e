/** Seeded randomness: the same seed gives the same draws, and the state can be saved. Not for secrets. */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** The state, for a snapshot: `new Chance(chance.state)` goes on where this one is. */
  get state(): number {
    return this.#state;
  }

  /** A number from 0 up to, not including, `below` (mulberry32). */
  below(below: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000) * below);
  }

  /** A text of `length` letters drawn from an alphabet. */
  text(length: number, alphabet: string): string {
    let drawn = "";
    for (let i = 0; i < length; i += 1) drawn += alphabet[this.below(alphabet.length)] ?? "";
    return drawn;
  }
}
