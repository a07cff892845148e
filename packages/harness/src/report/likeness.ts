import type { ReportDocument, RequirementDocument } from "./document.js";
import type { StreamEvent } from "./events.js";

/** What stands for a value of any kind, for one that may be null, and for one that may be missing. */
const ANY = Symbol("any");
const OR_NULL = Symbol("or null");
const orNull = (like: unknown) => ({ [OR_NULL]: like });
const OR_NONE = Symbol("or none");
const orNone = (like: unknown) => ({ [OR_NONE]: like });

const STEP = { who: "", what: "" };
const WIRE = {
  at_ms: 0,
  took_ms: orNull(0),
  method: "",
  path: "",
  request: "",
  status: orNull(0),
  answer: "",
  faults: [ANY],
  ending: "",
};
const FAILURE = {
  check: "",
  detail: "",
  expected: orNull(""),
  got: orNull(""),
  story: [STEP],
  canonical: orNull({ right: "", other: "" }),
  diagnosis: orNull({ verdict: "", summary: "", mistakes: [{ id: "", requirement: "", says: "" }] }),
  wire: [WIRE],
  stderr: "",
  commands: [{}],
  scene: {},
  outcomes: [""],
  during: "",
  fingerprint: "",
  reproduce: "",
};
const REQUIREMENT = {
  id: "",
  level: "",
  basis: "",
  text: "",
  why: "",
  doubt: orNull(""),
  verdict: "",
  reason: "",
  observations: 0,
  cause: orNull(""),
  checks: [""],
  failure: orNull(FAILURE),
} satisfies Readonly<Record<keyof RequirementDocument, unknown>>;
const BASELINE = {
  file: "",
  known: [{ requirement: "", reason: "", issue: orNull(""), expires: orNull("") }],
  problems: [{ kind: "", entry: "", says: "", mend: "" }],
};
const CELLS = { touched: {}, gaps: [""] };
const HEAD = {
  tool: { name: "", version: "" },
  client: { name: "", version: "", language: "", ops: [""], concurrent: true, tls: true },
  adapter: "",
  level: "",
  profile: "",
  only: [""],
  seed: 0,
  runs: 0,
};
const END = { conforms: true, interrupted: true, raw_client: true, not_run: [""], cells: CELLS };
const COUNTS = { samples: orNone({ shown: 0, spared: 0 }), exchanges: 0, elapsed_ms: 0 };

/** A report, member by member, as an example: what every reporter reads. More members are let be. */
export const REPORT_LIKE = {
  ...HEAD,
  ...END,
  ...COUNTS,
  accepted: true,
  baseline: orNull(BASELINE),
  summary: { pass: 0, fail: 0, not_exercised: 0, not_supported: 0 },
  causes: [""],
  requirements: [REQUIREMENT],
} satisfies Partial<Record<keyof ReportDocument, unknown>>;

/** The lines of a stream that a report is made from, each as an example. */
export const EVENTS_LIKE: { readonly [kind in StreamEvent["event"]]?: unknown } = {
  begin: HEAD,
  requirement: REQUIREMENT,
  baseline: BASELINE,
  end: { ...END, ...COUNTS },
};

/** Where a value is not like an example, in words; null where it is. A list is like its first entry throughout. */
export function unlike(value: unknown, like: unknown, where: string): string | null {
  if (like === ANY) return null;
  if (typeof like !== "object" || like === null)
    return typeof value === typeof like ? null : `${where}: expected a ${typeof like}`;
  if (OR_NULL in like) return value === null ? null : unlike(value, like[OR_NULL], where);
  if (OR_NONE in like) return value === undefined ? null : unlike(value, like[OR_NONE], where);
  if (Array.isArray(like)) {
    if (!Array.isArray(value)) return `${where}: expected a list`;
    return first(value.map((item, i) => [item, like[0], `${where}[${i}]`]));
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return `${where}: expected an object`;
  const members = value as Readonly<Record<string, unknown>>;
  return first(Object.entries(like).map(([name, one]) => [members[name], one, `${where}.${name}`]));
}

function first(all: readonly (readonly [unknown, unknown, string])[]): string | null {
  for (const [value, like, where] of all) {
    const found = unlike(value, like, where);
    if (found !== null) return found;
  }
  return null;
}
