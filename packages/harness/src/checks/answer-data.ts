import {
  canonicalText,
  compareBytes,
  decodeUtf8,
  encodeUtf8,
  type Field,
  loneSurrogateAt,
  mistakenBytes,
  parseJson,
  signedParams,
  toHex,
  valueText,
} from "@ksherproof/core";
import type { Bench } from "../bench.js";
import { PURE_DEADLINE_MS } from "../pace.js";
import type { StageKey } from "../stage-keys.js";
import { longTexts } from "../unicode-samples.js";
import { brokenByMistake } from "./signing.js";

/** A member of data as it stands in the answer's text: its name and its value's JSON. */
export type RawMember = readonly [name: string, json: string];

/** Signed data in every shape that a requirement speaks of; `requirement` is what a client that refuses it breaks. */
export interface DataSample {
  readonly requirement: string;
  readonly why: string;
  readonly members: readonly RawMember[];
  /** What else must hold for it to be taken: it has members that are not documented. */
  readonly rests?: readonly string[];
}

const text = (value: string): string => JSON.stringify(value);

/** Sixteen documented members with nothing empty and nothing odd. */
export function fullData(appid: string, order: string): readonly RawMember[] {
  return [
    ["appid", text(appid)],
    ["attach", text("note")],
    ["cash_fee", "2000"],
    ["cash_fee_type", text("THB")],
    ["channel", text("promptpay")],
    ["channel_order_no", text("1254233130")],
    ["fee_type", text("THB")],
    ["ksher_order_no", text("90020210527111737185024")],
    ["mch_order_no", text(order)],
    ["nonce_str", text("orvGFiv6qOJsoNgg3fZcIcJJRmGYV2Wr")],
    ["openid", text("o1")],
    ["pay_mch_order_no", text("2105271017222548")],
    ["rate", text("1.000000")],
    ["result", text("SUCCESS")],
    ["time_end", text("2021-05-27 10:18:07")],
    ["total_fee", "2000"],
  ];
}

/** The members with some set or added. */
export function withMembers(
  members: readonly RawMember[],
  set: Readonly<Record<string, string>>,
): readonly RawMember[] {
  const kept = members.map(
    ([name, json]) => [name, (Object.hasOwn(set, name) ? set[name] : undefined) ?? json] as const,
  );
  const added = Object.entries(set).filter(([name]) => !members.some(([other]) => other === name));
  return [...kept, ...added];
}

/** The members as the text of a JSON object. */
export function dataText(members: readonly RawMember[]): string {
  return `{${members.map(([name, json]) => `${JSON.stringify(name)}:${json}`).join(",")}}`;
}

/** The fields of data for the doctor, each with its node. */
export function fieldsOf(members: readonly RawMember[]): readonly Field[] {
  const parsed = parseJson(dataText(members));
  if (!parsed.ok || parsed.value.kind !== "object") return [];
  return parsed.value.members.map(({ name, value }) => ({ name, value: valueText(value), node: value }));
}

/** The canonical text of data (QRY-001, SIG-011). */
export function canonicalOfData(members: readonly RawMember[]): string {
  const parsed = parseJson(dataText(members));
  const params = parsed.ok ? signedParams(parsed.value, "all") : parsed;
  if (!params.ok) throw new TypeError(params.rejection.detail);
  return canonicalText(params.value);
}

/** The right signature of data. */
export function signData(members: readonly RawMember[], key: StageKey): string {
  return toHex(key.signer.sign(encodeUtf8(canonicalOfData(members))));
}

/** The members, with another id where their signature would begin with a zero digit: that is a sample of its own (SIG-009). */
export function clearOfZeros(members: readonly RawMember[], key: StageKey): readonly RawMember[] {
  for (let i = 0; i < 40; i += 1) {
    const tried =
      i === 0 ? members : withMembers(members, { channel_order_no: JSON.stringify(`125423313${i}`) });
    if (!signData(tried, key).startsWith("0")) return tried;
  }
  return members;
}

/** Found once for each key: some 256 signatures are made until one begins with a zero byte. */
const zeros = new WeakMap<StageKey, Map<string, readonly RawMember[] | null>>();

/** Data whose genuine signature under a key begins with a zero byte; null where none was found (SIG-009). */
export function leadingZero(members: readonly RawMember[], key: StageKey): readonly RawMember[] | null {
  const known = zeros.get(key) ?? new Map<string, readonly RawMember[] | null>();
  zeros.set(key, known);
  const about = dataText(members);
  let found = known.get(about);
  for (let i = 0; found === undefined && i < 2000; i += 1) {
    const tried = withMembers(members, { attach: JSON.stringify(`z${i}`) });
    if (signData(tried, key).startsWith("00")) found = tried;
  }
  known.set(about, found ?? null);
  return found ?? null;
}

/** What a client that takes a wrong signature does, and the requirement that it breaks. */
export interface TakenMistake {
  readonly requirement: string;
  readonly rests?: readonly string[];
  readonly says: string;
  /** The right text of the data and the one that the client makes of it, where that is text. */
  readonly canonical?: { readonly right: string; readonly other: string };
}

/** How long one search for a mistake may take, and how many mistakes are tried however long that takes. */
const PROBES_MS = 12_000;
const FEWEST_PROBES = 12;

/**
 * Signatures over what each known mistake would make of this data, and over what the client's own `canonicalize` makes of
 * it: the one that the client takes for good names its mistake.
 */
