import { type RawMember, withMembers } from "./answer-data.js";

/** Data with one thing less than plain data, and what a client breaks that takes it though it refuses plain data. */
export interface Plainer {
  readonly requirement: string;
  readonly says: string;
  readonly members: readonly RawMember[];
}

/** The members with every number as the string of its digits. */
function withoutNumbers(members: readonly RawMember[]): readonly RawMember[] {
  return members.map(([name, json]) => [name, json.startsWith('"') ? json : JSON.stringify(json)]);
}

/** What to ask a client that refuses even plain data and makes no known mistake: each leaves out one kind of value. */
export function plainerThan(members: readonly RawMember[]): readonly Plainer[] {
  const plain = { rate: '"1"', time_end: '"20210527101807"', fee_type: '"thb"', cash_fee_type: '"thb"' };
  return [
    { requirement: "SIG-011", says: "has no integers", members: withoutNumbers(members) },
    { requirement: "SIG-004", says: "has letters and digits only", members: withMembers(members, plain) },
  ];
}
