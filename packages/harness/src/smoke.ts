import { readAnswer } from "./adapter/answer.js";
import { wrongShape } from "./adapter/answer-shapes.js";
import { type ClientUnderTest, OPERATIONS, type Operation } from "./adapter/client.js";
import { readHello } from "./adapter/hello.js";
import { startAdapter } from "./adapter/process.js";
import { RawAdapter } from "./adapter/raw.js";
import { webhookOf } from "./checks/webhook-bodies.js";
import { type Scene, Stage } from "./stage.js";

/** One thing that an adapter must do, whatever its client is worth. */
export interface SmokeStep {
  readonly step: string;
  readonly good: boolean;
  /** What was seen, where it is not good or worth telling. */
  readonly says: string;
}

const DEADLINE_MS = 30_000;
const EXIT_MS = 2_000;

/** Tests an adapter alone: does it speak the protocol? Nothing is said about the client behind it. */
export async function smoke(
  command: readonly [string, ...string[]],
  on: (step: SmokeStep) => void,
): Promise<boolean> {
  let good = true;
  const tell = (step: string, wrong: string | null, says = ""): boolean => {
    good = good && wrong === null;
    on({ step, good: wrong === null, says: wrong ?? says });
    return wrong === null;
  };
  if (!(await greets(command, tell))) return false;
  const client = await startAdapter(command);
  const stage = await Stage.open(1);
  try {
    const strange = await client.call("nonesuch" as Operation, {}, DEADLINE_MS);
    const refused = strange.kind === "error" && strange.error === "unsupported";
    tell(
      "an operation that it does not know is unsupported",
      refused ? null : `expected an error of kind unsupported, found ${said(strange)}`,
    );
    for (const op of OPERATIONS) await offers(client, stage.scene({ timeoutMs: 5000 }), op, tell);
    const unknown = client.hello.ops.filter((op) => !OPERATIONS.includes(op as Operation));
    if (unknown.length > 0) tell("its operations", `hello lists what is no operation: ${unknown.join(", ")}`);
  } finally {
    await client.close();
    await stage.close();
  }
  return good;
}

type Tell = (step: string, wrong: string | null, says?: string) => boolean;

/** The end of what an adapter wrote to stderr, without the frames of a stack, which would push out the error itself. */
function lastSaid(stderr: string): string {
  const lines = stderr.split("\n").filter((line) => !/^\s+at /.test(line));
  return lines.join("\n").trim().slice(-300);
}

/** Hello in two halves with unknown fields, then again in one piece with CRLF; then the end. */
async function greets(command: readonly [string, ...string[]], tell: Tell): Promise<boolean> {
  const raw = new RawAdapter(command);
  const hello = `{"id":7,"op":"hello","args":{"protocol":1,"unknown":"\u0e01\u2028😀"},"unknown":[1]}\n`;
  raw.write(hello.slice(0, 20));
  raw.write(hello.slice(20));
  const line = await raw.next(DEADLINE_MS);
  const answer = line === null ? null : readAnswer(line);
  const told = lastSaid(raw.stderr);
  const found =
    answer === null
      ? `no answer to hello${told === "" ? "" : `; stderr: ${told}`}`
      : "wrong" in answer
        ? answer.wrong
        : "error" in answer
          ? `hello was answered with an error: ${answer.message}`
          : answer.id !== 7
            ? `expected id 7, found ${answer.id}`
            : readHello(answer.ok);
  if (typeof found === "string") {
    tell("it says hello", found);
    await raw.end(0);
    return false;
  }
  const { name, version, language, ops, concurrent, tls } = found;
  const more = `${concurrent ? ", concurrent" : ""}${tls ? ", tls" : ""}`;
  tell(
    "it says hello, and ignores fields that it does not know",
    null,
    `${name} ${version} (${language}${more})`,
  );
  raw.write('{"id":8,"op":"hello","args":{"protocol":1}}\n{"id":9,"op":"nonesuch","args":{}}\n');
  const ids = new Set<number>();
  for (let i = 0; i < 2; i += 1) {
    const next = await raw.next(DEADLINE_MS);
    const read = next === null ? null : readAnswer(next);
    if (read && "id" in read) ids.add(read.id);
  }
  const both = ids.has(8) && ids.has(9);
  tell(
    "two requests that come in one piece are answered one by one",
    both ? null : `expected answers 8 and 9, found ${[...ids].join(", ") || "none"}`,
  );
  const code = await raw.end(EXIT_MS);
  tell(
    "it ends within 2 seconds when stdin is closed",
    code === "killed" ? "it had to be killed" : code === 0 ? null : `it ended with exit code ${code}`,
  );
  if (ops.length === 0)
    tell("it offers no operation yet", null, "fill one in, and put its name into the table");
  return true;
}

/** Asks for one operation with arguments that any client can take, and looks at the form of the answer. */
async function offers(client: ClientUnderTest, scene: Scene, op: Operation, tell: Tell): Promise<void> {
  const reply = await client.call(op, argsOf(scene, op), DEADLINE_MS);
  if (!client.hello.ops.includes(op)) {
    const refused = reply.kind === "error" && reply.error === "unsupported";
    tell(
      `${op} is not offered`,
      refused ? null : `expected an error of kind unsupported, found ${said(reply)}`,
    );
    return;
  }
  const wrong = reply.kind === "ok" ? wrongShape(op, reply.value) : said(reply);
  tell(`${op} is offered`, wrong, reply.kind === "ok" ? JSON.stringify(reply.value).slice(0, 100) : "");
}

function argsOf(scene: Scene, op: Operation): Readonly<Record<string, unknown>> {
  const { private_key, private_key_pkcs8, public_key, public_key_pkcs1 } = scene.args;
  const params = { appid: scene.appid, attach: '\u0e01 😀 \u2028 " \\', mch_order_no: "SMOKE-1" };
  const data = { mch_order_no: "SMOKE-1", total_fee: 2000 };
  switch (op) {
    case "canonicalize":
      return { params };
    case "sign":
      return { params, private_key, private_key_pkcs8 };
    case "verify":
      return {
        data,
        data_text: JSON.stringify(data),
        sign: "00".repeat(128),
        public_key,
        public_key_pkcs1,
      };
    case "notify":
      return { body: webhookOf("a payment", {}).body(scene), public_key, public_key_pkcs1 };
    case "create":
      return {
        ...scene.args,
        mch_order_no: "SMOKE-2",
        total_fee: 2000,
        fee_type: "THB",
        channel_list: "promptpay",
      };
    case "cancel":
    case "query":
      scene.create("SMOKE-1");
      return { ...scene.args, mch_order_no: "SMOKE-1" };
  }
}

function said(reply: Awaited<ReturnType<ClientUnderTest["call"]>>): string {
  if (reply.kind === "ok") return JSON.stringify(reply.value).slice(0, 200);
  return reply.kind === "error" ? `error ${reply.error}: ${reply.message}` : reply.message;
}