export async function* mistakenSignatures(
  bench: Bench,
  sample: DataSample,
  members: readonly RawMember[],
  key: StageKey,
): AsyncGenerator<{ readonly mistake: TakenMistake; readonly sign: string }> {
  const own = await ownMistake(bench, members);
  const right = canonicalOfData(members);
  // Each is a call: of a slow client it is not asked so long that the run waits for the name of its mistake.
  let left = Math.max(FEWEST_PROBES, Math.ceil(PROBES_MS / (bench.client.meanMs?.() || 1)));
  if (own) {
    const { text, ...mistake } = own;
    yield {
      mistake: { ...mistake, canonical: { right, other: text } },
      sign: toHex(key.signer.sign(encodeUtf8(text))),
    };
  }
  const body = dataText(members);
  for (const { mistake, bytes } of mistakenBytes({
    fields: fieldsOf(members),
    signature: "",
    dataText: body,
  })) {
    if (left === 0) return;
    left -= 1;
    const broken = brokenByMistake(sample.requirement, mistake.requirement);
    const other = decodeUtf8(bytes);
    const canonical = other.ok ? { canonical: { right, other: other.value } } : {};
    yield { mistake: { ...broken, says: mistake.says, ...canonical }, sign: toHex(key.signer.sign(bytes)) };
  }
}

/** What the client's `canonicalize` makes of data, where that is wrong already: verifying with it is the same bug. */
async function ownMistake(bench: Bench, members: readonly RawMember[]) {
  const broken = bench.shared.evidences.all.find(
    ({ check, verdict }) => check === "canonicalize" && verdict === "fail",
  );
  if (!broken || !bench.offers("canonicalize")) return null;
  const params = Object.fromEntries(fieldsOf(members).map(({ name, value }) => [name, value]));
  const reply = await bench.client.call("canonicalize", { params }, PURE_DEADLINE_MS);
  const text = reply.kind === "ok" ? reply.value.canonical : undefined;
  if (typeof text !== "string" || loneSurrogateAt(text) >= 0 || text === canonicalOfData(members))
    return null;
  return { text, requirement: broken.requirement, says: "makes the text that its canonicalize makes" };
}

/** Data in the ladder's order: each rung adds one thing, so that the first that is refused names what is wrong. */
export function ladder(appid: string, order: string): readonly DataSample[] {
  const full = fullData(appid, order);
  const rung = (requirement: string, why: string, set: Readonly<Record<string, string>>): DataSample => {
    const members = withMembers(full, set);
    const undocumented = members.length > full.length && requirement !== "QRY-004" ? ["QRY-004"] : [];
    // To a client that does not sign UTF-8, whatever is not ASCII is one thing.
    const ascii = /^[\0-\x7f]*$/.test(dataText(members)) || requirement === "SIG-006";
    const rests = [...undocumented, ...(ascii ? [] : ["SIG-006"])];
    return { requirement, why, members, ...(rests.length > 0 ? { rests } : {}) };
  };
  return [
    { requirement: "QRY-001", why: "plain data, nothing empty", members: full },
    {
      requirement: "SIG-002",
      why: "members in reverse order",
      members: [...full].sort((a, b) => compareBytes(b[0], a[0])),
    },
    rung("QRY-004", "a member that is not documented", { extra_field: text("new") }),
    rung("SIG-005", "empty values", { attach: '""', openid: '""', cash_fee: '""' }),
    rung("SIG-005", "a number that is 0, and texts that only look empty", {
      total_fee: "0",
      attach: '"0"',
      openid: '" "',
    }),
    rung("SIG-006", "non-ASCII values", { attach: text("ชำระ 测试 😀 é") }),
    rung("SIG-006", "non-ASCII values as JSON escapes", {
      attach: '"\\u0e0a\\u0e33 \\u6d4b \\ud83d\\ude00"',
    }),
    rung("SIG-004", "values with what forms encode", { attach: text(" a+b&c=d%20/~ ") }),
    rung("SIG-004", "values with quotes, backslashes and line ends", { attach: text('"q" \\ \r\n\t <&>') }),
    rung("SIG-004", "runs of backslashes, and letters that are not seen", {
      attach: text("C:\\\\new\\\\table \\n \\u0041"),
      channel: text("prompt\ufeffpay\u2060"),
    }),
    rung("SIG-004", "texts that look like numbers", {
      attach: '"007"',
      channel: '"1e3"',
      openid: '"1.50"',
      channel_order_no: '"+125"',
    }),
    rung("SIG-004", "decomposed and compatibility characters", { attach: text("e\u0301 ﬁ Å \u00a0") }),
    ...longTexts(1).map((texts) => {
      const [attach, channel, openid] = texts.map(text) as [string, string, string];
      const why = "letters of every plane that normalising, folding or stripping would change";
      return rung("SIG-004", why, { attach, channel, openid });
    }),
    rung("SIG-002", "names that begin one another, and upper case", {
      a: '"1"',
      a1: '"2"',
      Z: '"3"',
      _x: '"4"',
      "10": '"5"',
      "9": '"6"',
    }),
    rung("SIG-013", "names that UTF-16 orders otherwise than bytes", { "\ufffd": '"1"', "😀": '"2"' }),
    rung("SIG-011", "booleans", { flag: "true", other: "false" }),
    rung("SIG-011", "a nested object and a list", {
      list: '[{"b":"2","a":1},"x"]',
      nested: '{"z":1,"y":{"d":"4","c":"3"}}',
      none: "[]",
    }),
    rung("SIG-012", "a whole number written with .0", { total: "2000.0" }),
    rung("SIG-012", "a number above 2^53", { big: "12345678901234567890" }),
    rung("SIG-012", "a number with an exponent", { exp: "1e3" }),
    rung("SIG-012", "a number with a trailing zero", { dec: "0.10" }),
  ];
}
