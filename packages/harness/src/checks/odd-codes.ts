import { seeded } from "../randomness.js";

/** A code that is none of the documented ones, as its JSON member, and what a client breaks that reads it as one. */
export interface OddCode {
  readonly requirement: "RSP-003" | "RSP-007";
  readonly member: string;
}

/** What languages take for 0, or for another documented code, where they turn values into integers (RSP-007). */
const NO_INTEGERS = ["false", '""', "[]", "[0]", "{}", '"-5"', '" 0"', "0.4", "-0.5", "-5.5", '"cancelled"'];

/**
 * Integers that become documented codes where a sign is lost, where a number is kept in 8, 16 or 32 bits or in a float, or
 * where only its first digits are read (RSP-003).
 */
const INTEGERS = [
  5, 2, 251, -256, 65_531, 4_294_967_291, -4_294_967_301, -10, -31, -50, -64, 100, 404, -1000,
];

/** Fixed odd codes and random ones, short and long, of either sign. */
export function oddCodes(seed: number): readonly OddCode[] {
  const random = seeded(seed);
  const between = (least: number, most: number): number => least + random.below(most - least + 1);
  const integers = [
    ...INTEGERS,
    -between(7, 99),
    between(1, 99),
    -between(100, 9_999),
    between(101, 99_999),
    -between(100_000, 2_000_000_000),
  ];
  return [
    ...NO_INTEGERS.map((json): OddCode => ({ requirement: "RSP-007", member: `"code":${json}` })),
    { requirement: "RSP-007", member: '"data":{"code":0}' },
    ...integers.map((code): OddCode => ({ requirement: "RSP-003", member: `"code":${code}` })),
    { requirement: "RSP-003", member: '"code":-9007199254740993' },
  ];
}
