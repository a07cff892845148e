import { canonicalText, paramsFromObject, verifyText } from "@ksherproof/core";
import type { ClientUnderTest } from "./adapter/client.js";
import { Bench, Shared } from "./bench.js";
import type { FailureBundle } from "./bundle.js";
import type { Called } from "./called.js";
import type { Case } from "./case.js";
import { SAYS } from "./checks/cancelling.js";
import type { SequenceStep } from "./checks/sequence-steps.js";
import { play } from "./checks/sequences.js";
import type { Evidence } from "./evidence.js";
import { PURE_DEADLINE_MS } from "./pace.js";
import { type Redact, redactor } from "./redact.js";
import { runChecks } from "./run.js";
import type { Command } from "./script.js";
import { secretsOf } from "./secrets.js";
import { Stage } from "./stage.js";
import { newStageKeys, type StageKeys, sized } from "./stage-keys.js";

/** What became of a failure. */
export interface Replayed {
  readonly verdict: "FIXED" | "FAILED" | "ERROR";
  /** In one sentence. */
  readonly why: string;
  /** The failing evidence of the replay, where it failed again. */
  readonly evidence: Evidence | null;
  /** What was played again: the commands of the bundle, or the whole check that had found it. */
  readonly played: "commands" | "check";
  /** Takes the keys that the client was given out of what is printed of the rest (SEC-001). */
  readonly redact: Redact;
}

/** Plays a failure again: first its own smallest commands; where they go well, the check that had found it. */
export async function replay(client: ClientUnderTest, bundle: FailureBundle): Promise<Replayed> {
  const keys = newStageKeys();
  // The keys are made as the replay goes: which ones there are is known when something is told of it.
  const redact: Redact = (value) => redactor([...keys.merchants.values()].flatMap(secretsOf))(value);
  const again = await playCommands(client, bundle, keys);
  if (again) return { verdict: "FAILED", why: again.detail, evidence: again, played: "commands", redact };
  const { requirement, seed, runs } = bundle;
  const report = await runChecks(client, { only: [requirement.id], seed, runs, keys });
  const [found] = report.requirements.filter(({ requirement: one }) => one.id === requirement.id);
  switch (found?.verdict) {
    case "pass":
      return {
        verdict: "FIXED",
        why: `${requirement.id} holds: ${found.why}`,
        evidence: null,
        played: "check",
        redact,
      };
    case "fail":
      return { verdict: "FAILED", why: found.why, evidence: found.failure, played: "check", redact };
    case "not_exercised":
    case "not_supported":
      return {
        verdict: "ERROR",
        why: `${requirement.id} could not be shown: ${found.why}`,
        evidence: null,
        played: "check",
        redact,
      };
    case undefined:
      return {
        verdict: "ERROR",
        why: `No check of this version shows ${requirement.id}.`,
        evidence: null,
        played: "check",
        redact,
      };
  }
}

/** Plays the commands of a bundle or scenario; gives the failure of its requirement, or null where it holds. */
export async function playCommands(
  client: ClientUnderTest,
  bundle: Pick<FailureBundle, "seed" | "runs" | "requirement" | "failure">,
  keys: StageKeys = newStageKeys(),
): Promise<Evidence | null> {
  const stage = await Stage.open(bundle.seed, undefined, keys);
  try {
    const shared = new Shared();
    await playOn(new Bench(client, stage, { seed: bundle.seed, runs: bundle.runs, shared }), bundle);
    return shared.evidences.failed(bundle.requirement.id) ?? null;
  } finally {
    await stage.close();
  }
}

/** The outcomes of a sequence's calls, in order; a customer's step that the order does not admit does nothing. */
export async function outcomesOf(
  bench: Bench,
  commands: readonly Command[],
): Promise<readonly (string | null)[]> {
  const one = bench.open("differential", "CXL-001", { timeoutMs: 1500 });
  const outcomes: (string | null)[] = [];
  for (const command of commands) {
    if (command.do === "call")
      outcomes.push((await one.call(command.op, command.mch_order_no, command.fields)).outcome);
    else await step(one, "CXL-001", command);
  }
  return outcomes;
}

type Played = Pick<FailureBundle, "requirement" | "failure">;

/** Whether a failure can be played from its own commands alone. */
export function isPlayable({ failure }: Played): boolean {
  const { commands, steps } = failure;
  return Array.isArray(steps) || (commands.length > 0 && commands.every((one) => one.do !== "other"));
}

