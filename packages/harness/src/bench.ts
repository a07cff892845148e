import { type Explanation, judgeRequest, member, parseEnvelope, stringOf } from "@ksherproof/core";
import type { Exchange } from "@ksherproof/gateway";
import type { ClientUnderTest, Operation, Reply } from "./adapter/client.js";
import { type Evidence, Evidences, type Step } from "./evidence.js";
import { CANCEL_CODES, ENDPOINT_PATHS_BY_OPERATION, QUERY_RESULTS } from "./protocol.js";
import { leakIn, secretsOf } from "./secrets.js";
import type { Scene, SceneOptions, Stage } from "./stage.js";

/** What a client said of a call, and what the gateway saw of it. */
export interface Called {
  readonly op: Operation;
  readonly reply: Reply;
  /** The outcome in the words of adapter-protocol.md; null where there is none. */
  readonly outcome: string | null;
  /** The client gave the answer and no outcome: the harness judged it ("raw client"). */
  readonly raw: boolean;
  /** The exchanges of the operation's endpoint that this call made. */
  readonly exchanges: readonly Exchange[];
  /** All exchanges of this call, a confirming query among them. */
  readonly every: readonly Exchange[];
  readonly stderr: string;
}

/** Milliseconds beyond `timeout_ms` within which a call must be over (RSP-008), and what a loaded machine may add. */
export const GRACE_MS = 1000;
const SLACK_MS = 1500;
/** A client may retry or confirm within one call, each with a time-out of its own. */
const DEADLINE_TIMES = 4;

/** One client, one stage, and everything that they have shown. Checks talk to a bench. */
export class Bench {
  readonly client: ClientUnderTest;
  readonly stage: Stage;
  readonly evidences = new Evidences();
  readonly seed: number;
  readonly runs: number;
  readonly nonces = new Map<string, string>();
  /** Exchanges whose request was judged: calls that run at once see each other's. */
  readonly judged = new WeakSet<Exchange>();
  raw = false;
  /** How many exchanges the gateway has seen. */
  exchanges = 0;

  constructor(
    client: ClientUnderTest,
    stage: Stage,
    options: { readonly seed: number; readonly runs: number },
  ) {
    this.client = client;
    this.stage = stage;
    this.seed = options.seed;
    this.runs = options.runs;
  }

  offers(...ops: readonly Operation[]): boolean {
    return ops.every((op) => this.client.hello.ops.includes(op));
  }

  /** A case of its own for one check. */
  open(check: string, requirement: string, options: SceneOptions = {}): Case {
    return this.openOn(this.stage, check, requirement, options);
  }

  /** The same, on another stage: one that speaks TLS. */
  openOn(stage: Stage, check: string, requirement: string, options: SceneOptions = {}): Case {
    return new Case(this, stage.scene(options), check, requirement);
  }
}

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
    const reply = await client.call(op, args, this.scene.timeoutMs * DEADLINE_TIMES + GRACE_MS + SLACK_MS);
    const stderr = client.takeStderr();
    const every = this.scene.exchanges.slice(before);
    const path = ENDPOINT_PATHS_BY_OPERATION[op];
    const { outcome, raw } = readOutcome(op, reply);
    if (raw) this.bench.raw = true;
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
    const { public_key, public_key_pkcs1 } = this.scene.args;
    const reply = await client.call("notify", { body, public_key, public_key_pkcs1 }, 10_000);
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
    this.fail(requirement, why, called, { expected, got });
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
        this.bench.evidences.all.findLast(
          ({ verdict, exchanges }) => verdict === "fail" && exchanges.includes(refused),
        )?.requirement ?? null
      );
    }
    const trusting = this.bench.evidences.all.find(
      ({ check, verdict }) => check === "trust" && verdict === "fail",
    );
    return called.outcome === "untrusted" && trusting ? trusting.requirement : null;
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
      if (this.bench.judged.has(exchange)) continue;
      this.bench.judged.add(exchange);
      this.bench.exchanges += 1;
      const seen = judgeRequest(
        { ...exchange.request, path: exchange.request.path },
        {
          endpoints: Object.values(ENDPOINT_PATHS_BY_OPERATION),
          verifierOf: (appid) => (appid === this.scene.appid ? this.scene.keys.merchant.verifier : undefined),
          intended,
          nonces: this.bench.nonces,
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

/** The outcome of a reply; of a raw client, the one that its response earns (adapter-protocol.md). */
export function readOutcome(
  op: Operation,
  reply: Reply,
): { readonly outcome: string | null; readonly raw: boolean } {
  if (reply.kind !== "ok") return { outcome: null, raw: false };
  const { outcome, response } = reply.value;
  if (typeof outcome === "string") return { outcome, raw: false };
  if (outcome !== undefined || !("response" in reply.value)) return { outcome: null, raw: false };
  if (typeof response !== "object" || response === null) return { outcome: "unknown", raw: true };
  const { code, data } = response as Record<string, unknown>;
  if (op === "cancel")
    return { outcome: CANCEL_CODES.find((known) => known.code === code)?.outcome ?? "unknown", raw: true };
  if (op === "create")
    return { outcome: code === 0 ? "created" : typeof code === "number" ? "rejected" : "unknown", raw: true };
  if (code === -3) return { outcome: "not_found", raw: true };
  const result =
    typeof data === "object" && data !== null ? (data as Record<string, unknown>).result : undefined;
  return {
    outcome:
      code === 0 ? (QUERY_RESULTS.find((known) => known.result === result)?.outcome ?? "unknown") : "unknown",
    raw: true,
  };
}

/** An exchange in one line. */
export function describeExchange({ endpoint, faults, sent, meant, ending, request }: Exchange): string {
  const answered = sent ? `HTTP ${sent.status} ${brief(sent.body)}` : "nothing";
  const because =
    faults.length > 0
      ? ` [fault: ${faults.map((fault) => JSON.stringify(fault)).join(", ")}; meant ${meant ? brief(meant.body) : "nothing: it did not act"}]`
      : "";
  const how = ending === "complete" || ending === "running" ? "" : ` (${ending})`;
  return `${request.method} ${endpoint} -> ${answered}${how}${because}`;
}

function brief(body: Uint8Array): string {
  const text = Buffer.from(body.subarray(0, 400)).toString("utf8");
  const envelope = parseEnvelope(Buffer.from(body).toString("utf8"));
  if (!envelope.ok) return JSON.stringify(text.slice(0, 60));
  const result = stringOf(member(envelope.value.data, "result"));
  return `code ${envelope.value.code}${result === undefined ? "" : `, result ${result}`}`;
}

function describeReply({ op, reply, outcome, raw }: Called): string {
  if (reply.kind === "broken") return `${op}: broke: ${reply.message}`;
  if (reply.kind === "error") return `${op}: error ${reply.error}: ${reply.message}`;
  return `says ${JSON.stringify(outcome ?? reply.value)}${raw ? " (raw client: judged by the harness)" : ""}`;
}
