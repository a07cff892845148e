import { encodeUtf8, type Params, type Result } from "@ksherproof/core";

/** An HTTP request as the protocol sees it. */
export interface WireRequest {
  readonly method: string;
  /** The endpoint's path, `/cancel_order`, without base path and query. */
  readonly path: string;
  /** Lower-case names; several headers of one name are joined with a comma. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
  /** The body decoded as a form, where that was done before. */
  readonly form?: Result<Params>;
}

/** An HTTP answer as the protocol gives it. The shell adds `content-length` and nothing else of meaning. */
export interface WireAnswer {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Media type of the gateway's envelopes. */
export const JSON_TYPE = "application/json; charset=utf-8";

/** An answer whose body is this text. */
export function textAnswer(status: number, type: string, text: string): WireAnswer {
  return { status, headers: { "content-type": type }, body: encodeUtf8(text) };
}

/** An answer whose body is this value as compact JSON, non-ASCII as raw UTF-8. */
export function jsonAnswer(value: unknown, status = 200): WireAnswer {
  return textAnswer(status, JSON_TYPE, JSON.stringify(value));
}
