// node scripts/bench/harness.mjs [seconds]: sequences of eight steps a second, in process and through an adapter, and how
// much of that time the RSA alone would take. Needs `pnpm build` first.
import { connect } from "node:net";
import { performance } from "node:perf_hooks";
import { createClient, randomNonce } from "@ksherproof/client";
import { readPublicKey } from "@ksherproof/core";
import { nodeSigner, nodeVerifier } from "@ksherproof/keys";
import { root } from "../steps.mjs";

// What is measured lies within the harness; as an API nobody needs it.
const inner = (file) => import(`${root}packages/harness/dist/${file}.js`);
const { Bench, Shared } = await inner("bench");
const { play } = await inner("checks/sequences");
const { inProcess } = await inner("adapter/in-process");
const { startAdapter } = await inner("adapter/process");
const { Stage } = await inner("stage");
const { newStageKeys, sized } = await inner("stage-keys");

const SECONDS = Number(process.argv[2] ?? 4);
const ROUNDS = 3;
/** Eight steps, five of which are calls. */
const STEPS = [
  { step: "openLink" },
  { step: "saveQr" },
  { step: "query", fault: null },
  { step: "cancel", fault: null },
  { step: "query", fault: null },
  { step: "payByQr" },
  { step: "query", fault: null },
  { step: "cancel", fault: null },
];

/**
 * A `fetch` of a single connection that is kept: what Node's own costs (some 0.4 ms a call) is the client's, and more than
 * all that the harness does with a call.
 */
