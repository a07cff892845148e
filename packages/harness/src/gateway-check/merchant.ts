import { randomBytes } from "node:crypto";
import {
  type Answer,
  encodeForm,
  encodeUtf8,
  type Params,
  parseEnvelope,
  type Signer,
  signedRequest,
  timeStamp,
} from "@ksherproof/core";
import type { Exchange } from "@ksherproof/gateway";
import { ENDPOINT_PATHS_BY_OPERATION } from "../protocol.js";

/** How the merchant reaches the gateway under test. */
export interface MerchantOptions {
  /** Endpoints are this and `/cancel_order`, as for a client under test. */
  readonly baseUrl: string;
  readonly appid: string;
  readonly signer: Signer;
  readonly timeoutMs: number;
}

/** What a call changes of the right request: fields set or taken away before it is signed, and the signature after. */
export interface Spoil {
  readonly set?: Readonly<Record<string, string>>;
  readonly remove?: readonly string[];
  readonly sign?: (right: string) => string;
  readonly signer?: Signer;
}

/** One call: its answer, and the exchange for the wire log. Code is null where the answer has no whole number there. */
export interface MerchantCall {
  readonly answer: Answer | null;
  readonly code: number | null;
  readonly exchange: Exchange;
  /** What happened, in one line. */
  readonly says: string;
}

/** A merchant that is right in everything, unless it is told to spoil something: core's own request path over HTTP. */
export class Merchant {
  private readonly options: MerchantOptions;
  private readonly began = performance.now();
  private seq = 0;

  constructor(options: MerchantOptions) {
    this.options = options;
  }

  get appid(): string {
    return this.options.appid;
  }

  async call(
    op: keyof typeof ENDPOINT_PATHS_BY_OPERATION,
    mch_order_no: string,
    fields: Readonly<Record<string, string>> = {},
    spoil: Spoil = {},
  ): Promise<MerchantCall> {
    const params = new Map([
      ["appid", this.options.appid],
      ["mch_order_no", mch_order_no],
      ["nonce_str", randomBytes(16).toString("hex")],
      ["time_stamp", timeStamp(Date.now())],
      ...Object.entries(fields),
      ...Object.entries(spoil.set ?? {}),
    ]);
    for (const name of spoil.remove ?? []) params.delete(name);
    const signed = new Map(signedRequest(params, spoil.signer ?? this.options.signer));
    if (spoil.sign) signed.set("sign", spoil.sign(signed.get("sign") ?? ""));
    for (const name of spoil.remove ?? []) signed.delete(name);
    return this.send(ENDPOINT_PATHS_BY_OPERATION[op], signed);
  }

  private async send(endpoint: string, params: Params): Promise<MerchantCall> {
    const form = encodeForm(params);
    const url = `${this.options.baseUrl}${endpoint}`;
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const startedAt = performance.now() - this.began;
    let answer: Answer | null = null;
    let broke = "";
    try {
      const signal = AbortSignal.timeout(this.options.timeoutMs);
      const response = await fetch(url, { method: "POST", headers, body: form, signal, redirect: "manual" });
      answer = { status: response.status, body: new Uint8Array(await response.arrayBuffer()) };
    } catch (error) {
      const { cause, message } = error as Error & { readonly cause?: Error };
      broke = cause?.message ?? message;
    }
    this.seq += 1;
    const text = answer ? new TextDecoder().decode(answer.body) : "";
    const envelope = answer?.status === 200 ? parseEnvelope(text) : null;
    const code = envelope?.ok ? (envelope.value.code ?? null) : null;
    const got = answer
      ? `HTTP ${answer.status} ${code === null ? text.slice(0, 60) : `code ${code}`}`
      : broke;
    return {
      answer,
      code,
      says: `${endpoint} ${params.get("mch_order_no") ?? "without an order"} -> ${got}`,
      exchange: {
        seq: this.seq,
        startedAt,
        endedAt: performance.now() - this.began,
        request: {
          method: "POST",
          target: new URL(url).pathname,
          path: new URL(url).pathname,
          httpVersion: "1.1",
          rawHeaders: Object.entries(headers).flat(),
          headers,
          body: encodeUtf8(form),
          connection: 0,
          tls: url.startsWith("https:"),
          startedAt,
        },
        endpoint,
        faults: [],
        committed: false,
        params,
        canonical: null,
        signature: "unchecked",
        refusal: null,
        event: null,
        meant: null,
        sent: answer ? { status: answer.status, headers: {}, body: answer.body } : null,
        sentBytes: answer?.body.length ?? 0,
        ending: answer ? "complete" : "no_answer",
      },
    };
  }
}
