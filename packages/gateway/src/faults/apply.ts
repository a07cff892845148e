import { gzipSync } from "node:zlib";
import { decodeUtf8, encodeUtf8 } from "@ksherproof/core";
import { textAnswer, type WireAnswer } from "../wire.js";
import { spoilBody } from "./body.js";
import type { FaultContext } from "./context.js";
import type { Fault } from "./fault.js";
import { PLAIN_TRANSPORT, type Transport } from "./transport.js";

/** An answer after its faults, and what the shell does with it. */
export interface Faulted {
  readonly answer: WireAnswer;
  readonly transport: Transport;
}

/** Applies one fault to an answer. Pure. Throws `UsageError` where the context lacks a key that the fault needs. */
export function applyFault(
  answer: WireAnswer,
  fault: Fault,
  context: FaultContext,
  before: Transport = PLAIN_TRANSPORT,
): Faulted {
  const wire = (change: Partial<Transport>): Faulted => ({ answer, transport: { ...before, ...change } });
  const body = (changed: Uint8Array): Faulted => ({
    answer: { ...answer, body: changed },
    transport: before,
  });
  switch (fault.kind) {
    case "delay":
      return wire(fault.point === "before_commit" ? {} : { delayMs: before.delayMs + fault.ms });
    case "drop_before_commit":
    case "drop_after_commit":
      return wire({ ending: fault.how ?? "close", cutAt: null });
    case "reset_mid_body":
      return wire({ ending: "reset", cutAt: fault.at ?? answer.body.length >> 1 });
    case "close_mid_body":
      return wire({ ending: "close", cutAt: fault.at ?? answer.body.length >> 1 });
    case "trickle":
      return wire({ pace: { bytesPerTick: fault.bytesPerTick, tickMs: fault.tickMs } });
    case "chunks":
      return wire({ chunks: fault.sizes });
    case "huge":
      return huge(answer, fault, before);
    case "status":
      return { answer: statusAnswer(answer, fault.status, fault.body), transport: before };
    case "redirect":
      return {
        answer: {
          ...answer,
          status: fault.status ?? 307,
          headers: { ...answer.headers, location: fault.to },
        },
        transport: before,
      };
    case "empty":
      return body(new Uint8Array());
    case "truncate":
      return body(answer.body.slice(0, fault.at ?? answer.body.length >> 1));
    case "content_type": {
      const { "content-type": _, ...rest } = answer.headers;
      const headers = fault.value === null ? rest : { ...rest, "content-type": fault.value };
      return { answer: { ...answer, headers }, transport: before };
    }
    case "gzip": {
      if (!context.takesGzip && fault.unasked !== true) return wire({});
      const headers = { ...answer.headers, "content-encoding": "gzip" };
      return { answer: { ...answer, headers, body: gzipSync(answer.body) }, transport: before };
    }
    case "stale":
      return context.previous ? { answer: context.previous, transport: before } : wire({});
    case "tls":
      return wire({});
    case "not_json":
    case "code":
    case "messages":
    case "extra_members":
    case "duplicate_member":
    case "proto":
    case "signature":
    case "edit_data": {
      const text = decodeUtf8(answer.body);
      return body(text.ok ? spoilBody(text.value, fault, context) : answer.body);
    }
  }
}

/** Applies several faults in turn. */
export function applyFaults(answer: WireAnswer, faults: readonly Fault[], context: FaultContext): Faulted {
  return faults.reduce<Faulted>((so, fault) => applyFault(so.answer, fault, context, so.transport), {
    answer,
    transport: PLAIN_TRANSPORT,
  });
}

function statusAnswer(
  answer: WireAnswer,
  status: number,
  body: "html" | "json" | "valid" | "empty",
): WireAnswer {
  switch (body) {
    case "valid":
      return { ...answer, status };
    case "empty":
      return { status, headers: {}, body: new Uint8Array() };
    case "json":
      return textAnswer(status, "application/json", `{"status":${status},"error":"upstream"}`);
    case "html":
      return textAnswer(
        status,
        "text/html",
        `<html><head><title>${status}</title></head><body><h1>${status}</h1></body></html>`,
      );
  }
}

/** The padding, blanks after the JSON or one long text in it, is streamed by the shell: it never stands in memory. */
function huge(answer: WireAnswer, fault: Fault & { kind: "huge" }, before: Transport): Faulted {
  const missing = Math.max(0, fault.bytes - answer.body.length);
  if (fault.pad !== "message") return { answer, transport: { ...before, padBytes: missing } };
  const text = decodeUtf8(answer.body);
  if (!text.ok) return { answer, transport: { ...before, padBytes: missing } };
  const head = encodeUtf8(text.value.replace(/\}$/, ',"trace":"'));
  const tail = encodeUtf8('"}');
  const padBytes = Math.max(0, fault.bytes - head.length - tail.length);
  return { answer: { ...answer, body: head }, transport: { ...before, padBytes, padWith: 0x78, tail } };
}
