import { type Explanation, judgeRequest } from "@ksherproof/core";
import type { Exchange } from "@ksherproof/gateway";
import type { Bench } from "./bench.js";
import { type Called, describeExchange, describeReply, readOutcome } from "./called.js";
import type { Evidence, Step } from "./evidence.js";
import { ENDPOINT_PATHS_BY_OPERATION } from "./protocol.js";
import { leakIn, secretsOf } from "./secrets.js";
import type { Scene } from "./stage.js";

/** Milliseconds beyond `timeout_ms` within which a call must be over (RSP-008), and what a loaded machine may add. */
export const GRACE_MS = 1000;
const SLACK_MS = 1500;
/** Operations without the network: canonicalize, sign, verify, notify. */
export const PURE_DEADLINE_MS = 6000;
/** Where answers are disturbed, a client may retry or confirm within one call, each with a time-out of its own. */
const TRIES = 3;

/** One case: a scene, its story so far, and the words to judge it with. */
export class Case {
  readonly bench: Bench;
  readonly scene: Scene;
  readonly story: Step[] = [];
  private readonly check: string;
  private readonly requirement: string;
  private blocked: string | null = null;

  constructor(bench: Bench, scene: Scene, check: string, requirement: string) {
    this.bench = bench;
    this.scene = scene;
    this.check = check;
    this.requirement = requirement;
  }

  /** Writes a step into the story. */
  tell(who: Step["who"], what: string): void {
    this.story.push({ who, what });
  }

  /** Has the client cancel or query an order, or create one; judges every request on the wire. */
  async call(
    op: "cancel" | "query" | "create",
    mch_order_no: string,
    fields: Readonly<Record<string, unknown>> = {},
  ): Promise<Called> {
    const { client } = this.bench;
    const before = this.scene.exchanges.length;
    client.takeStderr();
    this.tell("merchant", `${op} ${JSON.stringify(mch_order_no)}`);
    const args = { ...this.scene.args, mch_order_no, ...fields };
    const tries = this.scene.disturbed ? TRIES : 1;
    const answered = this.scene.script.call(op, mch_order_no, fields);
    const reply = await client.call(op, args, this.scene.timeoutMs * tries + GRACE_MS + SLACK_MS);
    answered();
    const stderr = client.takeStderr();
    const every = this.scene.exchanges.slice(before);
    const path = ENDPOINT_PATHS_BY_OPERATION[op];
    const { outcome, raw } = readOutcome(op, reply);
    if (raw) this.bench.shared.raw = true;
    const called: Called = {
      op,
      reply,
      outcome,
      raw,
      every,
      exchanges: every.filter(({ endpoint }) => endpoint === path),
      stderr,
    };
    for (const exchange of every) this.tell("gateway", describeExchange(exchange));
    this.tell("client", describeReply(called));
    this.judgeWire(every, { ...fields, mch_order_no }, stderr);
    return called;
  }

  /** Has the client judge a webhook. */
  async notify(body: string): Promise<Called> {
    const { client } = this.bench;
    client.takeStderr();
    this.tell("gateway", "delivers a webhook");
    this.scene.script.add({ do: "other", what: "delivers a webhook" });
    const { public_key, public_key_pkcs1 } = this.scene.args;
    const reply = await client.call("notify", { body, public_key, public_key_pkcs1 }, PURE_DEADLINE_MS);
    const { outcome, raw } = readOutcome("notify", reply);
    const called: Called = {
      op: "notify",
      reply,
      outcome,
      raw,
      every: [],
      exchanges: [],
      stderr: client.takeStderr(),
    };
    this.tell("client", describeReply(called));
    return called;
  }

  /**
   * Expects one of some outcomes. Where the request itself was refused for its form or signature, or the client trusts no
   * genuine answer at all, that is the cause, and this case shows nothing of its own requirement.
   */
  expect(called: Called, outcomes: readonly string[], why: string, requirement = this.requirement): boolean {
    const cause = this.blocked ?? this.causeOf(called, outcomes);
    const expected = outcomes.join(" or ");
    const got = called.outcome ?? describeReply(called);
    if (called.outcome !== null && outcomes.includes(called.outcome)) {
      if (called.op !== "notify" && called.exchanges.length === 0) {
        this.fail(requirement, `The client said ${got} without asking the gateway.`, called, {
          expected: "a request to the gateway",
          got: "none",
        });
        return false;
      }
      this.show("pass", requirement, why, called);
      return true;
    }
    if (cause !== null && cause !== requirement) {
      this.show("caused", requirement, why, called, { expected, got, cause });
      return false;
    }
    if (called.raw && outcomes.every((outcome) => outcome === "unknown" || outcome === "untrusted")) {
      this.show("handed_through", requirement, why, called, { expected, got });
      return false;
    }
    this.fail(requirement, why, called, { expected, got, outcomes });
    return false;
  }

