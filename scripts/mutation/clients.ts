// What the checks of the harness are measured by: correct clients and wrong ones of this process (test/conformance), held
// to what `pnpm mutate --clients` names. The id of a check: that check alone, so that no other one hides what it lost. The
// id of a requirement: a run with --only, as a user's is. clients-runner.mjs runs them.

import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import {
  CHECKS,
  type ClientObject,
  inProcess,
  newStageKeys,
  runChecks,
  type StageKey,
  type StageKeys,
  stageKey,
} from "@ksherproof/harness";
import { Bench } from "../../packages/harness/src/bench.js";
import { causes } from "../../packages/harness/src/cause.js";
import { Stage } from "../../packages/harness/src/stage.js";
import type { HandMade } from "../../test/conformance/client/hand-made.js";
import { operationsOf, patched } from "../../test/conformance/client/operations.js";
import { MUTANTS } from "../../test/conformance/mutants/all.js";
import type { Mutant } from "../../test/conformance/mutants/mutant.js";
import { STYLES } from "../../test/conformance/styles.js";

const text = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

/** The keys of the vectors: the same in every run, new objects in each, so that nothing is known of them beforehand. */
function vectorKeys(): StageKeys {
  const keys = newStageKeys();
  for (const [role, sizes] of [
    ["merchants", [512, 1024, 2048]],
    ["gateways", [512, 1024, 2048]],
    ["strangers", [512, 1024]],
  ] as const)
    for (const bits of sizes)
      (keys[role] as Map<number, StageKey>).set(bits, vectorKey(role.slice(0, -1), bits));
  return keys;
}

function vectorKey(owner: string, bits: number): StageKey {
  return stageKey(text(`vectors/keys/${owner}-${bits}.pkcs8.pem`));
}

/** So many wrong clients for a check. */
const MOST = 6;
/** Checks that take a moment are held to all wrong clients that they show; some of these to every style of correct ones. */
const QUICK = /^(cxl-\d+|webhooks|canonicalize|sign|verify-\w+|nonces|key-sizes|lang|tampered|codes)$/;
const ALL_STYLES = /^(cxl-\d+|webhooks)$/;
/** Checks that wait for time-outs, with the clients that wait least. */
const SLOW: Readonly<Record<string, readonly string[]>> = {
  timeouts: ["plain", "time-out-is-failed"],
  sequences: ["plain", "expired-is-cancelled"],
  retrying: ["plain", "raw", "says-cancelled-after-retry", "keeps-request-for-retry", "signs-retry-once"],
};
/** What the generated sequences alone can show takes many of them. */
const RUNS: Readonly<Record<string, number>> = { sequences: 60 };
/** Correct clients. */
const CORRECT = ["plain", "tells-what-it-learned"];
/** They take as long as all others together: the doctor looks long for what they did. */
const LEFT_OUT = [
  "appends-key",
  "signs-unescaped-html",
  "signs-without-unseen-letters",
  "halves-backslashes",
];

