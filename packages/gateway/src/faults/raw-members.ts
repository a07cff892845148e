import { parseJson } from "@ksherproof/core";

/** The members of a JSON object as they stand: names decoded, values as JSON text. May hold a name twice. */
export type RawMembers = readonly (readonly [name: string, json: string])[];

/** The members of a JSON object text; null where it is none. */
export function readMembers(text: string): RawMembers | null {
  const parsed = parseJson(text);
  if (!parsed.ok || parsed.value.kind !== "object") return null;
  return parsed.value.members.map(({ name, value }) => [name, text.slice(value.start, value.end)]);
}

/** The text of an object with these members, in this order. */
export function writeMembers(members: RawMembers): string {
  return `{${members.map(([name, json]) => `${JSON.stringify(name)}:${json}`).join(",")}}`;
}

/** The JSON text of a member, or undefined. */
export function rawMember(members: RawMembers, name: string): string | undefined {
  return members.find(([found]) => found === name)?.[1];
}

/** The members with one replaced where it stands, or added at the end. */
export function withMember(members: RawMembers, name: string, json: string): RawMembers {
  if (rawMember(members, name) === undefined) return [...members, [name, json]];
  return members.map((pair) => (pair[0] === name ? [name, json] : pair));
}

/** The members without those of this name. */
export function withoutMember(members: RawMembers, name: string): RawMembers {
  return members.filter(([found]) => found !== name);
}
