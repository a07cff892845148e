import { decodeUtf8, UsageError } from "@ksherproof/core";
import { readData } from "../data-shape.js";
import type { Host } from "../host/options.js";
import { ledgerText } from "../ledger.js";
import type { ArrivedRequest } from "../shell/exchange.js";
import type { Routed } from "../shell/server.js";
import { jsonAnswer, textAnswer } from "../wire.js";
import type { ControlRoute } from "./call.js";
import { eventStream } from "./events.js";
import { NotFound } from "./orders.js";
import { CONTROL_ROUTES } from "./routes.js";

/** Answers the control API, below `/control`: JSON in, JSON out; errors as `{"error": {code, message, hint?}}`. */
export function controlRoute(host: Host): (request: ArrivedRequest) => Promise<Routed> | Routed {
  return (request) => {
    const path = request.path.slice("/control".length).replace(/\/$/, "");
    const reads = request.method === "GET" || request.method === "HEAD";
    if (reads && path === "/events") return eventStream(host);
    if (reads && path === "/ledger.jsonl") {
      return {
        answer: textAnswer(200, "application/jsonl; charset=utf-8", ledgerText(host.served.gateway.ledger)),
      };
    }
    return answer(host, request, path);
  };
}

async function answer(host: Host, request: ArrivedRequest, path: string): Promise<Routed> {
  const method = request.method === "HEAD" ? "GET" : request.method;
  const fitting = CONTROL_ROUTES.map((route) => ({ route, parts: partsOf(route.pattern, path) })).filter(
    ({ parts }) => parts !== null,
  );
  if (fitting.length === 0) return failed(404, "no_route", `The control API has no ${path || "/"}.`);
  const found = fitting.find(({ route }) => route.method === method);
  if (!found) {
    const allowed = fitting.map(({ route }) => route.method).join(", ");
    return failed(405, "method", `${path} takes ${allowed}, not ${request.method}.`);
  }
  try {
    const body = bodyOf(request, found.route);
    const query = new URLSearchParams(request.target.split("?")[1] ?? "");
    const { status, value } = await found.route.act({ host, path: found.parts ?? {}, query, body });
    return { answer: jsonAnswer(value, status ?? 200) };
  } catch (thrown) {
    if (thrown instanceof NotFound) return failed(404, "not_found", thrown.message);
    if (thrown instanceof UsageError) return failed(400, thrown.code, thrown.message, thrown.hint);
    throw thrown;
  }
}

/** The JSON body as its shape has it; an empty one counts as an empty object. */
function bodyOf(request: ArrivedRequest, route: ControlRoute): unknown {
  if (!route.body) return undefined;
  if (request.body.length === 0) return readData({}, route.body, "body");
  const type = (request.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    throw new UsageError("content_type", `Expected Content-Type application/json, found ${type || "none"}.`, {
      hint: "curl: -H 'content-type: application/json' -d '{...}'",
    });
  }
  const text = decodeUtf8(request.body);
  if (!text.ok) throw new UsageError("body", `The body is no UTF-8: ${text.rejection.detail}`);
  let value: unknown;
  try {
    value = JSON.parse(text.value);
  } catch (cause) {
    throw new UsageError("body", `The body is no JSON: ${(cause as Error).message}.`, { cause });
  }
  return readData(value, route.body, "body");
}

/** The named parts of a path that fits a pattern; null where it does not. */
function partsOf(pattern: string, path: string): Readonly<Record<string, string>> | null {
  const wanted = pattern.split("/");
  const found = path.split("/");
  if (wanted.length !== found.length) return null;
  const parts: Record<string, string> = {};
  for (const [at, name] of wanted.entries()) {
    const segment = found[at] ?? "";
    if (name.startsWith(":")) parts[name.slice(1)] = decoded(segment);
    else if (name !== segment) return null;
  }
  return parts;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function failed(status: number, code: string, message: string, hint?: string): Routed {
  return {
    answer: jsonAnswer({ error: { code, message, ...(hint === undefined ? {} : { hint }) } }, status),
  };
}
