import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  cancelOutcome,
  decodeSignature,
  encodeForm,
  encodeUtf8,
  judgeRequest,
  notifyOutcome,
  paramsFromObject,
  queryOutcome,
  readPublicKey,
  signText,
  type Verifier,
} from "@ksherproof/core";
import { nodeSigner, nodeVerifier } from "@ksherproof/keys";
import type { MessageName } from "@ksherproof/spec/validators";
import { createOutcome } from "../../packages/client/src/create-outcome.js";
import { canonicalData } from "../../packages/gateway/src/canonical-data.js";
import { isAcceptance } from "../../packages/gateway/src/webhook.js";

type Json = Record<string, unknown>;

const pem = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../vectors/keys/${name}.pem`, import.meta.url)), "utf8");
const signer = nodeSigner(pem("gateway-512.pkcs1"));
const verifier: Verifier = nodeVerifier(readPublicKey(pem("gateway-512.spki")));
const keys = ["512", "1024", "2048"].map((bits) => readPublicKey(pem(`merchant-${bits}.spki`)));

/** Places that core reads no meaning from: texts for people, and a sign or data where none is expected (RSP-004, RSP-005). */
const INDIFFERENT = /^\/(msg|message)$/;

/**
 * Whether core's own parsers take a message, its signature made right: true, false, or null where they have no say. `original`
 * is the message before one thing of it was made wrong at `pointer`.
 */
export function coreVerdict(
  name: MessageName,
  message: Json,
  original: Json,
  pointer: string | null,
): boolean | null {
  if (
    name.endsWith(".strict") ||
    name.startsWith("ksherpay") ||
    (pointer !== null && INDIFFERENT.test(pointer))
  )
    return null;
  if (name.endsWith(".request") && !name.startsWith("mch-")) return requestVerdict(message, pointer);
  const body = encodeUtf8(JSON.stringify(signed(message, pointer)));
  const answer = { status: 200, body };
  switch (name) {
    case "cancel-order.response":
      return pointer === null || pointer === "/code" ? cancelOutcome(answer).outcome !== "unknown" : null;
    case "gateway-order-query.response": {
      if (original.code !== 0 && pointer !== null && pointer !== "/code") return null;
      const data = (original.data ?? {}) as Json;
      const asked = { mch_order_no: String(data.mch_order_no), appid: String(data.appid) };
      const { outcome, because } = queryOutcome(answer, verifier, asked);
      return outcome !== "untrusted" && (outcome !== "unknown" || because?.code === "query_refused");
    }
    case "gateway-pay.response":
      if (original.code !== 0 && pointer !== null) return null;
      return createOutcome(answer, verifier).outcome === (message.code === 0 ? "created" : "rejected");
    case "mch-notify-url.request":
      return outcomeOfWebhook(message, original, pointer);
    default:
      return pointer === "/msg" ? null : isAcceptance(JSON.stringify(message));
  }
}

/** A webhook names its order itself: nothing that was asked tells another one from it, so its numbers are core's only where typed. */
function outcomeOfWebhook(message: Json, original: Json, pointer: string | null): boolean | null {
  const [field] = /^\/data\/(appid|mch_order_no)$/.exec(pointer ?? "")?.slice(1) ?? [];
  if (field !== undefined && typeof (message.data as Json)[field] === typeof (original.data as Json)[field])
    return null;
  return notifyOutcome(JSON.stringify(signed(message, pointer)), verifier).outcome === "paid";
}

/** The message with a signature that fits its data, unless it is the signature that was made wrong. */
function signed(message: Json, pointer: string | null): Json {
  const { data } = message;
  if (pointer === "/sign" || typeof data !== "object" || data === null || message.sign === undefined)
    return message;
  const texts = Object.fromEntries(
    Object.entries(data).map(([name, value]) => [
      name,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
  return { ...message, sign: signText(canonicalData(texts), signer) };
}

function requestVerdict(message: Json, pointer: string | null): boolean | null {
  if (pointer !== null && !/^\/(appid|nonce_str|time_stamp|sign|mch_order_no|lang)$/.test(pointer))
    return null;
  const texts = Object.fromEntries(
    Object.entries(message).map(([name, value]) => [
      name,
      /^(total_fee|expire_time)$/.test(name) ? String(value) : value,
    ]),
  );
  const params = paramsFromObject(texts);
  if (!params.ok) return false;
  if (pointer === "/sign" && typeof message.sign === "string")
    return keys.some((key) => decodeSignature(String(message.sign), key).ok);
  const seen = judgeRequest(
    {
      method: "POST",
      path: "/cancel_order",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: encodeUtf8(encodeForm(params.value)),
    },
    { endpoints: ["/cancel_order"], verifierOf: () => undefined, nonces: new Map() },
  );
  return seen.filter(({ requirement }) => /^REQ-00[345]$/.test(requirement)).every(({ holds }) => holds);
}
