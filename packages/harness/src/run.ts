import type { ClientUnderTest } from "./adapter/client.js";
import { Bench } from "./bench.js";
import { causes } from "./cause.js";
import { CHECKS } from "./checks/all.js";
import type { Check } from "./checks/check.js";
import type { Evidence } from "./evidence.js";
import { belongs, type Level, REQUIREMENT_IDS, requirementOf } from "./requirements.js";
import { Stage } from "./stage.js";
import { judge, type RequirementVerdict } from "./verdicts.js";

export interface RunOptions {
  readonly level?: Level;
  /** Requirement ids, or beginnings of them (`CXL`, `CXL-007`). */
  readonly only?: readonly string[];
  readonly seed?: number;
  /** How many random cases each generator adds to its fixed ones. */
  readonly runs?: number;
  /** Stop starting checks after so many milliseconds. */
  readonly timeBudgetMs?: number;
  /** Told before each check. */
  readonly onCheck?: (check: Check, done: number, all: number) => void;
}

/** Everything that a run found out. */
export interface Report {
  readonly client: ClientUnderTest["hello"];
  readonly raw: boolean;
  readonly level: Level;
  readonly seed: number;
  readonly runs: number;
  /** Whether every requirement of the level that the client's operations can show was shown to hold. */
  readonly conforms: boolean;
  /** Nothing at all was exercised. */
  readonly empty: boolean;
  readonly requirements: readonly RequirementVerdict[];
  readonly notRun: readonly string[];
  readonly elapsedMs: number;
  readonly exchanges: number;
  readonly evidence: readonly Evidence[];
}

export const DEFAULT_RUNS = 12;

/** Holds a client to the requirements; never throws for what the client does. */
export async function runChecks(client: ClientUnderTest, options: RunOptions = {}): Promise<Report> {
  const began = performance.now();
  const level = options.level ?? "must";
  const seed = options.seed ?? 1;
  const runs = options.runs ?? DEFAULT_RUNS;
  const stage = await Stage.open(seed);
  const bench = new Bench(client, stage, { seed, runs });
  const asked = REQUIREMENT_IDS.filter((id) => isAsked(id, level, options.only));
  const wanted = CHECKS.filter((check) => isWanted(check, asked, bench));
  const notRun: string[] = [];
  const ran = new Set<string>();
  try {
    for (const [i, check] of wanted.entries()) {
      if (options.timeBudgetMs !== undefined && performance.now() - began > options.timeBudgetMs) {
        notRun.push(check.id);
        continue;
      }
      options.onCheck?.(check, i, wanted.length);
      ran.add(check.id);
      await check.run(bench);
    }
  } finally {
    await stage.close();
  }
  const { hello } = client;
  const evidence = causes(bench.evidences.all);
  const held = asked.map((id) =>
    judge(id, evidence, { ops: hello.ops, tls: hello.tls, ran: new Set([...ran, ...notRun]) }),
  );
  const known = held.filter(({ verdict }) => verdict !== "not_supported");
  return {
    client: hello,
    raw: bench.shared.raw,
    level,
    seed,
    runs,
    conforms: known.length > 0 && known.every(({ verdict }) => verdict === "pass"),
    empty: !held.some(({ verdict }) => verdict === "pass" || verdict === "fail"),
    requirements: held,
    notRun,
    elapsedMs: performance.now() - began,
    exchanges: bench.shared.exchanges,
    evidence,
  };
}

/** Requirements that clients are held to: the ones that some check can show. */
function isAsked(id: string, level: Level, only: readonly string[] | undefined): boolean {
  if (!CHECKS.some(({ requirements }) => requirements.includes(id))) return false;
  if (only !== undefined && only.length > 0)
    return only.some((start) => id === start || id.startsWith(`${start}-`));
  return belongs(requirementOf(id), level);
}

/** The checks that can show what is asked, and `trust`, which queries rest on. */
function isWanted(check: Check, asked: readonly string[], bench: Bench): boolean {
  if (!check.needs.every((op) => bench.offers(op))) return false;
  if (check.needsTls === true && !bench.client.hello.tls) return false;
  const rests = check.id === "trust" && asked.some((id) => id.startsWith("QRY"));
  return rests || check.requirements.some((id) => asked.includes(id));
}
