import {
  brokenBy,
  canonicalText,
  compareBytes,
  decodeSignature,
  type Explanation,
  encodeUtf8,
  loneSurrogateAt,
  md5,
  toHex,
  verifyText,
} from "@ksherproof/core";
import type { Reply } from "../adapter/client.js";
import type { Bench } from "../bench.js";
import type { Evidence } from "../evidence.js";
import { PURE_DEADLINE_MS } from "../pace.js";
import { paramMaps } from "../samples.js";
import { KEY_SIZES, type StageKey, sized } from "../stage-keys.js";
import { breachOf } from "../text-difference.js";
import type { Check } from "./check.js";

function paramsOf(object: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(object));
}

/** What a sample is about; of a client that was seen to sign no UTF-8, all that is not ASCII is one thing. */
function aboutOf(bench: Bench, sample: string, object: Readonly<Record<string, string>>): string {
  const foreign = sample === "SIG-004" && /[^\0-\x7f]/.test(Object.values(object).join(""));
  return foreign && bench.shared.evidences.failed("SIG-006") ? "SIG-006" : sample;
}

function describe(reply: Reply): string {
  if (reply.kind === "ok") return JSON.stringify(reply.value);
  return reply.kind === "error" ? `error ${reply.error}: ${reply.message}` : `broke: ${reply.message}`;
}

/** The doctor's word on a canonical text that is not the right one: signs it and asks what the mistake is. */
function diagnose(bench: Bench, params: ReadonlyMap<string, string>, text: string): Explanation {
  const key = sized(bench.stage.keys.merchants, 1024);
  const signature = toHex(key.signer.sign(encodeUtf8(text)));
  return bench.shared.doctor.explain({ params, signature, key: { name: "the client", key: key.signer.key } });
}

/** What a known mistake breaks in a sample; an order that is wrong for names beyond the BMP alone is SIG-013. */
export function brokenByMistake(
  sample: string,
  mistake: string,
): { readonly requirement: string; readonly rests?: readonly string[] } {
  if (sample === "SIG-013" && mistake === "SIG-002") return { requirement: sample, rests: ["SIG-002"] };
  // An integer that is written as another number is plain data gone wrong, not a matter of odd lexemes.
  if (sample !== "SIG-012" && mistake === "SIG-012") return { requirement: "SIG-011" };
  return { requirement: mistake };
}

/** What the text of the client breaks by how it differs from the right one. */
function toldBy(params: ReadonlyMap<string, string>, text: unknown): string | null {
  if (typeof text !== "string") return null;
  const pairs = [...params].filter(([name]) => name !== "sign").sort(([a], [b]) => compareBytes(a, b));
  return breachOf(pairs, text);
}

/**
 * What a wrong text is judged by: the mistake that the doctor knows; else how it differs from the right one; else what the
 * plainest params broke first; else what the sample is about.
 */
function judgement(
  sample: string,
  found: Explanation | null,
  plain: string | null,
  told: string | null,
): Partial<Evidence> & { readonly requirement: string } {
  const [named] = found?.mistakes ?? [];
  if (named) return brokenByMistake(sample, named.requirement);
  if (told !== null) return brokenByMistake(sample, told);
  if (plain !== null && plain !== sample) return { requirement: sample, verdict: "caused", cause: plain };
  // Names that are not ASCII are no names to a client that does not sign UTF-8, or that signs values otherwise than they are.
  const ascii = found === null || /^[\0-\x7f]*$/.test(found.canonical);
  const rests = ascii || sample === "SIG-004" ? [] : ["SIG-006", "SIG-004"];
  return { requirement: sample, ...(rests.length > 0 ? { rests } : {}) };
}

/** SIG-001 to SIG-006: the client's canonical text against the right one, over every order of names and kind of value. */
export const canonicalize: Check = {
  id: "canonicalize",
  title: "the canonical text of params",
  requirements: ["SIG-001", "SIG-002", "SIG-003", "SIG-004", "SIG-005", "SIG-006", "SIG-013"],
  needs: ["canonicalize"],
  async run(bench) {
    let plain: string | null = null;
    let first = true;
    for (const [requirement, object] of bench.thin(paramMaps(bench.seed, bench.runs), ([id]) => id)) {
      const plainest = first;
      first = false;
      const params = paramsOf(object);
      const right = canonicalText(params);
      const reply = await bench.client.call("canonicalize", { params: object }, PURE_DEADLINE_MS);
      const text = reply.kind === "ok" ? reply.value.canonical : undefined;
      if (text === right) {
        for (const id of plainest ? [requirement, "SIG-003"] : [requirement])
          bench.evidences.add(shown(id, "canonicalize", "The canonical text is right."));
        continue;
      }
      const found =
        typeof text === "string" && loneSurrogateAt(text) < 0 ? diagnose(bench, params, text) : null;
      const known = found !== null && found.mistakes.length > 0;
      const told = toldBy(params, text);
      if (plainest) plain = judgement(requirement, found, null, told).requirement;
      bench.evidences.add({
        check: "canonicalize",
        verdict: "fail",
        detail: known
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
        ...judgement(aboutOf(bench, requirement, object), found, plain, told),
      });
    }
  },
};