/** Plays the commands on a bench, whose evidence then says what they show. */
export async function playOn(bench: Bench, bundle: Played): Promise<void> {
  const { steps } = bundle.failure;
  if (Array.isArray(steps)) await play(bench, steps as readonly SequenceStep[]);
  else if (isPlayable(bundle)) await perform(bench, bundle);
}

async function perform(bench: Bench, { failure, requirement }: Played): Promise<void> {
  const one = bench.open(failure.check, requirement.id, failure.scene);
  const { commands, outcomes } = failure;
  let last: Called | null = null;
  for (let i = 0; i < commands.length; i += 1) {
    const command = commands[i];
    if (command?.do !== "call") {
      if (command) await step(one, requirement.id, command);
      continue;
    }
    // Calls that ran at once, and what happened while they ran, belong together.
    let end = i + 1;
    while (end < commands.length && isPartOfCall(commands[end])) end += 1;
    const group = commands.slice(i, end);
    for (const inner of group) if (inner.do === "customer" || inner.do === "expire") plan(one, inner);
    const calls = group.flatMap((inner) => (inner.do === "call" ? [inner] : []));
    const called = await Promise.all(calls.map((call) => one.call(call.op, call.mch_order_no, call.fields)));
    last = called.at(-1) ?? null;
    i = end - 1;
  }
  if (last && outcomes.length > 0) one.expect(last, outcomes, failure.detail, requirement.id);
}

function isPartOfCall(command: Command | undefined): boolean {
  if (command?.do === "call") return command.at_once === true;
  return (command?.do === "customer" || command?.do === "expire") && command.during !== undefined;
}

const ACTS_SAY = { ...SAYS, refund: "gets a refund" } as const;

type Customers = Extract<Command, { readonly do: "customer" | "expire" }>;

function plan(one: Case, command: Customers): void {
  if (command.during) one.scene.hook(command.during.endpoint, command.during.when, () => act(one, command));
}

function act(one: Case, command: Customers): void {
  const ref = { appid: one.scene.appid, mch_order_no: command.mch_order_no };
  if (command.do === "expire") one.scene.gateway.expire(ref);
  else one.scene.gateway.customer[command.act](ref);
  const says = command.do === "expire" ? "lets the link expire" : ACTS_SAY[command.act];
  one.tell("customer", says);
}

async function step(
  one: Case,
  requirement: string,
  command: Exclude<Command, { readonly do: "call" }>,
): Promise<void> {
  switch (command.do) {
    case "order":
      one.scene.create(command.mch_order_no, command.fields);
      one.tell("merchant", `has created order ${command.mch_order_no}`);
      return;
    case "fault":
      one.scene.fault(command.endpoint, ...command.faults);
      return;
    case "customer":
    case "expire":
      act(one, command);
      return;
    case "restart":
      await one.bench.client.restart();
      one.tell("merchant", "restarts the client");
      return;
    case "canonicalize":
    case "sign":
      await ask(one, requirement, command);
      return;
    case "other":
      return;
  }
}

/** A static question: the answer is right, or a failure of the case's requirement. */
async function ask(
  one: Case,
  requirement: string,
  command: Extract<Command, { readonly do: "canonicalize" | "sign" }>,
): Promise<void> {
  const params = paramsFromObject(command.params);
  if (!params.ok) return;
  const right = canonicalText(params.value);
  const { client, stage } = one.bench;
  const key = sized(stage.keys.merchants, command.do === "sign" ? command.bits : 1024);
  const more =
    command.do === "sign" ? { private_key: key.privatePkcs1, private_key_pkcs8: key.privatePkcs8 } : {};
  const reply = await client.call(command.do, { params: command.params, ...more }, PURE_DEADLINE_MS);
  const said = reply.kind === "ok" ? reply.value[command.do === "sign" ? "sign" : "canonical"] : undefined;
  const text = typeof said === "string" ? said : "";
  const good =
    command.do === "sign"
      ? verifyText(right, text, key.verifier).ok && text === text.toLowerCase()
      : said === right;
  one.tell("harness", `${command.do} ${JSON.stringify(command.params)}`);
  one.tell("client", reply.kind === "ok" ? JSON.stringify(said) : reply.message);
  if (good) one.pass(requirement, "The answer is right.");
  else one.fail(requirement, "The answer is another one.", null, { expected: right, got: text });
}
