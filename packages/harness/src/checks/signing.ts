import {
  brokenBy,
  canonicalText,
  decodeSignature,
  type Explanation,
  encodeUtf8,
  explain,
  loneSurrogateAt,
  md5,
  toHex,
  verifyText,
} from "@ksherproof/core";
import type { Reply } from "../adapter/client.js";
import type { Bench } from "../bench.js";
import { PURE_DEADLINE_MS } from "../case.js";
import { paramMaps } from "../samples.js";
import { KEY_SIZES, sized } from "../stage-keys.js";
import type { Check } from "./check.js";

function paramsOf(object: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(object));
}

function describe(reply: Reply): string {
  if (reply.kind === "ok") return JSON.stringify(reply.value);
  return reply.kind === "error" ? `error ${reply.error}: ${reply.message}` : `broke: ${reply.message}`;
}

/** The doctor's word on a canonical text that is not the right one: signs it and asks what the mistake is. */
function diagnose(bench: Bench, params: ReadonlyMap<string, string>, text: string): Explanation {
  const key = sized(bench.stage.keys.merchants, 1024);
  const signature = toHex(key.signer.sign(encodeUtf8(text)));
  return explain({ params, signature, key: { name: "the client", key: key.signer.key } });
}

/** SIG-001 to SIG-006: the client's canonical text against the right one, over every order of names and kind of value. */
export const canonicalize: Check = {
  id: "canonicalize",
  title: "the canonical text of params",
  requirements: ["SIG-001", "SIG-002", "SIG-003", "SIG-004", "SIG-005", "SIG-006"],
  needs: ["canonicalize"],
  async run(bench) {
    for (const [requirement, object] of bench.thin(paramMaps(bench.seed, bench.runs), 2)) {
      const params = paramsOf(object);
      const right = canonicalText(params);
      const reply = await bench.client.call("canonicalize", { params: object }, PURE_DEADLINE_MS);
      const text = reply.kind === "ok" ? reply.value.canonical : undefined;
      if (text === right) {
        bench.evidences.add({
          requirement,
          check: "canonicalize",
          verdict: "pass",
          detail: "The canonical text is right.",
          story: [],
          exchanges: [],
        });
        continue;
      }
      const found =
        typeof text === "string" && loneSurrogateAt(text) < 0 ? diagnose(bench, params, text) : null;
      const named = found?.mistakes[0];
      bench.evidences.add({
        requirement: named?.requirement ?? requirement,
        check: "canonicalize",
        verdict: "fail",
        detail: named
          ? `The client ${found.mistakes.map(({ says }) => says).join(", and ")}.`
          : "The canonical text is another one.",
        story: [
          { who: "harness", what: `canonicalize ${JSON.stringify(object)}` },
          { who: "client", what: describe(reply) },
        ],
        exchanges: [],
        expected: right,
        got: typeof text === "string" ? text : describe(reply),
        ...(found ? { explanation: found } : {}),
        ...(typeof text === "string" ? { canonical: { right, other: text } } : {}),
        stderr: bench.client.takeStderr(),
        data: { params: object },
      });
    }
  },
};

/** SIG-001 to SIG-010: the client's signatures, verified over the right text, with keys of each size. */
export const sign: Check = {
  id: "sign",
  title: "signatures over params, with keys of 512, 1024 and 2048 bits",
  requirements: [
    "SIG-001",
    "SIG-002",
    "SIG-003",
    "SIG-004",
    "SIG-005",
    "SIG-006",
    "SIG-007",
    "SIG-008",
    "SIG-009",
    "SIG-010",
  ],
  needs: ["sign"],
  async run(bench) {
    for (const [requirement, object] of paramMaps(bench.seed + 1, Math.ceil(bench.runs / 2)))
      await signOne(bench, requirement, object, 1024);
    for (const bits of KEY_SIZES) {
      for (const object of leadingZeros(bench, bits)) await signOne(bench, "SIG-009", object, bits);
      await signOne(bench, "SIG-010", { appid: "mch1", mch_order_no: `K${bits}` }, bits);
    }
  },
};

/** Params whose right signature begins with a zero byte, and with a zero digit (SIG-009). */
function leadingZeros(bench: Bench, bits: number): readonly Readonly<Record<string, string>>[] {
  const key = sized(bench.stage.keys.merchants, bits);
  const found: Record<string, string>[] = [];
  for (let i = 0; i < 3000 && found.length < (bits === 2048 ? 1 : 2); i += 1) {
    const signature = key.signer.sign(encodeUtf8(`appid=mch1mch_order_no=Z${i}`));
    const wanted = found.length === 0 ? (signature[0] ?? 1) < 16 : signature[0] === 0;
    if (wanted) found.push({ appid: "mch1", mch_order_no: `Z${i}` });
  }
  return found;
}

async function signOne(
  bench: Bench,
  requirement: string,
  object: Readonly<Record<string, string>>,
  bits: number,
): Promise<void> {
  const key = sized(bench.stage.keys.merchants, bits);
  const args = { params: object, private_key: key.privatePkcs1, private_key_pkcs8: key.privatePkcs8 };
  const reply = await bench.client.call("sign", args, PURE_DEADLINE_MS);
  const made = reply.kind === "ok" ? reply.value.sign : undefined;
  const params = paramsOf(object);
  const right = canonicalText(params);
  const text = typeof made === "string" ? made : "";
  const bytes = decodeSignature(text, key.signer.key);
  const good = verifyText(right, text, key.verifier).ok;
  if (good && text === text.toLowerCase()) {
    for (const id of new Set([requirement, "SIG-007", "SIG-008", ...(bits === 1024 ? [] : ["SIG-010"])])) {
      bench.evidences.add({
        requirement: id,
        check: "sign",
        verdict: "pass",
        detail: "The signature verifies.",
        story: [],
        exchanges: [],
      });
    }
    return;
  }
  const found = explain({
    params,
    signature: text,
    key: { name: `the merchant (${bits} bits)`, key: key.signer.key },
  });
  const named = good ? "SIG-008" : typeof made === "string" ? brokenBy(found, bytes.ok) : requirement;
  bench.evidences.add({
    requirement: named === "SIG-001" && found.mistakes.length === 0 ? requirement : named,
    check: "sign",
    verdict: "fail",
    detail: good ? "Expected lower-case hex, found upper-case digits." : found.summary,
    story: [
      { who: "harness", what: `sign ${JSON.stringify(object)} with a key of ${bits} bits` },
      { who: "client", what: describe(reply) },
    ],
    exchanges: [],
    expected: toHex(key.signer.sign(encodeUtf8(right))),
    got: typeof made === "string" ? made : describe(reply),
    explanation: found,
    ...(found.signedText === null ? {} : { canonical: { right, other: found.signedText } }),
    stderr: bench.client.takeStderr(),
    data: { params: object, bits, digest: toHex(md5(encodeUtf8(right))) },
  });
}
