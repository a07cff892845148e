import type { Bench } from "./bench.js";
import {
  brokenByWhat,
  type Called,
  describeExchange,
  describeReply,
  readingOf,
  readOutcome,
  saysDone,
} from "./called.js";
import type { Evidence, Step } from "./evidence.js";
import { PURE_DEADLINE_MS } from "./pace.js";
import { ENDPOINT_PATHS_BY_OPERATION } from "./protocol.js";
import { leakIn, secretsOf } from "./secrets.js";
import type { Scene } from "./stage.js";
import { USUAL_BITS } from "./stage-keys.js";
import { judgeWire, spoils } from "./wire.js";

/** What is judged on the wire is seen in every check, and belongs to none. */
const ON_WIRE = { check: "wire" } as const;

/** One case: a scene, its story so far, and the words to judge it with. */
export class Case {
  readonly bench: Bench;
  readonly scene: Scene;
  readonly story: Step[] = [];
  private readonly check: string;
  private readonly requirement: string;
  private blocked: string | null = null;
  /** The story as it stood when evidence was last shown; evidence of one call shares it. */
  private told: readonly Step[] = [];

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
    const { timeoutMs, disturbed, script } = this.scene;
    const { pace } = this.bench.shared;
    const answered = script.call(op, mch_order_no, fields);
    const reply = await client.call(op, args, pace.deadlineMs(timeoutMs, disturbed));
    answered();
    const stderr = client.takeStderr();
    const every = this.scene.exchanges.slice(before);
    if (script.options.timeoutMs === undefined) pace.saw(reply.elapsedMs, timeoutMs, every.length, disturbed);
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
    this.showWire(called, { ...fields, mch_order_no });
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
  expect(
    called: Called,
    outcomes: readonly string[],
    why: string,
    requirement = this.requirement,
    more: Partial<Evidence> = {},
  ): boolean {
    const expected = outcomes.join(" or ");
    const got = called.outcome ?? describeReply(called);
    if (this.fromMemory(called)) {
      this.show("caused", requirement, why, called, { expected, got, cause: "CXL-012" });
      return false;
    }
    const right = called.outcome !== null && outcomes.includes(called.outcome);
    if (right || saysDone(called)) {
      if (called.op !== "notify" && called.exchanges.length === 0) {
        this.fail(requirement, `The client said ${got} without asking the gateway.`, called, {
          expected: "a request to the gateway",
          got: "none",
        });
        return false;
      }
      this.show("pass", requirement, why, called, { got });
      return true;
    }
    const cause = this.blocked ?? this.causeOf(called, outcomes);
    if (cause !== null && cause !== requirement) {
      this.show("caused", requirement, why, called, { expected, got, cause });
      return false;
    }
    if (called.raw && outcomes.every((outcome) => outcome === "unknown" || outcome === "untrusted")) {
      this.show("handed_through", requirement, why, called, { expected, got });
      return false;
    }
    const reading = readingOf(called);
    // A client may only balk at a key of another size.
    const everAsked = this.scene.keys.merchant.bits === USUAL_BITS ? this.bench.shared.cells : null;
    const [broken, detail] = brokenByWhat(called, requirement, why, everAsked);
    this.fail(broken, detail, called, {
      expected,
      got,
      outcomes,
      ...(reading === undefined ? {} : { reading }),
      ...more,
    });
    return false;
  }

  /** A client that says how an order stands without having asked answers from memory, or makes it up (CXL-012). */
  private fromMemory(called: Called): boolean {
    const { op, outcome, exchanges } = called;
    if (op !== "cancel" && op !== "query") return false;
    if (outcome === null || outcome === "unknown" || exchanges.length > 0) return false;
    const detail = `The ${op} was answered without a request to the gateway.`;
    this.fail("CXL-012", detail, called, { expected: "a request", got: `none; it said ${outcome}` });
    return true;
  }

  /** Whether a request of this case was wrong, so that what follows is not what was asked for. */
  get spoilt(): boolean {
    return this.blocked !== null;
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

  /** Shows what the requests of a call show; a wrong one that was refused blocks what follows in this case. */
  private showWire({ every, stderr }: Called, sent: Readonly<Record<string, unknown>>): void {
    for (const { requirement, holds, detail, exchange, more } of judgeWire(
      this.bench,
      this.scene,
      every,
      sent,
    )) {
      if (holds) this.show("pass", requirement, detail, null, ON_WIRE);
      else this.show("fail", requirement, detail, null, { ...more, exchanges: [exchange], ...ON_WIRE });
      if (!holds && spoils(requirement, exchange)) this.blocked ??= requirement;
    }
    if (leakIn(stderr, secretsOf(this.scene.keys.merchant)))
      this.fail("SEC-001", "The private key is on the client's stderr.", null);
  }

  private show(
    verdict: Evidence["verdict"],
    requirement: string,
    detail: string,
    called: Called | null,
    more: Partial<Evidence> = {},
  ): void {
    if (this.told.length !== this.story.length) this.told = [...this.story];
    const { check, told: story } = this;
    // Most of what is shown is good, and a run shows it by the thousand.
    if (verdict === "pass") {
      this.bench.evidences.add({ requirement, check, verdict, detail, story, exchanges: [], ...more });
      return;
    }
    this.bench.evidences.add({
      requirement,
      check,
      verdict,
      detail,
      story,
      exchanges: [...this.scene.exchanges],
      commands: this.scene.script.soFar,
      scene: this.scene.script.options,
      ...(called ? { stderr: called.stderr } : {}),
      ...more,
    });
  }

  /** Why an outcome may be off for a reason that another requirement names; null where this one must answer for it. */
  private causeOf(called: Called, outcomes: readonly string[]): string | null {
    const { reply } = called;
    if (reply.kind === "broken") {
      if (reply.reason === "given_up") return this.bench.shared.brokeAt;
      this.bench.shared.brokeAt = this.requirement;
    }
    const refused = called.every.find(({ refusal, faults }) => refusal !== null && faults.length === 0);
    if (refused && !outcomes.includes("rejected") && !outcomes.includes("bad_signature")) {
      return (
        [...this.bench.shared.evidences.all, ...this.bench.evidences.all].findLast(
          ({ verdict, exchanges }) => verdict === "fail" && exchanges.includes(refused),
        )?.requirement ?? null
      );
    }
    if (called.outcome !== "untrusted") return null;
    const zero = Buffer.from(called.exchanges.at(-1)?.sent?.body ?? []).includes('"sign":"0');
    return zero && this.bench.shared.evidences.failed("SIG-009") ? "SIG-009" : this.bench.distrust();
  }
}
