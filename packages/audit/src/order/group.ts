import type { Fact } from "../record/fact.js";
import { type Chainer, ScriptChainer } from "./chains.js";
import { Rows } from "./row-reader.js";
import type { ChunkStart } from "./rows.js";
import { tells } from "./screen.js";

/**
 * Groups the rows in one buffer by their two hashes, then by appid and id themselves, and calls back with each group that
 * can show something; the others are only counted. The order of the groups does not depend on that of the rows. Returns how
 * many orders there were. A `chainer` takes rows that are in its own memory.
 */
export function groupRows(
  bytes: Buffer,
  startOf: (chunk: number) => ChunkStart,
  visit: (facts: readonly Fact[]) => void,
  chainer: Chainer = new ScriptChainer(),
): number {
  const rows = new Rows(bytes);
  const { orders: done, heads, next } = chainer.chain(bytes);
  let orders = done;
  const take = (group: readonly number[]): void => {
    if (!rows.isNonce(group[0] ?? 0)) orders += 1;
    if (tells(rows, group)) visit(group.map((row) => rows.fact(row, startOf)));
  };
  for (const head of heads) {
    const chain: number[] = [];
    for (let one = head + 1; one !== 0; one = next[(one - 1) >> 5] ?? 0) chain.push(one - 1);
    if (chain.every((one) => rows.sameKey(head, one))) take(chain);
    else for (const group of apart(rows, chain)) take(group);
  }
  return orders;
}

/** The rows of one chain as groups of one key each, in the order of their hashes. */
function apart(rows: Rows, chain: readonly number[]): readonly (readonly number[])[] {
  const groups: number[][] = [];
  for (const row of chain) {
    const group = groups.find(([first]) => first !== undefined && rows.sameKey(first, row));
    if (group) group.push(row);
    else groups.push([row]);
  }
  const hash = (group: readonly number[], word: number): number =>
    rows.words[((group[0] ?? 0) >> 2) + word] ?? 0;
  return groups.sort((a, b) => hash(a, 1) - hash(b, 1) || hash(a, 2) - hash(b, 2));
}
