import type { Bench } from "../bench.js";
import { PURE_DEADLINE_MS } from "../case.js";
import { KEY_SIZES, type StageKey, sized } from "../stage-keys.js";
import {
  type DataSample,
  dataText,
  fullData,
  ladder,
  mistakenSignatures,
  type RawMember,
  signData,
  withMembers,
} from "./answer-data.js";
import type { Check } from "./check.js";

/** Asks the client's `verify`; null where it gave no answer of the documented form. */
export async function ask(
  bench: Bench,
  members: readonly RawMember[],
  sign: string,
  key: StageKey,
  text = dataText(members),
): Promise<boolean | null> {
  const args = {
    data: JSON.parse(text) as unknown,
    data_text: text,
    sign,
    public_key: key.publicSpki,
    public_key_pkcs1: key.publicPkcs1,
  };
  const reply = await bench.client.call("verify", args, PURE_DEADLINE_MS);
  return reply.kind === "ok" && typeof reply.value.valid === "boolean" ? reply.value.valid : null;
}

const word = (valid: boolean | null): string =>
  valid === null ? "no verdict" : valid ? "valid" : "not valid";

export function note(
  bench: Bench,
  check: string,
  requirement: string,
  good: boolean,
  why: string,
  expected: boolean,
  got: boolean | null,
  members: readonly RawMember[],
  sign: string,
  cause?: string,
): void {
  bench.evidences.add({
    requirement,
    check,
    verdict: good ? "pass" : cause === undefined ? "fail" : "caused",
    detail: good ? why : `Expected ${word(expected)} for ${why}; the client said ${word(got)}.`,
    story: good
      ? []
      : [
          { who: "harness", what: `verify ${dataText(members)} with sign ${sign}` },
          { who: "client", what: `says ${word(got)}` },
        ],
    exchanges: [],
    expected: word(expected),
    got: word(got),
    ...(cause === undefined ? {} : { cause }),
    ...(good ? {} : { stderr: bench.client.takeStderr(), data: { data: dataText(members), sign } }),
  });
}

/** Which known mistake the client's verification makes: the one whose signature it takes for good. */
async function mistakeOf(bench: Bench, members: readonly RawMember[], key: StageKey) {
  for (const { mistake, sign } of mistakenSignatures(members, key)) {
    if ((await ask(bench, members, sign, key)) === true) return mistake;
  }
  return null;
}

/** SIG-002 to SIG-012, QRY-001, QRY-004: genuine signatures over every kind of data are taken for good. */
export const verifyGenuine: Check = {
  id: "verify-genuine",
  title: "genuine signatures over every kind of data",
  requirements: [
    "SIG-002",
    "SIG-004",
    "SIG-005",
    "SIG-006",
    "SIG-008",
    "SIG-009",
    "SIG-010",
    "SIG-011",
    "SIG-012",
    "QRY-001",
    "QRY-004",
  ],
  needs: ["verify"],
  async run(bench) {
    const key = sized(bench.stage.keys.gateways, 1024);
    let cause: string | undefined;
    for (const sample of ladder("mch35005", "A1")) cause = await climb(bench, sample, key, cause);
    const members = fullData("mch35005", "A1");
    const upper = signData(members, key).toUpperCase();
    const took = await ask(bench, members, upper, key);
    note(
      bench,
      "verify-genuine",
      "SIG-008",
      took === true,
      "a signature in upper-case hex",
      true,
      took,
      members,
      upper,
      cause,
    );
    for (const bits of KEY_SIZES) {
      const sizedKey = sized(bench.stage.keys.gateways, bits);
      const sign = signData(members, sizedKey);
      const valid = await ask(bench, members, sign, sizedKey);
      note(
        bench,
        "verify-genuine",
        "SIG-010",
        valid === true,
        `a key of ${bits} bits`,
        true,
        valid,
        members,
        sign,
        cause,
      );
      const zero = leadingZero(sizedKey);
      if (!zero) continue;
      const small = await ask(bench, zero, signData(zero, sizedKey), sizedKey);
      note(
        bench,
        "verify-genuine",
        "SIG-009",
        small === true,
        `a signature that begins with a zero (${bits} bits)`,
        true,
        small,
        zero,
        signData(zero, sizedKey),
        cause,
      );
    }
  },
};