  /** Writes a failure down. */
  fail(requirement: string, detail: string, called: Called | null, more: Partial<Evidence> = {}): void {
    this.show("fail", requirement, detail, called, more);
  }

  /** Writes down that something holds. */
  pass(requirement: string, detail: string, called: Called | null = null): void {
    this.show("pass", requirement, detail, called);
  }

  /** Writes down that a raw client leaves this to its caller. */
  handedThrough(requirement: string, detail: string, called: Called): void {
    this.show("handed_through", requirement, detail, called);
  }

  private show(
    verdict: Evidence["verdict"],
    requirement: string,
    detail: string,
    called: Called | null,
    more: Partial<Evidence> = {},
  ): void {
    this.bench.evidences.add({
      requirement,
      check: this.check,
      verdict,
      detail,
      story: [...this.story],
      exchanges: verdict === "pass" ? [] : [...this.scene.exchanges],
      ...(verdict === "pass" ? {} : { commands: this.scene.script.soFar, scene: this.scene.script.options }),
      ...(called && verdict !== "pass" ? { stderr: called.stderr } : {}),
      ...more,
    });
  }

  /** Looks for the private key in everything that the client wrote so far (SEC-001). */
  judgeOutput(called: Called): void {
    const everywhere = [...this.bench.stage.keys.merchants.values()].flatMap(secretsOf);
    const leaked = leakIn(this.bench.client.output(), everywhere) !== null;
    if (leaked)
      this.fail("SEC-001", "The private key is in what the client wrote to stdout or stderr.", called);
    else this.pass("SEC-001", "No part of the private key is on stdout or stderr.", called);
  }

  /** Why an outcome may be off for a reason that another requirement names; null where this one must answer for it. */
  private causeOf(called: Called, outcomes: readonly string[]): string | null {
    const refused = called.every.find(({ refusal, faults }) => refusal !== null && faults.length === 0);
    if (refused && !outcomes.includes("rejected") && !outcomes.includes("bad_signature")) {
      return (
        [...this.bench.shared.evidences.all, ...this.bench.evidences.all].findLast(
          ({ verdict, exchanges }) => verdict === "fail" && exchanges.includes(refused),
        )?.requirement ?? null
      );
    }
    const trusting = this.bench.shared.evidences.all.find(
      ({ check, verdict }) => check === "trust" && verdict === "fail",
    );
    return called.outcome === "untrusted" && trusting ? trusting.requirement : null;
  }

  /** Counts the cell of state, command and fault that an exchange has met. */
  private countCell({ event, endpoint, faults }: Exchange): void {
    const key = `${event?.from ?? "none"} ${endpoint ?? "?"} ${faults[0]?.kind ?? "plain"}`;
    const { cells } = this.bench.shared;
    cells.set(key, (cells.get(key) ?? 0) + 1);
  }

  /** Judges requests as they came, against REQ, SIG, RTY-002 and SEC-001. */
  private judgeWire(
    exchanges: readonly Exchange[],
    sent: Readonly<Record<string, unknown>>,
    stderr: string,
  ): void {
    const intended = Object.fromEntries(
      Object.entries(sent).filter(([, value]) => typeof value === "string"),
    ) as Record<string, string>;
    for (const exchange of exchanges) {
      if (this.bench.shared.judged.has(exchange)) continue;
      this.bench.shared.judged.add(exchange);
      this.countCell(exchange);
      this.bench.shared.exchanges += 1;
      const seen = judgeRequest(
        { ...exchange.request, path: exchange.request.path },
        {
          endpoints: Object.values(ENDPOINT_PATHS_BY_OPERATION),
          verifierOf: (appid) => (appid === this.scene.appid ? this.scene.keys.merchant.verifier : undefined),
          intended,
          nonces: this.bench.shared.nonces,
        },
      );
      for (const { requirement, holds, detail, explanation } of seen) {
        const more = { exchanges: holds ? [] : [exchange], ...explained(explanation) };
        this.show(holds ? "pass" : "fail", requirement, detail, null, { ...more, check: "wire" });
        if (!holds && exchange.refusal !== null) this.blocked ??= requirement;
      }
      const leak = leakIn(exchange.request, secretsOf(this.scene.keys.merchant));
      this.show(
        leak ? "fail" : "pass",
        "SEC-001",
        leak ? `The private key is in ${leak}.` : "No part of the private key was in the request.",
        null,
        {
          check: "wire",
          exchanges: leak ? [exchange] : [],
        },
      );
    }
    if (leakIn(stderr, secretsOf(this.scene.keys.merchant)))
      this.fail("SEC-001", "The private key is on the client's stderr.", null);
  }
}

function explained(explanation: Explanation | undefined): Partial<Evidence> {
  if (!explanation) return {};
  const { canonical, signedText } = explanation;
  return {
    explanation,
    ...(signedText === null ? {} : { canonical: { right: canonical, other: signedText } }),
  };
}