const shownBy = new Map(
  [
    ...text("docs/reference/kill-matrix.md").matchAll(/^\| `([^`]+)` \| [A-Z]{3}-\d+ \|.*\| ([^|]*) \|$/gm),
  ].map(([, id = "", checks = ""]) => [id, checks.split(", ")] as const),
);

/** The wrong clients that a check shows by one of its requirements: in turn one for each, first those that few checks show. */
function shownWith(check: (typeof CHECKS)[number]): readonly Mutant[] {
  const few = (one: Mutant): number => shownBy.get(one.id)?.length ?? 0;
  const own = MUTANTS.filter(
    ({ id, requirement }) =>
      shownBy.get(id)?.includes(check.id) &&
      check.requirements.includes(requirement) &&
      (SLOW[check.id]?.includes(id) ?? !LEFT_OUT.includes(id)),
  ).sort((a, b) => few(a) - few(b));
  const turn = (one: Mutant): number =>
    own.filter(({ requirement }) => requirement === one.requirement).indexOf(one);
  return own.sort((a, b) => turn(a) - turn(b)).slice(0, QUICK.test(check.id) ? 100 : MOST);
}

/** A client object and what it has written, as an adapter's stderr would have it (SEC-001). */
function wrong({ id, patch }: Mutant): {
  readonly object: ClientObject;
  readonly output: () => string;
} {
  let client: HandMade | undefined;
  const object = operationsOf(id, () => {
    client = patched(patch);
    return client;
  });
  return { object, output: () => client?.written.join("\n") ?? "" };
}

const none = (): string => "";

/** What a check alone says: the requirements that it shows to hold, and those that it shows to be broken. */
async function alone(check: (typeof CHECKS)[number], object: ClientObject, output = none) {
  const stage = await Stage.open(7, undefined, vectorKeys());
  try {
    const runs = RUNS[check.id] ?? 1;
    const bench = new Bench({ ...inProcess(object), output }, stage, { seed: 7, runs });
    await check.run(bench);
    const all = causes(bench.evidences.all);
    const having = (wanted: string): readonly string[] =>
      [
        ...new Set(all.flatMap(({ requirement, verdict }) => (verdict === wanted ? [requirement] : []))),
      ].sort();
    return { passed: having("pass"), failed: having("fail"), spoilt: having("caused") };
  } finally {
    await stage.close();
  }
}

/** What a run with `--only` says. */
async function only(id: string, object: ClientObject, output = none) {
  const client = { ...inProcess(object), output };
  const report = await runChecks(client, {
    level: "hardening",
    only: [id],
    seed: 7,
    runs: 1,
    keys: vectorKeys(),
  });
  const failed = report.requirements.filter(({ verdict }) => verdict === "fail");
  return { conforms: report.conforms, failed: failed.map(({ requirement }) => requirement.id) };
}

/** One client, held to one thing: rejects where the answer is not the one that it must be. */
export interface ClientCase {
  readonly name: string;
  readonly run: () => Promise<void>;
}

function must(found: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(found, expected))
    throw new Error(`expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`);
}

function casesOf(id: string): readonly ClientCase[] {
  const check = CHECKS.find((one) => one.id === id);
  if (!check) {
    const broken = MUTANTS.filter((one) => one.requirement === id && !LEFT_OUT.includes(one.id)).slice(0, 3);
    return [
      ...broken.map((mutant) => ({
        name: `--only ${id}: ${mutant.id}`,
        run: async () => {
          const { object, output } = wrong(mutant);
          must(await only(id, object, output), { conforms: false, failed: [id] });
        },
      })),
      {
        name: `--only ${id}: plain`,
        run: async () => must(await only(id, STYLES[0]?.client() ?? {}), { conforms: true, failed: [] }),
      },
    ];
  }
  const correct = STYLES.filter((one) => {
    if (!ALL_STYLES.test(id)) return (SLOW[id] ?? CORRECT).includes(one.id);
    const client = one.client();
    return one.id !== "slow" && check.needs.every((op) => typeof client[op] === "function");
  });
  return [
    ...shownWith(check).map((mutant) => ({
      name: `${id}: ${mutant.id}`,
      run: async () => {
        const { object, output } = wrong(mutant);
        must((await alone(check, object, output)).failed, [mutant.requirement]);
      },
    })),
    ...correct.map((style) => ({
      name: `${id}: ${style.id}`,
      run: async () => {
        const { passed, failed, spoilt } = await alone(check, style.client());
        must([failed, spoilt], [[], []]);
        if (style.id === "plain" && !check.supplements)
          must(
            check.requirements.filter((one) => !passed.includes(one)),
            [],
          );
      },
    })),
  ];
}

/** The clients for some checks and requirements. Throws for a word that is neither. */
export function clientCases(ids: readonly string[]): readonly ClientCase[] {
  return ids.flatMap((id) => {
    const cases = casesOf(id);
    if (cases.length < 2)
      throw new Error(`--clients: there is no check and no requirement ${id} with a wrong client`);
    return cases;
  });
}