async function climb(
  bench: Bench,
  sample: DataSample,
  key: StageKey,
  cause: string | undefined,
): Promise<string | undefined> {
  const sign = signData(sample.members, key);
  const valid = await ask(bench, sample.members, sign, key);
  if (valid === true) {
    note(bench, "verify-genuine", sample.requirement, true, sample.why, true, valid, sample.members, sign);
    return cause;
  }
  const mistake = await mistakeOf(bench, sample.members, key);
  const requirement = mistake?.requirement ?? sample.requirement;
  const why = mistake ? `${sample.why} (it takes a signature of one that ${mistake.says})` : sample.why;
  note(
    bench,
    "verify-genuine",
    requirement,
    false,
    why,
    true,
    valid,
    sample.members,
    sign,
    cause === undefined || cause === requirement ? undefined : cause,
  );
  return cause ?? (sample.requirement === "QRY-001" ? requirement : undefined);
}

/** Data whose genuine signature begins with a zero byte (SIG-009). */
function leadingZero(key: StageKey): readonly RawMember[] | null {
  for (let i = 0; i < 1500; i += 1) {
    const members = withMembers(fullData("mch35005", "A1"), { attach: JSON.stringify(`z${i}`) });
    if (signData(members, key).startsWith("00")) return members;
  }
  return null;
}

/** QRY-002, QRY-003, QRY-008: signatures that are missing, malformed or over other data are refused. */
export const verifyWrong: Check = {
  id: "verify-wrong",
  title: "missing, malformed and wrong signatures, and changed data",
  requirements: ["QRY-002", "QRY-003", "QRY-008", "SIG-009"],
  needs: ["verify"],
  async run(bench) {
    const key = sized(bench.stage.keys.gateways, 1024);
    const members = fullData("mch35005", "A1");
    const good = signData(members, key);
    const control = await ask(bench, members, good, key);
    if (control !== true) return;
    const refuse = async (
      requirement: string,
      why: string,
      changed: readonly RawMember[],
      sign: string,
    ): Promise<void> => {
      const valid = await ask(bench, changed, sign, key);
      note(bench, "verify-wrong", requirement, valid === false, why, false, valid, changed, sign);
    };
    const stranger = sized(bench.stage.keys.strangers, 1024);
    const merchant = sized(bench.stage.keys.merchants, 1024);
    const wrong: readonly (readonly [string, string, string])[] = [
      ["QRY-002", "an empty signature", ""],
      ["QRY-002", "a signature of zeros", "0".repeat(good.length)],
      ["QRY-002", "a signature with one digit changed", flip(good, 7)],
      ["QRY-002", "a signature with its last digit changed", flip(good, good.length - 1)],
      ["QRY-002", "half a signature", good.slice(0, good.length / 2)],
      ["QRY-002", "a signature with an odd number of digits", good.slice(0, -1)],
      ["QRY-002", "a signature that is no hex", `${good.slice(0, -2)}zz`],
      ["QRY-002", "a signature with two digits too many", `${good}00`],
      ["QRY-002", "a signature with two zeros before it", `00${good}`],
      ["QRY-002", "a signature in base64", Buffer.from(good, "hex").toString("base64")],
      ["QRY-002", "a stranger's signature", signData(members, stranger)],
      ["QRY-008", "the merchant's own signature", signData(members, merchant)],
    ];
    for (const [requirement, why, sign] of wrong) await refuse(requirement, why, members, sign);
    const changes: readonly (readonly [string, readonly RawMember[]])[] = [
      ["another result", withMembers(members, { result: '"CLOSED"' })],
      ["another order", withMembers(members, { mch_order_no: '"A2"' })],
      ["another amount", withMembers(members, { total_fee: "2001" })],
      ["a value in another case", withMembers(members, { channel: '"PROMPTPAY"' })],
      ["a space behind a value", withMembers(members, { attach: '"note "' })],
      ["a member added", withMembers(members, { extra: '"x"' })],
      ["an empty member added", withMembers(members, { extra: '""' })],
      ["a member removed", members.filter(([name]) => name !== "attach")],
      ["a member renamed", members.map(([name, json]) => [name === "attach" ? "attach2" : name, json])],
      ["a value emptied", withMembers(members, { attach: '""' })],
      ["values exchanged", withMembers(members, { openid: '"note"', attach: '"o1"' })],
    ];
    for (const [why, changed] of changes) await refuse("QRY-003", why, changed, good);
  },
};

function flip(hex: string, at: number): string {
  return hex.slice(0, at) + (hex[at] === "0" ? "1" : "0") + hex.slice(at + 1);
}
