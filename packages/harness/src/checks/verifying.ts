import type { Bench } from "../bench.js";
import type { Evidence } from "../evidence.js";
import { KEY_SIZES, type StageKey, sized } from "../stage-keys.js";
import {
  clearOfZeros,
  type DataSample,
  fullData,
  ladder,
  leadingZero,
  mistakenSignatures,
  type RawMember,
  signData,
  type TakenMistake,
  withMembers,
} from "./answer-data.js";
import type { Check } from "./check.js";
import { plainerThan } from "./plainer-data.js";
import { ask, note, type Question, withoutControl } from "./questions.js";

/** Which known mistake the client's verification makes: the one whose signature it takes for good. */
async function mistakeOf(bench: Bench, sample: DataSample, key: StageKey): Promise<TakenMistake | null> {
  for await (const { mistake, sign } of mistakenSignatures(bench, sample, sample.members, key))
    if ((await ask(bench, sample.members, sign, key)) === true) return mistake;
  if (sample.requirement !== "QRY-001") return null;
  for (const { requirement, says, members } of plainerThan(sample.members))
    if ((await ask(bench, members, signData(members, key), key)) === true) return { requirement, says };
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
    "SIG-013",
    "QRY-001",
    "QRY-004",
  ],
  needs: ["verify"],
  async run(bench) {
    const key = sized(bench.stage.keys.gateways, 1024);
    let cause: string | undefined;
    for (const sample of bench.thin(ladder("mch35005", "A1"), ({ requirement }) => requirement)) {
      const broke = await climb(bench, sample, key, cause);
      if (sample.requirement === "QRY-001") cause = broke;
    }
    if (cause !== undefined) bench.shared.distrusts ??= cause;
    const members = clearOfZeros(fullData("mch35005", "A1"), key);
    const question = (
      requirement: string,
      why: string,
      data: readonly RawMember[],
      sign: string,
    ): Question => ({
      check: "verify-genuine",
      requirement,
      why,
      valid: true,
      members: data,
      sign,
      ...(cause === undefined ? {} : { more: { cause } }),
    });
    const put = async (asked: Question, by: StageKey): Promise<boolean> =>
      note(bench, asked, await ask(bench, asked.members, asked.sign, by));
    await put(
      question("SIG-008", "a signature in upper-case hex", members, signData(members, key).toUpperCase()),
      key,
    );
    for (const bits of KEY_SIZES) {
      const by = sized(bench.stage.keys.gateways, bits);
      const clear = clearOfZeros(members, by);
      if (!(await put(question("SIG-010", `a key of ${bits} bits`, clear, signData(clear, by)), by)))
        continue;
      const zero = leadingZero(members, by);
      if (zero)
        await put(
          question("SIG-009", `a signature that begins with a zero (${bits} bits)`, zero, signData(zero, by)),
          by,
        );
    }
  },
};

/** Asks one rung; gives the requirement that was broken, or undefined. */
async function climb(
  bench: Bench,
  sample: DataSample,
  key: StageKey,
  cause: string | undefined,
): Promise<string | undefined> {
  const { rests } = sample;
  const members = clearOfZeros(sample.members, key);
  const sign = signData(members, key);
  const question = { check: "verify-genuine", why: sample.why, valid: true, members, sign };
  const valid = await ask(bench, members, sign, key);
  if (valid === true) {
    note(bench, { ...question, requirement: sample.requirement }, valid);
    return undefined;
  }
  const explained = cause !== undefined || bench.evidences.anyFailed(rests);
  const mistake = !explained && valid === false ? await mistakeOf(bench, { ...sample, members }, key) : null;
  const requirement = mistake?.requirement ?? sample.requirement;
  const why = mistake ? `${sample.why} (it takes a signature of one that ${mistake.says})` : sample.why;
  const resting = mistake ? mistake.rests : rests;
  const more = {
    ...(resting ? { rests: resting } : {}),
    ...(cause === undefined ? {} : { cause }),
    ...(mistake?.canonical ? { canonical: mistake.canonical } : {}),
  };
  note(bench, { ...question, requirement, why, more }, valid);
  return requirement;
}

