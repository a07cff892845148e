import type { ClientUnderTest } from "./adapter/client.js";
import { patient } from "./adapter/patient.js";
import { Bench, Shared } from "./bench.js";
import type { FailureBundle } from "./bundle.js";
import { causes } from "./cause.js";
import { type Cells, cellsOf, type Samples } from "./cells.js";
import { CHECKS } from "./checks/all.js";
import type { Check } from "./checks/check.js";
import { type Evidence, WorkersEvidences } from "./evidence.js";
import { type Profile, underProfile } from "./observed.js";
import { Plan } from "./plan.js";
import { redactor } from "./redact.js";
import { belongs, type Level, REQUIREMENT_IDS, requirementOf } from "./requirements.js";
import { DEFAULT_RUNS, type RunEvent } from "./run-events.js";
import { checkOf } from "./scenario-check.js";
import { secretsOf } from "./secrets.js";
import { Stage } from "./stage.js";
import { newStageKeys, type StageKeys } from "./stage-keys.js";
import { judge, ofTheFirst, type RequirementVerdict } from "./verdicts.js";

/** How a run is asked for. */
export interface RunOptions {
  readonly level?: Level;
  /** Requirement ids, or beginnings of them (`CXL`, `CXL-007`). */
  readonly only?: readonly string[];
  readonly seed?: number;
  /** How many random cases each generator adds to its fixed ones. */
  readonly runs?: number;
  /** The time for the whole run, in milliseconds: a client is shown so many samples as fit, and nothing after it. */
  readonly timeBudgetMs?: number;
  readonly profile?: Profile;
  /** Starts the client once more, for each further worker. */
  readonly another?: () => Promise<ClientUnderTest>;
  /** How many adapters at once; 1 where it is not given. */
  readonly workers?: number;
  /** Keys to use again: making new ones takes longer than many a run. */
  readonly keys?: StageKeys;
  /** Ends the run early; what is known by then is judged and reported as interrupted. */
  readonly signal?: AbortSignal;
  /** Failures of earlier runs that were promoted: they are played again beside the checks. */
  readonly scenarios?: readonly FailureBundle[];
  readonly on?: (event: RunEvent) => void;
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
  readonly interrupted: boolean;
  readonly requirements: readonly RequirementVerdict[];
  readonly notRun: readonly string[];
  readonly cells: Cells;
  /** Only of a slow client: how many samples it was shown, and how many it was spared. */
  readonly samples?: Samples;
  readonly elapsedMs: number;
  readonly exchanges: number;
  readonly evidence: readonly Evidence[];
}

/** Checks that others rest on: they run first, one after another, so that causes are known before effects. */
const GROUND: ReadonlySet<string> = new Set([
  "canonicalize",
  "sign",
  "verify-genuine",
  "verify-wrong",
  "key-sizes",
  "trust",
]);

/** Holds a client to the requirements; never throws for what the client does. */
export async function runChecks(client: ClientUnderTest, options: RunOptions = {}): Promise<Report> {
  const began = performance.now();
  const {
    level = "must",
    only = [],
    seed = 1,
    runs = DEFAULT_RUNS,
    profile = "documented",
    keys = newStageKeys(),
    on = () => undefined,
  } = options;
  const { hello } = client;
  const { scenarios = [] } = options;
  const promoted = new Set(scenarios.map(({ requirement }) => requirement.id));
  const asked = REQUIREMENT_IDS.filter((id) => promoted.has(id) || isAsked(id, level, only));
  const wanted = [...CHECKS.filter((check) => isWanted(check, asked, hello)), ...scenarios.map(checkOf)];
  on({ event: "begin", client: hello, level, profile, only, seed, runs, checks: wanted.length });
  const plan = new Plan({
    checks: wanted.length,
    budgetMs: options.timeBudgetMs,
    workers: options.another ? options.workers : 1,
  });
  const shared = new Shared(plan);
  shared.evidences.onFail = ({ requirement, check, detail }) =>
    on({ event: "failure", requirement, check, detail });
  // One patience for the whole run: a client that was given up once is not waited for again.
  const notRun = await runAll(patient(client), wanted, shared, { ...options, seed, runs, on, keys });
  const interrupted = options.signal?.aborted === true;
  const evidence = causes(underProfile([...shared.evidences.all], profile));
  const ran = new Set(wanted.map(({ id }) => id));
  // A requirement of another level that broke first belongs into the report: it is why others could not be judged.
  const first = new Set(
    evidence.flatMap(({ requirement, cause }) => (cause && asked.includes(requirement) ? [cause] : [])),
  );
  const held = REQUIREMENT_IDS.filter((id) => asked.includes(id) || first.has(id))
    .map((id) => judge(id, evidence, { ops: hello.ops, tls: hello.tls, ran }))
    .map((one) => withoutTime(one, notRun, interrupted))
    .map((one, _, every) => ofTheFirst(one, every));
  const redact = redactor([...keys.merchants.values()].flatMap(secretsOf));
  for (const verdict of held) on({ event: "requirement", verdict, redact });
  const known = held.filter(({ verdict }) => verdict !== "not_supported");
  const conforms = !interrupted && known.length > 0 && known.every(({ verdict }) => verdict === "pass");
  const elapsedMs = performance.now() - began;
  const cells = cellsOf(shared.cells, hello.ops);
  const { raw, exchanges, samples } = shared;
  const slow = samples.spared > 0 ? { samples } : {};
  on({
    event: "end",
    conforms,
    interrupted,
    raw_client: raw,
    not_run: notRun,
    cells,
    ...slow,
    exchanges,
    elapsed_ms: Math.round(elapsedMs),
  });
  return {
    client: hello,
    raw,
    level,
    seed,
    runs,
    conforms,
    interrupted,
    requirements: held,
    notRun,
    cells,
    ...slow,
    elapsedMs,
    exchanges,
    evidence,
  };
}

