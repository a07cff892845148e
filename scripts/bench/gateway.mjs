// Signed cancels a second over loopback against `ksherproof serve`, and whether its ledger lost or doubled any.
// node scripts/bench/gateway.mjs [orders, 10000 if not given] [connections, 16 if not given]
import { spawn } from "node:child_process";
import { Agent, request } from "node:http";
import { encodeForm, signedRequest } from "../../packages/core/dist/index.js";
import { nodeSigner } from "../../packages/keys/dist/index.js";
import { root } from "../steps.mjs";

const orders = Number(process.argv[2] ?? 10_000);
const connections = Number(process.argv[3] ?? 16);
const serve = spawn(process.execPath, [`${root}packages/cli/bin/ksherproof.mjs`, "serve", "--json"], {
  stdio: ["ignore", "pipe", "inherit"],
});
let line = "";
for await (const chunk of serve.stdout) {
  line += chunk;
  if (line.includes("\n")) break;
}
const ready = JSON.parse(line);
const signer = nodeSigner(ready.private_key);
const agent = new Agent({ keepAlive: true, maxSockets: connections });

function form(number, extra = {}) {
  const params = {
    appid: ready.appid,
    mch_order_no: `bench-${number}`,
    time_stamp: "20220919121212",
    ...extra,
  };
  return encodeForm(signedRequest(new Map(Object.entries(params)), signer));
}

function post(endpoint, body) {
  return new Promise((resolve, reject) => {
    const headers = {
      "content-type": "application/x-www-form-urlencoded",
      "content-length": Buffer.byteLength(body),
    };
    const sent = request(`${ready.base_url}/${endpoint}`, { method: "POST", headers, agent }, (answer) => {
      let text = "";
      answer.setEncoding("utf8");
      answer.on("data", (chunk) => {
        text += chunk;
      });
      answer.on("end", () => resolve(JSON.parse(text).code));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

/** Sends every body, so many at once; gives how often each code came, and the seconds. */
async function all(endpoint, bodies) {
  const codes = {};
  let next = 0;
  const from = performance.now();
  const lane = async () => {
    while (next < bodies.length) {
      const body = bodies[next];
      next += 1;
      const code = await post(endpoint, body);
      codes[code] = (codes[code] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, lane));
  return { codes, seconds: (performance.now() - from) / 1000 };
}

const numbers = Array.from({ length: orders }, (_, number) => number);
const fields = { total_fee: "2000", fee_type: "THB", channel_list: "promptpay" };
await all(
  "gateway_pay",
  numbers.map((number) => form(number, { ...fields, nonce_str: `create-${number}` })),
);
// Each order is cancelled twice: one of the two must win, the other must get -5.
const cancels = [...numbers, ...numbers].map((number, at) => form(number, { nonce_str: `cancel-${at}` }));
const { codes, seconds } = await all("cancel_order", cancels);
const ledger = await (await fetch(`${ready.control}/ledger`)).json();
const won = ledger.filter(({ event, code }) => event === "cancel_order" && code === 0);
const nonces = new Set(ledger.filter(({ event }) => event === "cancel_order").map(({ nonce }) => nonce));
const summary = await (await fetch(ready.control)).json();
const report = {
  cancels: cancels.length,
  connections,
  seconds: Number(seconds.toFixed(2)),
  cancels_per_second: Math.round(cancels.length / seconds),
  codes,
  lost: cancels.length - nonces.size,
  doubled: won.length - new Set(won.map(({ ref }) => ref.mch_order_no)).size,
  broken_invariants: summary.broken_invariants.length,
};
process.stdout.write(`${JSON.stringify(report)}\n`);
agent.destroy();
serve.kill("SIGINT");
const whole = codes[0] === orders && codes[-5] === orders && report.lost === 0 && report.doubled === 0;
process.exitCode = whole && report.broken_invariants === 0 ? 0 : 1;
