import type { Requirement, Specs } from "../model.js";
import { type Broken, type Change, differences, paired } from "./change.js";

/** Which members of a row matter to whom; a change of any other breaks nobody. */
type Matters = Readonly<Record<string, readonly Broken[]>>;

function rows<T extends object>(
  of: string,
  pairs: readonly { readonly name: string; readonly old?: T; readonly now?: T }[],
  whole: { readonly added: readonly Broken[]; readonly removed: readonly Broken[] },
  matters: Matters,
): readonly Change[] {
  return pairs.flatMap(({ name, old, now }): Change[] => {
    if (!old) return [{ kind: "added", of, name, detail: `${name} is new.`, breaks: whole.added }];
    if (!now) return [{ kind: "removed", of, name, detail: `${name} is gone.`, breaks: whole.removed }];
    return differences(old, now).map(({ member, detail }) => ({
      kind: "changed",
      of,
      name,
      detail: `${detail}.`,
      breaks: matters[member] ?? [],
    }));
  });
}

/** Codes and results: a client must know what each means, vectors hold the outcomes. */
export function codeChanges(old: Specs, now: Specs): readonly Change[] {
  const flat = (specs: Specs) =>
    Object.entries(specs.codes.endpoints).flatMap(([endpoint, list]) =>
      list.map((row) => ({ endpoint, ...row })),
    );
  const whole = { added: ["clients", "vectors"], removed: ["gateways", "vectors"] } as const;
  const matters: Matters = {
    outcome: ["clients", "vectors"],
    data: ["gateways", "vectors"],
    documented: ["gateways", "vectors"],
    final: ["clients"],
  };
  return [
    ...rows(
      "code",
      paired(flat(old), flat(now), ({ endpoint, code }) => `${endpoint} ${code}`),
      whole,
      matters,
    ),
    ...rows(
      "result",
      paired(old.codes.results, now.codes.results, ({ result }) => result),
      whole,
      matters,
    ),
  ];
}

/** States and transitions: what a gateway does, which scenarios play. */
export function stateChanges(old: Specs, now: Specs): readonly Change[] {
  const both = { added: ["gateways", "vectors"], removed: ["gateways", "vectors"] } as const;
  const steps = ({ states }: Specs) =>
    states.transitions.flatMap(({ event, from, to, setting }) =>
      from.map((state) => ({ event, state, to, setting })),
    );
  return [
    ...rows(
      "state",
      paired(old.states.states, now.states.states, ({ state }) => state),
      both,
      {
        link: ["gateways", "vectors"],
        paid: ["gateways", "vectors"],
        cancel: ["clients", "gateways", "vectors"],
        result: ["clients", "gateways", "vectors"],
      },
    ),
    ...rows(
      "transition",
      paired(steps(old), steps(now), ({ event, state }) => `${event} in ${state}`),
      both,
      {
        to: ["gateways", "vectors"],
      },
    ),
  ];
}

/** Outcomes are the words of the adapter protocol. */
export function outcomeChanges(old: Specs, now: Specs): readonly Change[] {
  const flat = (specs: Specs) =>
    Object.entries(specs.outcomes.operations).flatMap(([operation, list]) =>
      list.map((row) => ({ operation, ...row })),
    );
  const both = { added: ["clients", "vectors"], removed: ["clients", "vectors"] } as const;
  return rows(
    "outcome",
    paired(flat(old), flat(now), ({ operation, outcome }) => `${operation} ${outcome}`),
    both,
    {},
  );
}

/** Endpoints, keys and what signatures cover. */
export function protocolChanges(old: Specs, now: Specs): readonly Change[] {
  const everybody = ["clients", "gateways", "vectors"] as const;
  const all = { added: ["gateways"], removed: everybody } as const;
  const subset = { added: everybody, removed: everybody } as const;
  return [
    ...rows(
      "endpoint",
      paired(old.protocol.endpoints, now.protocol.endpoints, ({ name }) => name),
      all,
      {
        path: everybody,
        signed_data: everybody,
        host: ["clients"],
      },
    ),
    ...rows(
      "signed subset",
      paired(old.protocol.signed_subsets, now.protocol.signed_subsets, ({ endpoint }) => endpoint),
      subset,
      { members: everybody },
    ),
    ...rows(
      "key",
      paired(old.protocol.keys, now.protocol.keys, ({ name }) => name),
      { added: [], removed: ["clients"] },
      {
        pem: ["clients", "vectors"],
      },
    ),
    ...rows(
      "webhook",
      [{ name: "mch_notify_url", old: old.protocol.webhook, now: now.protocol.webhook }],
      all,
      {
        accepted: everybody,
        media_type: ["clients", "gateways"],
        retry_seconds: ["gateways"],
        signed_data: everybody,
      },
    ),
    ...rows(
      "doubt",
      paired(old.doubts, now.doubts, ({ id }) => id),
      { added: [], removed: [] },
      {
        tolerant: ["vectors"],
        strict: ["vectors"],
      },
    ),
  ];
}

/** Requirements: a new must, or one that says something else, breaks whoever is held to it. */
export function requirementChanges(old: Specs, now: Specs): readonly Change[] {
  return paired(old.requirements, now.requirements, ({ id }) => id).flatMap(
    ({ name, old: was, now: is }): Change[] => {
      const of = "requirement";
      if (!was && is)
        return [
          {
            kind: "added",
            of,
            name,
            detail: `A new ${is.level}: ${is.text}.`,
            breaks: is.level === "must" ? held(is) : [],
          },
        ];
      if (was && !is)
        return [
          {
            kind: "removed",
            of,
            name,
            detail: `It was a ${was.level}; an id that is gone is never used again.`,
            breaks: ["vectors"],
          },
        ];
      if (!was || !is) return [];
      return differences(was, is).map(({ member, detail }) => ({
        kind: "changed",
        of,
        name,
        detail: `${detail}.`,
        breaks: requirementBreaks(member, was, is),
      }));
    },
  );
}

function requirementBreaks(member: string, was: Requirement, is: Requirement): readonly Broken[] {
  if (member === "text") return is.level === "must" ? [...held(is), "vectors"] : [];
  if (member === "level") return is.level === "must" ? held(is) : [];
  if (member !== "held" || is.level !== "must") return [];
  return is.held.filter((one) => !was.held.includes(one)).map((one) => `${one}s` as const);
}

function held({ held: who }: Requirement): readonly Broken[] {
  return who.map((one) => `${one}s` as const);
}
