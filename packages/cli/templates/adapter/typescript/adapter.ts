// Adapter of your client for Ksherproof: JSON Lines on stdin and stdout, one request a line, one answer a line.
// Run: node adapter.ts (Node 22.18 and later), or npx --yes tsx adapter.ts. Logs go to stderr: console.error.
type Args = any; // the fields of each operation: docs/guides/write-an-adapter.md

const stub = (op: string): never => {
  throw new Error(`${op} is not filled in`);
};

const canonicalize = async (args: Args) => {
  return { canonical: stub("canonicalize") }; // YOUR CLIENT: the exact text that it signs for args.params
};
const sign = async (args: Args) => {
  return { sign: stub("sign") }; // YOUR CLIENT: the signature of args.params with args.private_key (PEM)
};
const verify = async (args: Args) => {
  return { valid: stub("verify") }; // YOUR CLIENT: whether args.sign fits args.data (as text: args.data_text) under args.public_key
};
const create = async (args: Args) => {
  // YOUR CLIENT at args.base_url, as args.appid: create the order args.mch_order_no over args.total_fee.
  return { outcome: stub("create") }; // "created", "rejected", "unknown"
};
const cancel = async (args: Args) => {
  // YOUR CLIENT at args.base_url, as args.appid, with args.private_key and args.timeout_ms: cancel args.mch_order_no.
  return { outcome: stub("cancel") }; // "cancelled", "already_cancelled", "already_paid", "failed" ...; a time-out that throws: unknown
};
const query = async (args: Args) => {
  // YOUR CLIENT: query args.mch_order_no and verify the answer with args.public_key.
  return { outcome: stub("query") }; // "paid", "closed", "unpaid", "pending", "untrusted", "unknown", ...
};
const notify = async (args: Args) => {
  // YOUR SERVER'S HANDLER: args.body is the webhook's raw body.
  return { outcome: stub("notify"), reply: "" }; // "paid", "untrusted", "unknown"; reply: what it would answer
};

// An operation is offered as soon as its function stands here in place of null.
const ops: Record<string, ((args: Args) => Promise<object>) | null> = {
  canonicalize: null, // canonicalize
  sign: null, // sign
  verify: null, // verify
  create: null, // create
  cancel: null, // cancel
  query: null, // query
  notify: null, // notify
};

const hello = async () => ({
  protocol: 1,
  name: "my client",
  version: "0.1.0",
  language: "TypeScript",
  ops: Object.keys(ops).filter((op) => ops[op] !== null),
  concurrent: true, // false: one request at a time
});

async function answer(line: string): Promise<string> {
  const { id, op, args } = JSON.parse(line);
  const run = op === "hello" ? hello : Object.hasOwn(ops, op) ? ops[op] : null;
  if (run === null) return JSON.stringify({ id, error: { kind: "unsupported", message: `no ${op}` } });
  try {
    return JSON.stringify({ id, ok: await run(args) });
  } catch (error) {
    return JSON.stringify({ id, error: { kind: "failed", message: String((error as Error).message) } });
  }
}

// Only \n ends a line: readline would also split at U+2028, which a JSON text may hold.
let rest = "";
process.stdin.setEncoding("utf8");
process.stdin.on("data", (chunk: string) => {
  const lines = (rest + chunk).split("\n");
  rest = lines.pop() ?? "";
  for (const line of lines) if (line.trim() !== "") answer(line).then((text) => process.stdout.write(`${text}\n`));
});
