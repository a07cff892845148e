import { type ArrivedRequest, CERTIFICATE_FLAWS, startServer, textAnswer } from "@ksherproof/gateway";
import { type Bench, learned } from "../bench.js";
import { LONG_MS } from "../pace.js";
import { CANCEL, QUERY } from "../protocol.js";
import { leakIn, secretsOf } from "../secrets.js";
import { Stage } from "../stage.js";
import type { Check } from "./check.js";

/** The operation that a client offers for hardening checks. */
function anyOp(bench: Bench): "cancel" | "query" | null {
  if (bench.offers("cancel")) return "cancel";
  return bench.offers("query") ? "query" : null;
}

/** SEC-003: a redirect to another origin. */
export const redirects: Check = {
  id: "redirects",
  title: "a redirect never carries the signed form to another origin",
  requirements: ["SEC-003"],
  needs: [],
  hardening: true,
  async run(bench) {
    const op = anyOp(bench);
    if (!op) return;
    const arrived: ArrivedRequest[] = [];
    const body = '{"code":0,"msg":"操作成功","data":"取消成功","message":"操作成功"}';
    const other = await startServer({
      route: (request) => {
        arrived.push(request);
        return { answer: textAnswer(200, "application/json", body) };
      },
    });
    try {
      for (const status of [301, 302, 303, 307, 308] as const) {
        arrived.length = 0;
        const one = bench.open("redirects", "SEC-003");
        one.scene.create("S1");
        one.scene.fault(op === "cancel" ? CANCEL : QUERY, {
          kind: "redirect",
          to: `${other.url}/api/${op}`,
          status,
        });
        const called = await one.call(op, "S1");
        if (called.exchanges.length === 0) continue;
        const carried = arrived.find((request) =>
          /sign=/.test(`${request.target} ${Buffer.from(request.body).toString("latin1")}`),
        );
        if (carried)
          one.fail("SEC-003", `After HTTP ${status} the signed form went to another origin.`, called, {
            expected: "no request there",
            got: `${carried.method} ${carried.target}`,
          });
        else one.pass("SEC-003", `HTTP ${status} did not carry the form away.`, called);
        // What another origin says of the order is no answer of the gateway, however the client came by it.
        if (op === "cancel" && called.outcome === "cancelled" && !learned(called).includes("cancelled"))
          one.fail("RSP-006", `After HTTP ${status} the client believed what another origin said.`, called, {
            expected: "unknown",
            got: "cancelled",
            rests: ["SEC-003"],
          });
      }
    } finally {
      await other.close();
    }
  },
};

/** SEC-004: an answer of any size. */
export const largeAnswers: Check = {
  id: "large-answers",
  title: "at most 1 MiB of an answer is read",
  requirements: ["SEC-004"],
  needs: [],
  hardening: true,
  async run(bench) {
    const op = anyOp(bench);
    if (!op) return;
    const one = bench.open("large-answers", "SEC-004", { timeoutMs: LONG_MS });
    one.scene.create("S1");
    one.scene.fault(op === "cancel" ? CANCEL : QUERY, { kind: "huge", bytes: 64 << 20 });
    const called = await one.call(op, "S1");
    await one.scene.settled(500);
    const taken = called.exchanges[0]?.sentBytes ?? 0;
    const most = 12 << 20;
    if (called.exchanges.length === 0) return;
    if (taken <= most) one.pass("SEC-004", `The client took ${taken} bytes of 64 MiB.`, called);
    else
      one.fail("SEC-004", "The client read on and on.", called, {
        expected: "about 1 MiB, and what buffers hold",
        got: `${taken} bytes`,
      });
  },
};

/** Refusing a bad certificate shows nothing of a client that reaches no gateway over HTTPS at all. */
const NO_HTTPS =
  "The client reached no gateway over HTTPS, though the certificate was good and `ca` names its issuer: the control of this check. Does the adapter hand `ca` to the client?";

/** SEC-002: certificates that a careful client refuses before it sends anything. */
export const certificates: Check = {
  id: "certificates",
  title: "an untrusted, expired or misnamed certificate ends the call before anything signed is sent",
  requirements: ["SEC-002"],
  needs: [],
  hardening: true,
  needsTls: true,
  async run(bench) {
    const op = anyOp(bench);
    if (!op) return;
    const authority = bench.stage.keys.authority();
    for (const flaw of [undefined, ...CERTIFICATE_FLAWS]) {
      const stage = await Stage.open(bench.seed, authority.issue("127.0.0.1", flaw), bench.stage.keys);
      try {
        const one = bench.openOn(stage, "certificates", "SEC-002", { ca: authority.cert });
        one.scene.create("S1");
        one.tell(
          "gateway",
          flaw === undefined ? "shows a good certificate" : `shows a certificate that is ${flaw}`,
        );
        const called = await one.call(op, "S1");
        if (flaw === undefined) {
          if (called.exchanges.length === 0) return one.unshown("SEC-002", NO_HTTPS, called);
          one.pass("SEC-002", "A good certificate is taken: the control of this check.", called);
        } else if (called.exchanges.length > 0) {
          one.fail("SEC-002", `The client sent its signed form over a certificate that is ${flaw}.`, called, {
            expected: "no request",
            got: `${called.exchanges.length} request(s)`,
          });
        } else one.pass("SEC-002", `A certificate that is ${flaw} was refused.`, called);
      } finally {
        await stage.close();
      }
    }
  },
};

/** SEC-001: nothing of the private key in what the adapter ever wrote. */
export const leaks: Check = {
  id: "leaks",
  title: "the private key never leaves the client",
  requirements: ["SEC-001"],
  needs: [],
  hardening: true,
  async run(bench) {
    const op = anyOp(bench);
    if (!op) return;
    const one = bench.open("leaks", "SEC-001");
    one.scene.create("S1");
    const called = await one.call(op, "S1");
    if (called.exchanges.length === 0) return;
    // What goes wrong is logged more freely than what goes right.
    for (const fault of [
      { kind: "drop_after_commit" },
      { kind: "empty" },
      { kind: "status", status: 500, body: "html" },
    ] as const) {
      one.scene.fault(op === "cancel" ? CANCEL : QUERY, fault);
      await one.call(op, "S1");
    }
    const everywhere = [...bench.stage.keys.merchants.values()].flatMap(secretsOf);
    const leaked = leakIn(bench.client.output(), everywhere) !== null;
    if (leaked)
      one.fail("SEC-001", "The private key is in what the client wrote to stdout or stderr.", called);
    else one.pass("SEC-001", "No part of the private key is on stdout or stderr.", called);
  },
};
