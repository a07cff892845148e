import { RunningClock } from "@ksherproof/gateway";
import { type Authority, createAuthority } from "../authority.js";
import type { Call } from "../call.js";
import type { ContainmentAsked } from "../containment.js";
import { createCounterpart } from "../counterpart.js";
import { type GatewayKey, newGatewayKey } from "../gateway-key.js";
import type { InterceptMerchant } from "../merchant.js";
import type { ProxySight } from "../proxy.js";
import { openSession, type Session } from "../session.js";
import { judgeTls, tlsEvidence } from "../tls-check.js";
import { type Evidence, evidenceOf, judgeRun, type Level, type RequirementShown } from "../verdict.js";
import { fillCommand, type Placeholders } from "./command.js";
import { gatewayMismatch, judgeStep, type ProbeRun, secretEvidence } from "./judge-step.js";
import { toldOutcome } from "./outcome.js";
import type { CallStep, OutcomeTable, ProbeScript, ProbeStep } from "./script.js";
import { stepWords } from "./words.js";

/** Keys and authority, made once for many scripts. */
export interface ProbeStage {
  readonly key: GatewayKey;
  readonly strangerKey: GatewayKey;
  readonly authority: Authority;
}

/** Makes a stage; `now` is in milliseconds since 1970. */
export function newProbeStage(now: number, key: GatewayKey = newGatewayKey()): ProbeStage {
  return { key, strangerKey: newGatewayKey(), authority: createAuthority(now) };
}

export interface ProbeOptions {
  /** The client's command line in words, placeholders and all. */
  readonly command: readonly [string, ...string[]];
  readonly merchant: InterceptMerchant;
  readonly keyFile: string;
  readonly opNames: Placeholders["opNames"];
  /** Read after the script's own table. */
  readonly outcomes: OutcomeTable;
  readonly addedHosts: readonly string[];
  readonly stage: ProbeStage;
  readonly level: Level;
  /** Ends one call of the client after so many milliseconds. */
  readonly timeoutMs: number;
  readonly containment: ContainmentAsked;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => number;
}

/** How one step went. */
export interface StepShown {
  readonly step: ProbeStep;
  readonly words: string;
  readonly ok: boolean;
  /** Expected and found, where it did not hold. */
  readonly detail: string | null;
  readonly runs: readonly ProbeRun[];
  readonly calls: readonly Call[];
}

/** How a script went: steps up to and with the first that did not hold, and what the requests broke. */
export interface ProbeResult {
  readonly script: ProbeScript;
  readonly ok: boolean;
  readonly steps: readonly StepShown[];
  readonly requirements: readonly RequirementShown[];
  readonly sights: readonly ProxySight[];
  readonly elapsedMs: number;
}

/** Runs a script step by step. Throws `EnvironmentError` where the client cannot be started, `UsageError`. */
export async function runProbe(script: ProbeScript, options: ProbeOptions): Promise<ProbeResult> {
  const started = performance.now();
  const { key, strangerKey, authority } = options.stage;
  const clock = new RunningClock(options.now);
  const { merchant } = options;
  const counterpart = createCounterpart({
    merchants: [merchant],
    anyMerchant: false,
    orders: Object.entries(script.orders).map(([mch_order_no, state]) => ({ mch_order_no, state })),
    answers: [],
    settings: script.settings,
    published: async () => [],
    tamper: false,
    key,
    strangerKey,
    clock,
    addedHosts: options.addedHosts,
  });
  const sessions = new Map<string, Session>();
  const sessionFor = async (flaw: CallStep["certificate"]): Promise<Session> => {
    const known = sessions.get(flaw ?? "");
    if (known) return known;
    const session = await openSession({
      counterpart,
      gatewayKey: key.publicPem,
      addedHosts: options.addedHosts,
      containment: options.containment,
      authority,
      env: options.env,
      now: options.now(),
      ...(flaw === undefined ? {} : { flaw }),
    });
    sessions.set(flaw ?? "", session);
    return session;
  };
  const { gateway } = counterpart.served;
  const all: Call[] = [];
  const further: Evidence[] = [];
  const steps: StepShown[] = [];

  async function callStep(step: CallStep, order: string): Promise<Omit<StepShown, "step" | "words">> {
    const session = await sessionFor(step.certificate);
    const before = { calls: session.calls.length, sights: session.sights.length };
    const meanwhile = step.meanwhile === undefined ? [] : [{ before: step.meanwhile, times: 1 }];
    counterpart.script([...(step.answer ?? []), ...meanwhile]);
    counterpart.judging.intended = { mch_order_no: order };
    const command = fillCommand(options.command, {
      op: step.call,
      order,
      appid: merchant.appid,
      key: options.keyFile,
      gatewayKey: `${session.folder}/gateway-key.pem`,
      opNames: options.opNames,
    });
    const ends = await Promise.all(
      Array.from({ length: step.at_once ?? 1 }, () =>
        session.run(command, { output: "capture", timeoutMs: options.timeoutMs }),
      ),
    );
    counterpart.script([]);
    const calls = session.calls.slice(before.calls);
    const runs = ends.map((end) => {
      const told = toldOutcome(step.call, end, [...script.outcomes, ...options.outcomes]);
      return { command, end, outcome: told?.outcome ?? null, readBy: told?.by ?? null };
    });
    further.push(...secretEvidence(ends, merchant.secrets));
    if (step.certificate === undefined) all.push(...calls);
    else {
      const sights = session.sights.slice(before.sights);
      further.push(...tlsEvidence([judgeTls(step.certificate, calls, sights, ends[0]?.code ?? 0)]));
    }
    const detail = judgeStep(step.expect, runs, calls, options.timeoutMs);
    return { ok: detail === null, detail, runs, calls };
  }

  try {
    for (const step of script.steps) {
      const order = ("order" in step ? step.order : undefined) ?? script.order;
      const ref = { appid: merchant.appid, mch_order_no: order };
      const shown = { step, words: stepWords(step), runs: [], calls: [] };
      if ("call" in step) steps.push({ ...shown, ...(await callStep(step, order)) });
      else if ("customer" in step) {
        const why = counterpart.act(step.customer, ref);
        steps.push({
          ...shown,
          ok: why === null,
          detail: why && `The gateway did not let it happen: ${why}.`,
        });
      } else if ("wait" in step) {
        clock.advance(step.wait);
        gateway.settle();
        steps.push({ ...shown, ok: true, detail: null });
      } else {
        const about = all.filter(({ params }) => params?.get("mch_order_no") === order).length;
        const detail = gatewayMismatch(step, gateway.order(ref), about);
        steps.push({ ...shown, ok: detail === null, detail });
      }
      if (steps.at(-1)?.ok === false) break;
    }
  } finally {
    for (const session of sessions.values()) await session.close();
  }
  const asked = further.some(({ requirement }) => requirement === "SEC-002") ? ["SEC-002"] : [];
  const requirements = judgeRun([...evidenceOf(all), ...further], options.level, asked);
  const broken = requirements.some(({ verdict, counts }) => verdict === "fail" && counts);
  return {
    script,
    ok: !broken && steps.every(({ ok }) => ok),
    steps,
    requirements,
    sights: [...sessions.values()].flatMap(({ sights }) => sights),
    elapsedMs: performance.now() - started,
  };
}
