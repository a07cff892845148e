import type { Evidence } from "../evidence.js";
import { redactor } from "../redact.js";
import { DEFAULT_RUNS, type RunEvent } from "../run-events.js";
import { newStageKey } from "../stage-keys.js";
import { wireVerdict } from "../wire-verdicts.js";
import { GatewayCase, type GatewayUnderTest } from "./case.js";
import { GATEWAY_STORIES, type GatewayStory } from "./stories.js";

const NEEDS: Readonly<Record<GatewayStory["needs"], string>> = {
  nothing: "No order could be made: gateway_pay refused it, and none was prepared (--orders open=...).",
  customers: "It needs customers: give --control or --hook.",
  customers_or_prepared: "It needs customers or a prepared order: give --control, --hook or --orders.",
};

/** Holds a gateway to the documented semantics, told as the events of a run. */
export async function runGatewayStories(
  under: GatewayUnderTest,
  options: {
    readonly name: string;
    readonly only: readonly string[];
    /** Texts that no report may hold: the merchant's private key. */
    readonly secrets: readonly string[];
    readonly signal?: AbortSignal;
    readonly on: (event: RunEvent) => void;
  },
): Promise<void> {
  const { on, only } = options;
  const began = performance.now();
  const wanted = GATEWAY_STORIES.filter(
    ({ requirement }) =>
      only.length === 0 || only.some((start) => requirement === start || requirement.startsWith(`${start}-`)),
  );
  const client = { protocol: 1 as const, name: options.name, version: "unknown", language: "gateway" };
  on({
    event: "begin",
    client: { ...client, ops: [], concurrent: true, tls: false },
    level: "must",
    profile: "documented",
    only,
    seed: 0,
    runs: DEFAULT_RUNS,
    checks: wanted.length,
  });
  const evidence: Evidence[] = [];
  const stranger = newStageKey(1024);
  const notRun: string[] = [];
  let exchanges = 0;
  for (const [i, story] of wanted.entries()) {
    const check = `gateway-${story.requirement.toLowerCase()}`;
    if (options.signal?.aborted) {
      notRun.push(check);
      continue;
    }
    on({ event: "check", check, title: story.title, n: i + 1, of: wanted.length });
    const one = new GatewayCase(under, story.requirement, (shown) => {
      evidence.push(shown);
      const { requirement, detail } = shown;
      if (shown.verdict === "fail") on({ event: "failure", requirement, check, detail });
    });
    await story.run(one, stranger);
    exchanges += one.calls;
  }
  const verdicts = wanted.map(({ requirement, needs }) => wireVerdict(requirement, evidence, NEEDS[needs]));
  if (evidence.some(({ requirement }) => requirement === "QRY-001"))
    verdicts.push(wireVerdict("QRY-001", evidence, ""));
  const redact = redactor(options.secrets);
  for (const verdict of verdicts) on({ event: "requirement", verdict, redact });
  const known = verdicts.filter(({ verdict }) => verdict !== "not_supported");
  const interrupted = options.signal?.aborted === true;
  on({
    event: "end",
    conforms: !interrupted && known.length > 0 && known.every(({ verdict }) => verdict === "pass"),
    interrupted,
    raw_client: false,
    not_run: notRun,
    cells: { touched: {}, gaps: [] },
    exchanges,
    elapsed_ms: Math.round(performance.now() - began),
  });
}