function leanFetch() {
  let socket;
  let at = "";
  let arrived = Buffer.alloc(0);
  let wake = () => {};
  const open = (host, port) => {
    const opened = connect({ host, port, noDelay: true });
    opened.on("data", (chunk) => {
      arrived = arrived.length === 0 ? chunk : Buffer.concat([arrived, chunk]);
      wake();
    });
    opened.on("error", () => {});
    opened.on("close", () => {
      if (socket !== opened) return;
      socket = undefined;
      wake();
    });
    socket = opened;
    at = `${host}:${port}`;
    arrived = Buffer.alloc(0);
  };
  const answer = () => {
    const end = arrived.indexOf("\r\n\r\n");
    if (end < 0) return null;
    const head = arrived.toString("latin1", 0, end);
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1]);
    if (arrived.length < end + 4 + length) return null;
    const pieces = [arrived.subarray(end + 4, end + 4 + length)];
    arrived = arrived.subarray(end + 4 + length);
    const read = async () => ({ done: pieces.length === 0, value: pieces.pop() });
    return { status: Number(head.slice(9, 12)), body: { getReader: () => ({ read }) } };
  };
  return async (url, { method, headers, body }) => {
    const [, hostname, port, path] = /^http:\/\/([^:]+):(\d+)(.*)$/.exec(url);
    if (!socket || at !== `${hostname}:${port}`) open(hostname, Number(port));
    const type = headers["content-type"];
    socket.write(
      `${method} ${path} HTTP/1.1\r\nhost: ${hostname}:${port}\r\ncontent-type: ${type}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
    for (;;) {
      const found = answer();
      if (found) return found;
      if (!socket) throw new Error("the connection broke");
      await new Promise((resolve) => {
        wake = resolve;
      });
    }
  };
}
const post = leanFetch();

const kept = new Map();
const once = (text, make) => kept.get(text) ?? kept.set(text, make(text)).get(text);
const client = (args) =>
  createClient({
    baseUrl: args.base_url,
    appid: args.appid,
    signer: once(args.private_key, nodeSigner),
    verifier: once(args.public_key, (text) => nodeVerifier(readPublicKey(text))),
    fetch: post,
    now: Date.now,
    nonce: randomNonce,
    timeoutMs: args.timeout_ms,
  });
const here = inProcess({
  name: "reference client in this process",
  cancel: async (args) => ({ outcome: (await client(args).cancel(args.mch_order_no)).outcome }),
  query: async (args) => ({ outcome: (await client(args).query(args.mch_order_no)).outcome }),
});

/** Keys as they are in use: the merchant portal issues 1024 bits, the gateway signs with 512 (docs/reference/sources.md). */
const made = newStageKeys();
const merchant = sized(made.merchants, 1024);
const gateway = sized(made.gateways, 512);
const keys = { ...made, gateways: new Map([[1024, gateway]]) };

/** Plays sequences for so many seconds, and at least so many of them. */
async function measure(under, seconds, least = 1) {
  const stage = await Stage.open(1, undefined, keys);
  const shared = new Shared();
  const bench = new Bench(under, stage, { seed: 1, runs: 1, shared });
  const until = performance.now() + seconds * 1000;
  const began = performance.now();
  const cpu = process.cpuUsage();
  let count = 0;
  for (; performance.now() < until || count < least; count += 1) {
    if (!(await play(bench, STEPS))) throw new Error("the sequence failed: nothing was measured");
    shared.evidences.all.length = 0;
  }
  const took = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  await stage.close();
  return { rate: count / took, cpuMs: (user + system) / 1000 / count };
}

/** Sequences until the engine has compiled what is hot: what they cost falls until then, from 6 ms to less than 3. */
const WARM = 2000;

/** The median of some rounds after one that warms up. */
async function median(under) {
  await measure(under, 0, WARM);
  const rounds = [];
  for (let i = 0; i < ROUNDS; i += 1) rounds.push(await measure(under, SECONDS / ROUNDS));
  const middle = (name) => rounds.map((round) => round[name]).sort((a, b) => a - b)[Math.floor(ROUNDS / 2)];
  return { rate: middle("rate"), cpuMs: middle("cpuMs") };
}

/** Milliseconds of RSA in one sequence: each request is signed and verified, each query's answer too. */
function rsaMs() {
  const message = new TextEncoder().encode("x".repeat(300));
  const time = (act) => {
    for (let i = 0; i < 500; i += 1) act();
    const cpu = process.cpuUsage();
    for (let i = 0; i < 2000; i += 1) act();
    const { user, system } = process.cpuUsage(cpu);
    return (user + system) / 1000 / 2000;
  };
  const costs = ({ signer }) => {
    const verifier = nodeVerifier(signer.key);
    const signature = signer.sign(message);
    return {
      sign: time(() => signer.sign(message)),
      verify: time(() => verifier.verify(message, signature)),
    };
  };
  const [request, answer] = [costs(merchant), costs(gateway)];
  const calls = STEPS.filter(({ fault }) => fault === null).length;
  const queries = STEPS.filter(({ step }) => step === "query").length;
  // The gateway verifies each request; the harness judges the same bytes and is told what came of it.
  const all = calls * (request.sign + request.verify) + queries * (answer.sign + answer.verify);
  return { request, answer, all };
}

const rsa = rsaMs();
const shown = (name, bits, { sign, verify }) =>
  `RSA-${bits} (${name}): ${sign.toFixed(3)} ms to sign, ${verify.toFixed(3)} ms to verify\n`;
process.stdout.write(shown("the merchant's key", merchant.bits, rsa.request));
process.stdout.write(shown("the gateway's key", gateway.bits, rsa.answer));
process.stdout.write(`RSA alone in a sequence of eight steps: ${rsa.all.toFixed(2)} ms\n`);
const adapter = await startAdapter([process.execPath, `${root}adapters/typescript/adapter.mjs`]);
try {
  for (const [name, under] of [
    ["in process", here],
    ["through an adapter", adapter],
  ]) {
    const { rate, cpuMs } = await median(under);
    const own =
      under === here
        ? `, of which RSA is ${((100 * rsa.all) / cpuMs).toFixed(0)} %: at most ${(1000 / cpuMs).toFixed(0)} a second on one core`
        : "";
    process.stdout.write(
      `${name.padEnd(18)} ${rate.toFixed(0).padStart(5)} sequences a second by the clock, ${cpuMs.toFixed(2)} ms of CPU each in this process${own}\n`,
    );
  }
} finally {
  await adapter.close();
}
