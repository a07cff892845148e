/** Whom a change can break: clients, gateways (the simulator and any other), or golden vectors and scenarios. */
export type Broken = "clients" | "gateways" | "vectors";

/** One difference between two revisions of the specs. */
export interface Change {
  readonly kind: "added" | "removed" | "changed";
  /** What kind of thing: `requirement`, `code`, `result`, `outcome`, `state`, `transition`, `endpoint`, `field`, `doubt`, `key`. */
  readonly of: string;
  /** Its name: `CXL-007`, `cancel_order -5`, `cancel-order.request /lang`. */
  readonly name: string;
  /** What is different, in one sentence. */
  readonly detail: string;
  /** Empty where nobody has to do anything. */
  readonly breaks: readonly Broken[];
}

/** The rows of two lists side by side, by a key. */
export function paired<T>(
  old: readonly T[],
  now: readonly T[],
  key: (row: T) => string,
): readonly { readonly name: string; readonly old?: T; readonly now?: T }[] {
  const before = new Map(old.map((row) => [key(row), row]));
  const after = new Map(now.map((row) => [key(row), row]));
  return [...new Set([...before.keys(), ...after.keys()])].map((name) => {
    const [was, is] = [before.get(name), after.get(name)];
    return { name, ...(was === undefined ? {} : { old: was }), ...(is === undefined ? {} : { now: is }) };
  });
}

/** The members in which two rows differ, as `outcome was a, is b`. */
export function differences(
  old: object,
  now: object,
): readonly { readonly member: string; readonly detail: string }[] {
  const members = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  const text = (row: object, member: string): string =>
    JSON.stringify((row as Record<string, unknown>)[member]) ?? "nothing";
  return members
    .filter((member) => text(old, member) !== text(now, member))
    .map((member) => ({ member, detail: `${member} was ${text(old, member)}, is ${text(now, member)}` }));
}