/** QRY-002, QRY-003, QRY-008: signatures that are missing, malformed or over other data are refused. */
export const verifyWrong: Check = {
  id: "verify-wrong",
  title: "missing, malformed and wrong signatures, and changed data",
  requirements: ["QRY-002", "QRY-003", "QRY-008"],
  needs: ["verify"],
  async run(bench) {
    const key = sized(bench.stage.keys.gateways, 1024);
    const members = fullData("mch35005", "A1");
    const good = signData(members, key);
    if ((await ask(bench, members, good, key)) !== true) return withoutControl(bench, verifyWrong);
    const refuse = async (
      requirement: string,
      why: string,
      changed: readonly RawMember[],
      sign: string,
      more: Partial<Evidence> = {},
    ): Promise<void> => {
      const question = {
        check: "verify-wrong",
        requirement,
        why,
        valid: false,
        members: changed,
        sign,
        more,
      };
      note(bench, question, await ask(bench, changed, sign, key));
    };
    const stranger = sized(bench.stage.keys.strangers, 1024);
    const merchant = sized(bench.stage.keys.merchants, 1024);
    const wrong: readonly (readonly [string, string, string, trusted?: string])[] = [
      ["QRY-002", "an empty signature", "", "empty"],
      ["QRY-002", "a signature of zeros", "0".repeat(good.length), "zeros"],
      ["QRY-002", "a signature with one digit changed", flip(good, 7)],
      ["QRY-002", "a signature with its last digit changed", flip(good, good.length - 1)],
      ["QRY-002", "half a signature", good.slice(0, good.length / 2)],
      ["QRY-002", "a signature with an odd number of digits", good.slice(0, -1)],
      ["QRY-002", "a signature that is no hex", `${good.slice(0, -2)}zz`],
      ["QRY-002", "a signature with two digits too many", `${good}00`],
      ["QRY-002", "a signature with two zeros before it", `00${good}`],
      ["QRY-002", "a signature in base64", Buffer.from(good, "hex").toString("base64")],
      ["QRY-002", "a stranger's signature", signData(members, stranger), "other_key"],
      ["QRY-008", "the merchant's own signature", signData(members, merchant), "merchant_key"],
    ];
    for (const [requirement, why, sign, trusted] of bench.thin(wrong, ([id]) => id))
      await refuse(requirement, why, members, sign, trusted === undefined ? {} : { trusted });
    const short = leadingZero(members, key);
    if (short)
      await refuse(
        "QRY-002",
        "a signature without its leading zeros",
        short,
        signData(short, key).replace(/^(00)+/, ""),
      );
    const changes: readonly (readonly [string, readonly RawMember[], rests?: string])[] = [
      ["another result", withMembers(members, { result: '"CLOSED"' })],
      ["another order", withMembers(members, { mch_order_no: '"A2"' })],
      ["another amount", withMembers(members, { total_fee: "2001" })],
      ["an amount of 0", withMembers(members, { total_fee: "0" })],
      ["a value in another case", withMembers(members, { channel: '"PROMPTPAY"' }), "SIG-004"],
      ["a space behind a value", withMembers(members, { attach: '"note "' }), "SIG-004"],
      ["a member added", withMembers(members, { extra: '"x"' }), "QRY-004"],
      ["an empty member added", withMembers(members, { extra: '""' }), "SIG-005"],
      ["a member removed", members.filter(([name]) => name !== "attach")],
      ["a long value cut short", withMembers(members, { pay_mch_order_no: '"210527101722254"' })],
      ["a number made a text of other digits", withMembers(members, { total_fee: '"200000"' })],
      ["a member renamed", members.map(([name, json]) => [name === "attach" ? "attach2" : name, json])],
      ["a value emptied", withMembers(members, { attach: '""' })],
      ["values exchanged", withMembers(members, { openid: '"note"', attach: '"o1"' })],
    ];
    for (const [why, changed, rests] of bench.thin(changes))
      await refuse("QRY-003", why, changed, good, rests === undefined ? {} : { rests: [rests, "QRY-004"] });
  },
};

function flip(hex: string, at: number): string {
  return hex.slice(0, at) + (hex[at] === "0" ? "1" : "0") + hex.slice(at + 1);
}
