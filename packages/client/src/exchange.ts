import { type Answer, TransportError } from "@ksherproof/core";
import { FORM_TYPE, LARGEST_ANSWER_BYTES } from "@ksherproof/spec";
import { type BodyReader, type Fetch, platform, type Signal } from "./platform.js";

/** At most so many bytes of an answer are read (SEC-004). */
export const MOST_ANSWER_BYTES: number = LARGEST_ANSWER_BYTES;

/** One call over HTTP. */
export interface Call {
  readonly url: string;
  readonly form: string;
  readonly fetch: Fetch;
  readonly now: () => number;
  /** For the whole exchange, up to the last byte of the answer (RSP-008). */
  readonly timeoutMs: number;
  readonly signal: Signal | undefined;
}

/**
 * Posts a form and reads the answer, at most 1 MiB of it, before the deadline. Throws `TransportError` with the code
 * `timeout`, `aborted`, `connection` or `answer_too_large`, whatever `fetch` throws.
 */
export async function post(call: Call): Promise<Answer> {
  const started = call.now();
  const fail = (code: string, what: string, cause?: unknown): TransportError =>
    new TransportError(code, what, call.now() - started, cause === undefined ? {} : { cause });
  if (call.signal?.aborted) throw fail("aborted", "The call was aborted before anything was sent.");
  const controller = new platform.AbortController();
  let timer: unknown;
  let onAbort = (): void => {};
  const stopped = new Promise<never>((_, reject) => {
    timer = platform.setTimeout(
      () => reject(fail("timeout", `No whole answer came within ${call.timeoutMs} ms.`)),
      call.timeoutMs,
    );
    onAbort = () => reject(fail("aborted", "The call was aborted; the request may have arrived."));
    call.signal?.addEventListener("abort", onAbort);
  });
  const answered = answerTo(call, controller.signal, fail);
  let whole = false;
  try {
    const answer = await Promise.race([answered, stopped]);
    whole = answer.status === 200;
    return answer;
  } catch (thrown) {
    if (thrown instanceof TransportError) throw thrown;
    throw fail("connection", `The exchange broke off: ${reasonOf(thrown)}.`, thrown);
  } finally {
    platform.clearTimeout(timer);
    call.signal?.removeEventListener("abort", onAbort);
    // What was read to its end leaves nothing to abort; the body of another status was not read.
    if (!whole) controller.abort();
    answered.catch(() => {});
  }
}

async function answerTo(
  call: Call,
  signal: Signal,
  fail: (code: string, what: string) => TransportError,
): Promise<Answer> {
  const answer = await call.fetch(call.url, {
    method: "POST",
    headers: { "content-type": FORM_TYPE },
    body: call.form,
    redirect: "manual",
    signal,
  });
  if (answer.status !== 200) return { status: answer.status, body: new Uint8Array() };
  const reader = answer.body?.getReader();
  return { status: answer.status, body: reader ? await bytesOf(reader, fail) : new Uint8Array() };
}

async function bytesOf(
  reader: BodyReader,
  fail: (code: string, what: string) => TransportError,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return joined(chunks, total);
    if (!value) continue;
    total += value.length;
    if (total > MOST_ANSWER_BYTES) {
      reader.cancel().catch(() => {});
      throw fail("answer_too_large", "The answer is larger than 1 MiB.");
    }
    chunks.push(value);
  }
}

function joined(chunks: readonly Uint8Array[], total: number): Uint8Array {
  const whole = new Uint8Array(total);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/** What broke, in the platform's own words: `fetch` hides it in `cause`. */
function reasonOf(thrown: unknown): string {
  const cause = (
    thrown as { readonly cause?: { readonly code?: unknown; readonly message?: unknown } } | null
  )?.cause;
  const words = cause?.code ?? cause?.message ?? (thrown as { readonly message?: unknown } | null)?.message;
  return String(words ?? thrown);
}