/** A requirement whose checks were not reached, or not to their end, says so. */
function withoutTime(
  one: RequirementVerdict,
  notRun: readonly string[],
  interrupted: boolean,
): RequirementVerdict {
  if (one.verdict !== "not_exercised" || one.cause !== null) return one;
  const missed = CHECKS.filter(({ id, requirements }) => {
    return notRun.includes(id) && requirements.includes(one.requirement.id);
  });
  if (missed.length === 0) return one;
  const reason = interrupted ? "The run was interrupted before the end of" : "Time ran out before the end of";
  return { ...one, why: `${reason} ${missed.map(({ id }) => id).join(", ")}.` };
}

interface Pool extends RunOptions {
  readonly seed: number;
  readonly runs: number;
  readonly on: (event: RunEvent) => void;
  readonly keys: StageKeys;
}

/** Runs the checks, the ground first, the others by several workers; gives those that were not reached, or not to their end. */
async function runAll(
  client: ClientUnderTest,
  wanted: readonly Check[],
  shared: Shared,
  { seed, runs, on, keys, another, timeBudgetMs, signal }: Pool,
): Promise<readonly string[]> {
  const queue = [...wanted.filter(({ id }) => GROUND.has(id)), ...wanted.filter(({ id }) => !GROUND.has(id))];
  const ground = queue.filter(({ id }) => GROUND.has(id)).length;
  const notRun: string[] = [];
  const { plan } = shared;
  const meanMs = (): number => client.meanMs?.() ?? 0;
  const time = timeBudgetMs === undefined ? [] : [AbortSignal.timeout(timeBudgetMs)];
  const stop = AbortSignal.any(signal ? [signal, ...time] : time);
  const stopped = new Promise<"stopped">((resolve) => {
    const end = (): void => {
      shared.evidences.end();
      resolve("stopped");
    };
    if (stop.aborted) end();
    stop.addEventListener("abort", end, { once: true });
  });
  let at = 0;
  const work = async (one: ClientUnderTest, until: number): Promise<void> => {
    const stage = await Stage.open(seed, undefined, keys);
    const evidences = new WorkersEvidences(shared.evidences);
    const bench = new Bench(one, stage, { seed, runs, shared, evidences });
    try {
      while (at < until) {
        const check = queue[at];
        at += 1;
        if (!check) return;
        if (stop.aborted) {
          notRun.push(check.id);
          continue;
        }
        const about = plan.aboutMs(bench.meanMs || meanMs());
        const slow = about === null ? {} : { about_ms: Math.round(about) };
        on({ event: "check", check: check.id, title: check.title, n: at, of: queue.length, ...slow });
        evidences.during = check.id;
        const running = check.run(bench);
        if ((await Promise.race([running, stopped])) === "stopped") {
          notRun.push(check.id);
          running.catch(() => undefined);
        }
      }
    } finally {
      await stage.close();
    }
  };
  await work(client, ground);
  const others: ClientUnderTest[] = [];
  try {
    for (let i = 1; i < plan.workers && another && !stop.aborted; i += 1) others.push(await another());
    await Promise.all([client, ...others].map((one) => work(one, queue.length)));
  } finally {
    await Promise.all(others.map((one) => one.close()));
  }
  return notRun;
}

/** Requirements that clients are held to: the ones that some check can show. */
function isAsked(id: string, level: Level, only: readonly string[]): boolean {
  if (!CHECKS.some(({ requirements }) => requirements.includes(id))) return false;
  if (only.length > 0) return only.some((start) => id === start || id.startsWith(`${start}-`));
  return belongs(requirementOf(id), level);
}

/** The checks that can show what is asked, and `trust`, which queries rest on. */
function isWanted(check: Check, asked: readonly string[], hello: ClientUnderTest["hello"]): boolean {
  if (!check.needs.every((op) => hello.ops.includes(op))) return false;
  if (check.needsTls === true && !hello.tls) return false;
  const rests = check.id === "trust" && asked.some((id) => id.startsWith("QRY"));
  return rests || check.requirements.some((id) => asked.includes(id));
}
