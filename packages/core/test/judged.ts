import {
  canonicalText,
  encodeForm,
  encodeUtf8,
  judgeRequest,
  type Observation,
  portableVerifier,
  type RequestContext,
} from "../src/index.js";
import { newKey, signWith } from "./explain/planted.js";

export const merchant = newKey("merchant", 1024);

/** A cancel request that breaks nothing, unsigned. */
export const RIGHT: Readonly<Record<string, string>> = {
  appid: "mch35005",
  mch_order_no: "A-1",
  nonce_str: "472393a69ca0b86522e1ffa98947f6c7",
  time_stamp: "20261124112030",
};

/** How a request is sent, where it is not as it should be. */
export interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly type?: string | null;
  readonly body?: string;
  readonly sign?: string;
}

/** What a signed request with these fields shows. A field that is undefined is left out. */
export function judged(
  changes: Readonly<Record<string, string | undefined>> = {},
  {
    method = "POST",
    path = "/api/cancel_order",
    type = "application/x-www-form-urlencoded",
    ...sent
  }: Sent = {},
  context: Partial<RequestContext> = {},
): readonly Observation[] {
  const fields = Object.entries({ ...RIGHT, ...changes }).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  );
  const params = new Map(fields);
  const sign = sent.sign ?? signWith(merchant.privateKey, canonicalText(params));
  if (sign !== "") params.set("sign", sign);
  return judgeRequest(
    {
      method,
      path,
      headers: type === null ? {} : { "content-type": type },
      body: encodeUtf8(sent.body ?? encodeForm(params)),
    },
    {
      endpoints: ["/cancel_order", "/gateway_order_query"],
      verifierOf: (appid) => (appid === RIGHT.appid ? portableVerifier(merchant.named.key) : undefined),
      nonces: new Map(),
      ...context,
    },
  );
}

/** `REQ-003 text` of each observation, those that hold or those that do not. */
export const saying = (seen: readonly Observation[], holds: boolean): readonly string[] =>
  seen.filter((one) => one.holds === holds).map(({ requirement, detail }) => `${requirement} ${detail}`);
