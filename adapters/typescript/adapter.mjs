// The reference client behind the adapter protocol: JSON Lines on stdin and stdout.
// Run from the root after `pnpm build`: node adapters/typescript/adapter.mjs
import { createClient, createWebhookHandler, randomNonce } from "@ksherproof/client";
import {
  canonicalText,
  paramsFromObject,
  parseEnvelope,
  readPublicKey,
  signParams,
  verifyEnvelope,
} from "@ksherproof/core";
import { nodeSigner, nodeVerifier } from "@ksherproof/keys";
import { httpsFetch } from "./https-fetch.mjs";

const kept = new Map();
const once = (kind, text, make) =>
  kept.get(kind + text) ?? kept.set(kind + text, make(text)).get(kind + text);
const signer = (pem) => once("signer", pem, nodeSigner);
const verifier = (pem) => once("verifier", pem, (text) => nodeVerifier(readPublicKey(text)));
const params = (object) => {
  const read = paramsFromObject(object);
  if (!read.ok) throw new Error(read.rejection.detail);
  return read.value;
};

const client = (args) =>
  createClient({
    baseUrl: args.base_url,
    appid: args.appid,
    signer: signer(args.private_key),
    verifier: verifier(args.public_key),
    fetch: args.ca && args.base_url.startsWith("https:") ? once("ca", args.ca, httpsFetch) : fetch,
    now: Date.now,
    nonce: randomNonce,
    timeoutMs: args.timeout_ms,
    ...(args.lang === undefined ? {} : { lang: args.lang }),
  });

const told = ({ outcome, answer, payContent, because }) => {
  let response = null;
  try {
    if (answer) response = JSON.parse(new TextDecoder().decode(answer.body));
  } catch {}
  if (because) process.stderr.write(`${because.code}: ${because.detail}\n`);
  return { outcome, response, ...(payContent ? { pay_content: payContent } : {}) };
};

const ops = {
  hello: () => ({
    protocol: 1,
    name: "ksherproof reference client",
    version: "0.1.0",
    language: "TypeScript",
    ops: Object.keys(ops).filter((op) => op !== "hello"),
    concurrent: true,
    tls: true,
  }),
  canonicalize: (args) => ({ canonical: canonicalText(params(args.params)) }),
  sign: (args) => ({ sign: signParams(params(args.params), signer(args.private_key)) }),
  verify: (args) => {
    const envelope = parseEnvelope(
      `{"sign":${JSON.stringify(args.sign)},"data":${args.data_text ?? JSON.stringify(args.data)}}`,
    );
    return { valid: envelope.ok && verifyEnvelope(envelope.value, "all", verifier(args.public_key)).ok };
  },
  create: async ({ mch_order_no, total_fee, fee_type, channel_list, attach, ...args }) =>
    told(
      await client(args).create({
        mch_order_no,
        total_fee,
        fee_type,
        channel_list,
        ...(attach === undefined ? {} : { attach }),
      }),
    ),
  cancel: async (args) => {
    const began = Date.now();
    const cancelled = await client(args).cancel(args.mch_order_no);
    if (cancelled.outcome === "unknown" || cancelled.outcome === "failed") {
      // RTY-003: ask what became of the order before the caller is told; the whole stays within timeout_ms and a second.
      const left = Math.max(500, (args.timeout_ms ?? 10_000) - (Date.now() - began));
      const { outcome } = await client(args).query(args.mch_order_no, { timeoutMs: left });
      process.stderr.write(`after ${cancelled.outcome} the query says ${outcome}\n`);
    }
    return told(cancelled);
  },
  query: async (args) => told(await client(args).query(args.mch_order_no)),
  notify: async (args) => {
    const handler = once("webhook", args.public_key, () =>
      createWebhookHandler({ verifier: verifier(args.public_key) }),
    );
    const { outcome, reply } = await handler(args.body);
    return { outcome, reply };
  },
};

async function answer(line) {
  const { id, op, args } = JSON.parse(line);
  try {
    if (!Object.hasOwn(ops, op)) return { id, error: { kind: "unsupported", message: `no op ${op}` } };
    return { id, ok: await ops[op](args) };
  } catch (thrown) {
    return { id, error: { kind: "failed", message: String(thrown?.message ?? thrown) } };
  }
}

// Split on \n alone: a JSON text may hold U+2028, which readline takes for the end of a line.
let rest = "";
const running = new Set();
process.stdin.setEncoding("utf8");
for await (const chunk of process.stdin) {
  const lines = chunk.split("\n");
  lines[0] = rest + lines[0];
  rest = lines.pop();
  for (const line of lines.filter((text) => text.trim() !== "")) {
    const work = answer(line)
      .then((ok) => process.stdout.write(`${JSON.stringify(ok)}\n`))
      .finally(() => running.delete(work));
    running.add(work);
  }
}
await Promise.allSettled(running);
process.exit(0);
