import type { ArrivedRequest } from "@ksherproof/gateway";
import type { Bench } from "./bench.js";
import { blameOf, straying } from "./blame.js";
import {
  brokenByWhat,
  type Called,
  calledOf,
  describeExchange,
  describeReply,
  gaveUp,
  memoryIn,
  readingOf,
  saysDone,
  saysWhatItWasTold,
} from "./called.js";
import type { Evidence, Step } from "./evidence.js";
import { PURE_DEADLINE_MS } from "./pace.js";
import { leakIn, secretsOf } from "./secrets.js";
import type { Scene } from "./stage.js";
import { USUAL_BITS } from "./stage-keys.js";
import { stalls } from "./stalls.js";
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
  /** This process stood still for so long during a call that the client may have run into its time-out. */
  private stoodStill = false;
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
    const strays = this.scene.strays.length;
    client.takeStderr();
    this.tell("merchant", `${op} ${JSON.stringify(mch_order_no)}`);
    const args = { ...this.scene.args, mch_order_no, ...fields };
    const { timeoutMs, disturbed, script } = this.scene;
    const { pace } = this.bench.shared;
    const answered = script.call(op, mch_order_no, fields);
    const stood = stalls();
    const reply = await client.call(op, args, pace.deadlineMs(timeoutMs, disturbed));
    answered();
    // What sets a time-out of its own is about time, and looks at that itself.
    const usual = script.options.timeoutMs === undefined;
    if (usual && stalls() - stood > timeoutMs / 2) this.stoodStill = true;
    const stderr = client.takeStderr();
    const every = this.scene.exchanges.slice(before);
    if (usual && !this.stoodStill) pace.saw(reply.elapsedMs, timeoutMs, every.length, disturbed);
    const called = calledOf(op, reply, every, stderr);
    if (called.raw) this.bench.shared.raw = true;
    for (const exchange of every) this.tell("gateway", describeExchange(exchange));
    if (every.length === 0) this.judgeStray(this.scene.strays[strays]);
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
    const called = calledOf("notify", reply, [], client.takeStderr());
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
    const astray = this.blocked !== null && called.op !== "notify" && called.every.length === 0;
    if (astray || this.fromMemory(called)) {
      const cause = astray ? this.blocked : null;
      this.show("caused", requirement, why, called, { expected, got, cause: cause ?? "CXL-012" });
      return false;
    }
    const right = called.outcome !== null && outcomes.includes(called.outcome);
    // Nothing is shown of how a cancel's answer is read where the client asked first and needed none.
    if (right && saysWhatItWasTold(called) && !requirement.startsWith("CXL")) return true;
    if (right || saysDone(called)) {
      if (called.op !== "notify" && called.exchanges.length === 0 && !saysWhatItWasTold(called)) {
        this.fail(requirement, `The client said ${got} without asking the gateway.`, called, {
          expected: "a request to the gateway",
          got: "none",
        });
        return false;
      }
      this.show("pass", requirement, why, called, { got });
      return true;
    }
    const cause = this.blocked ?? blameOf(this.bench, this.requirement, called, outcomes);
    if (cause === requirement && gaveUp(called) && this.bench.shared.evidences.failed(cause)) return false;
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
    const detail = memoryIn(called);
    if (detail === null) return false;
    const got = `none; it said ${called.outcome}`;
    this.fail("CXL-012", detail, called, { expected: "a request", got });
    return true;
  }

  /** A request beside the base URL comes to nobody: the gateway has no such address (REQ-001). */
  private judgeStray(stray: ArrivedRequest | undefined): void {
    if (!stray) return;
    const { told, more } = straying(stray, String(this.scene.args.base_url));
    this.tell("gateway", told);
    this.fail("REQ-001", "The request went beside the base URL.", null, more);
    this.blocked ??= "REQ-001";
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

  /** Writes down why a requirement could not be shown. */
  unshown(requirement: string, detail: string, called: Called): void {
    this.show("unshown", requirement, `${detail} It ${describeReply(called)}.`, called);
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
    const unfair = this.stoodStill && verdict === "fail";
    this.bench.evidences.add({
      requirement,
      check,
      verdict: unfair ? "unshown" : verdict,
      detail: unfair ? "The machine stood still during the call that should have shown it." : detail,
      story,
      exchanges: [...this.scene.exchanges],
      commands: this.scene.script.soFar,
      scene: this.scene.script.options,
      ...(called ? { stderr: called.stderr } : {}),
      ...more,
    });
  }
}