function shown(requirement: string, check: string, detail: string): Evidence {
  return { requirement, check, verdict: "pass", detail, story: [], exchanges: [] };
}

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
    "SIG-013",
  ],
  needs: ["sign"],
  async run(bench) {
    let plain: string | null | undefined;
    const maps = paramMaps(bench.seed + 1, Math.ceil(bench.runs / 2));
    for (const [requirement, object] of bench.thin(maps, ([id]) => id)) {
      const broke = await signOne(bench, requirement, object, 1024, plain ?? null);
      if (plain === undefined) plain = broke;
    }
    plain ??= null;
    for (const bits of KEY_SIZES) {
      // A size that does not work at all is SIG-010; only where it works do its leading zeros show SIG-009.
      const broke = await signOne(bench, "SIG-010", { appid: "mch1", mch_order_no: `K${bits}` }, bits, plain);
      if (broke !== null) continue;
      for (const object of leadingZeros(bench, bits)) await signOne(bench, "SIG-009", object, bits, plain);
    }
  },
};

const zeros = new WeakMap<StageKey, readonly Readonly<Record<string, string>>[]>();

/** Params whose right signature begins with a zero digit, and with a zero byte (SIG-009). */
function leadingZeros(bench: Bench, bits: number): readonly Readonly<Record<string, string>>[] {
  const key = sized(bench.stage.keys.merchants, bits);
  const found: Record<string, string>[] = [];
  const known = zeros.get(key);
  for (let i = 0; !known && i < 3000 && found.length < (bits === 2048 ? 1 : 2); i += 1) {
    const signature = key.signer.sign(encodeUtf8(`appid=mch1mch_order_no=Z${i}`));
    const wanted = found.length === 0 ? (signature[0] ?? 1) < 16 : signature[0] === 0;
    if (wanted) found.push({ appid: "mch1", mch_order_no: `Z${i}` });
  }
  if (!known) zeros.set(key, found);
  return known ?? found;
}

/** Has one map signed; gives the requirement that was broken, or null. */
async function signOne(
  bench: Bench,
  requirement: string,
  object: Readonly<Record<string, string>>,
  bits: number,
  plain: string | null,
): Promise<string | null> {
  const key = sized(bench.stage.keys.merchants, bits);
  const args = { params: object, private_key: key.privatePkcs1, private_key_pkcs8: key.privatePkcs8 };
  const reply = await bench.client.call("sign", args, PURE_DEADLINE_MS);
  const made = reply.kind === "ok" ? reply.value.sign : undefined;
  const params = paramsOf(object);
  const right = canonicalText(params);
  const text = typeof made === "string" ? made : "";
  const good = verifyText(right, text, key.verifier).ok;
  if (good && text === text.toLowerCase()) {
    for (const id of new Set([
      requirement,
      "SIG-003",
      "SIG-007",
      "SIG-008",
      ...(bits === 1024 ? [] : ["SIG-010"]),
    ]))
      bench.evidences.add(shown(id, "sign", "The signature verifies."));
    return null;
  }
  const found = bench.shared.doctor.explain({
    params,
    signature: text,
    key: { name: "the merchant", key: key.signer.key },
  });
  const judged = good
    ? { requirement: "SIG-008" }
    : requirement === "SIG-010" && plain === null
      ? { requirement }
      : found.mistakes.length > 0 || found.verdict === "other_text" || typeof made !== "string"
        ? judgement(aboutOf(bench, requirement, object), found, plain, toldBy(params, found.signedText))
        : { requirement: brokenBy(found, decodeSignature(text, key.signer.key).ok) };
  bench.evidences.add({
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
    ...judged,
  });
  return judged.requirement;
}
