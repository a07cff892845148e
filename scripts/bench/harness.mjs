// node scripts/bench/harness.mjs: sequences of eight steps a second, in process and through an adapter, and how much of
// that time the RSA alone would take. Needs `pnpm build` first.
import { createClient, randomNonce } from "@ksherproof/client";
import { readPublicKey } from "@ksherproof/core";
import {
  Bench,
  inProcess,
  newStageKeys,
  play,
  Shared,
  Stage,
  sized,
  startAdapter,
} from "@ksherproof/harness";
import { nodeSigner, nodeVerifier } from "@ksherproof/keys";

const SECONDS = Number(process.argv[2] ?? 4);
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

const kept = new Map();
const once = (text, make) => kept.get(text) ?? kept.set(text, make(text)).get(text);
const client = (args) =>
  createClient({
    baseUrl: args.base_url,
    appid: args.appid,
    signer: once(args.private_key, nodeSigner),
    verifier: once(args.public_key, (text) => nodeVerifier(readPublicKey(text))),
    fetch,
    now: Date.now,
    nonce: randomNonce,
    timeoutMs: args.timeout_ms,
  });
const here = inProcess({
  name: "reference client in this process",
  cancel: async (args) => ({ outcome: (await client(args).cancel(args.mch_order_no)).outcome }),
  query: async (args) => ({ outcome: (await client(args).query(args.mch_order_no)).outcome }),
});

const keys = newStageKeys();

async function measure(under) {
  const stage = await Stage.open(1, undefined, keys);
  const shared = new Shared();
  const bench = new Bench(under, stage, { seed: 1, runs: 1, shared });
  const one = async () => {
    if (!(await play(bench, STEPS))) throw new Error("the sequence failed: nothing was measured");
    shared.evidences.all.length = 0;
  };
  for (let i = 0; i < 20; i += 1) await one();
  const until = performance.now() + SECONDS * 1000;
  const began = performance.now();
  const cpu = process.cpuUsage();
  let count = 0;
  for (; performance.now() < until; count += 1) await one();
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  await stage.close();
  return { rate: count / seconds, cpuMs: (user + system) / 1000 / count };
}

/** Milliseconds of RSA in one sequence: each request is signed and verified, each query's answer too (1024 bits). */
function rsaMs() {
  const message = new TextEncoder().encode("x".repeat(300));
  const merchant = sized(keys.merchants, 1024);
  const time = (act) => {
    const began = performance.now();
    for (let i = 0; i < 2000; i += 1) act();
    return (performance.now() - began) / 2000;
  };
  const signature = merchant.signer.sign(message);
  const sign = time(() => merchant.signer.sign(message));
  const verify = time(() => merchant.verifier.verify(message, signature));
  const calls = STEPS.filter(({ fault }) => fault === null).length;
  const queries = STEPS.filter(({ step }) => step === "query").length;
  // The gateway verifies each request, and the harness once more from the bytes that came.
  return { sign, verify, all: (calls + queries) * sign + (2 * calls + queries) * verify };
}

const rsa = rsaMs();
process.stdout.write(
  `RSA-1024: ${rsa.sign.toFixed(3)} ms to sign, ${rsa.verify.toFixed(3)} ms to verify; ${rsa.all.toFixed(2)} ms of it in a sequence of eight steps\n`,
);
const adapter = await startAdapter([process.execPath, "adapters/typescript/adapter.mjs"]);
for (const [name, under] of [
  ["in process", here],
  ["through an adapter", adapter],
]) {
  const { rate, cpuMs } = await measure(under);
  const share = (100 * rsa.all) / cpuMs;
  const own = under === here ? `, of which RSA is ${share.toFixed(0)} %` : "";
  process.stdout.write(
    `${name.padEnd(18)} ${rate.toFixed(0).padStart(5)} sequences a second, ${cpuMs.toFixed(1)} ms of CPU each in this process${own}\n`,
  );
}
await adapter.close();
