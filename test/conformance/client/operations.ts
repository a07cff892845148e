import type { ClientObject } from "@ksherproof/harness";
import { type Args, HandMade } from "./hand-made.js";

type OpName = "canonicalize" | "sign" | "verify" | "create" | "cancel" | "query" | "notify";
/** What is put in the place of some methods of a correct client: a style, or a fault. */
export type Patch = (client: HandMade) => Partial<HandMade>;

const fieldsOf = (args: Args): ReadonlyMap<string, string> =>
  new Map(Object.entries(args.params as Record<string, string>));

/** A client with some methods replaced; what the replacements call on `client` is the method that was there before. */
export function patched(patch: Patch): HandMade {
  const original = new HandMade();
  const made = new HandMade();
  const before: Record<string, unknown> = {};
  for (const name of Object.getOwnPropertyNames(HandMade.prototype)) {
    const method = (original as unknown as Record<string, unknown>)[name];
    if (name !== "constructor" && typeof method === "function") before[name] = method.bind(made);
  }
  return Object.assign(made, patch(Object.assign(Object.create(made) as HandMade, before)));
}

/** The operations of write-an-adapter.md over a hand-made client; a restart begins with a new one. */
export function operationsOf(name: string, make: () => HandMade): ClientObject {
  const client = make();
  return {
    name,
    tls: true,
    canonicalize: (args) => ({ canonical: client.canonical(fieldsOf(args)) }),
    sign: (args) => ({ sign: client.signature(fieldsOf(args), args) }),
    verify: (args) => ({ valid: client.doVerify(args) }),
    create: (args) => client.doCreate(args),
    cancel: (args) => client.doCancel(args),
    query: (args) => client.doQuery(args),
    notify: (args) => client.doNotify(args),
    restart: () => operationsOf(name, make),
  };
}

/** The same client with some of its operations only. */
export function only(object: ClientObject, ops: readonly OpName[]): ClientObject {
  const kept = Object.entries(object).filter(
    ([name, value]) => typeof value !== "function" || (ops as readonly string[]).includes(name),
  );
  return {
    ...Object.fromEntries(kept),
    restart: () => only(object.restart?.() ?? object, ops),
  } as ClientObject;
}
