// Every golden vector that an adapter can be asked: each port gives the answer that Python and openssl gave.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { parseEnvelope } from "@ksherproof/core";
import type { ClientUnderTest, Operation } from "@ksherproof/harness";
import {
  allVectors,
  type EnvelopeVector,
  type FoundVector,
  ofProfile,
  type RealVector,
  type VectorKey,
} from "@ksherproof/vectors";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { build, LANGUAGES, skipWhere, start } from "./ports.js";

const VECTORS = ofProfile(allVectors(), "documented");
const DEADLINE_MS = 20_000;
/** Endpoints of which only some members of `data` are signed; no port calls them. */
const PARTIAL = ["merchant_info", "get_settlement_info"];
const clientKey = VECTORS.find(({ keyName }) => keyName === "merchant-1024")?.key;

interface Question {
  readonly id: string;
  readonly op: Operation;
  readonly args: Readonly<Record<string, unknown>>;
  readonly answer: unknown;
}

const publicKeys = (key: VectorKey | null) => ({
  public_key: key?.public_key,
  public_key_pkcs1: key?.public_key_pkcs1,
});

/** Questions without the network: canonicalize, sign, verify, notify. */
const QUESTIONS: readonly Question[] = VECTORS.flatMap(questions);

function questions(found: FoundVector): readonly Question[] {
  const { key } = found;
  switch (found.file) {
    case "canonical": {
      const { id, params, result, canonical, signature } = found.test;
      const object = Object.fromEntries(params);
      if (result === "invalid" || Object.keys(object).length < params.length) return [];
      const args = {
        params: object,
        private_key: key?.private_key,
        private_key_pkcs8: key?.private_key_pkcs8,
      };
      const signed: Question = { id, op: "sign", args, answer: { sign: signature } };
      return [{ id, op: "canonicalize", args, answer: { canonical } }, ...(signature ? [signed] : [])];
    }
    case "signature": {
      const { id, params, signature, result } = found.test;
      const data = Object.fromEntries(params);
      const args = { data, data_text: JSON.stringify(data), sign: signature, ...publicKeys(key) };
      return [{ id, op: "verify", args, answer: { valid: result === "valid" } }];
    }
    case "envelope":
    case "real":
      return verifying(found.test, key);
    case "outcome": {
      const { id, op, body, outcome } = found.test;
      if (op !== "notify" || body === null) return [];
      return [{ id, op, args: { body, ...publicKeys(key) }, answer: expect.objectContaining({ outcome }) }];
    }
    case "form":
      return [];
  }
}

/** A body's data and signature, as `verify` is asked of them. */
function verifying(vector: EnvelopeVector | RealVector, key: VectorKey | null): readonly Question[] {
  const { id, body, endpoint } = vector;
  const opened = parseEnvelope(body);
  const [data, sign] = opened.ok ? [opened.value.data, opened.value.sign] : [];
  if (data?.kind !== "object" || sign?.kind !== "string" || PARTIAL.includes(endpoint ?? "")) return [];
  const data_text = body.slice(data.start, data.end);
  const args = { data: JSON.parse(data_text) as unknown, data_text, sign: sign.value, ...publicKeys(key) };
  const valid = "signature_valid" in vector ? vector.signature_valid : vector.result === "valid";
  return [{ id, op: "verify", args, answer: { valid } }];
}

/** Answers of the gateway, which a client gets over HTTP. */
const ANSWERS = VECTORS.flatMap((found) => {
  if (found.file !== "outcome" || found.test.op === "notify") return [];
  return [{ ...found.test, asked: found.group.asked, key: found.key }];
});

it("there are vectors of every kind to ask", () => {
  const count = (op: Operation): number => QUESTIONS.filter((one) => one.op === op).length;
  expect(count("canonicalize")).toBeGreaterThan(200);
  expect(count("sign")).toBeGreaterThan(200);
  expect(count("verify")).toBeGreaterThan(400);
  expect(count("notify")).toBeGreaterThan(5);
  expect(ANSWERS.length).toBeGreaterThan(100);
});

describe.each(LANGUAGES)("the port in %s", (language) => {
  let missing: string | null = null;
  let client: ClientUnderTest;
  beforeAll(async () => {
    missing = build(language);
    if (missing === null) client = await start(language);
  });
  afterAll(() => client?.close());

  it("gives the golden answer to every vector that needs no network", async (test) => {
    skipWhere(missing, test);
    const wrong: unknown[] = [];
    for (const { id, op, args, answer } of QUESTIONS) {
      const reply = await client.call(op, args, DEADLINE_MS);
      const got = reply.kind === "ok" ? reply.value : reply.message;
      if (!matches(got, answer)) wrong.push({ id, op, got, answer });
    }
    expect(wrong).toEqual([]);
  });

  it("RSP-001 to RSP-007, QRY-001 to QRY-009: makes of every answer what the vectors say", async (test) => {
    skipWhere(missing, test);
    let answer: (typeof ANSWERS)[number] | undefined;
    const server = createServer((request, response) => {
      request.resume().on("end", () => {
        response.writeHead(answer?.status ?? 500, { "content-type": "application/json" });
        response.end(Buffer.from(answer?.body_hex ?? "", "hex"));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const base_url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
    const wrong: unknown[] = [];
    for (const one of ANSWERS) {
      answer = one;
      const { mch_order_no = "A-1", appid = "mch29217" } = one.asked ?? {};
      const own = { private_key: clientKey?.private_key, private_key_pkcs8: clientKey?.private_key_pkcs8 };
      const args = {
        base_url,
        appid,
        mch_order_no,
        timeout_ms: 5000,
        ...own,
        ...publicKeys(one.key ?? clientKey ?? null),
      };
      const reply = await client.call(one.op, args, DEADLINE_MS);
      const got = reply.kind === "ok" ? reply.value.outcome : reply.message;
      if (got !== one.outcome) wrong.push({ id: one.id, comment: one.comment, got, expected: one.outcome });
    }
    server.closeAllConnections();
    server.close();
    expect(wrong).toEqual([]);
  });
});

function matches(got: unknown, answer: unknown): boolean {
  try {
    expect(got).toEqual(answer);
    return true;
  } catch {
    return false;
  }
}
