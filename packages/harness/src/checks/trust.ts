import type { WireAnswer } from "@ksherproof/gateway";
import type { Bench, Called, Case } from "../bench.js";
import { QUERY } from "../protocol.js";
import { KEY_SIZES, sized } from "../stage-keys.js";
import {
  clearOfZeros,
  type DataSample,
  dataText,
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

/** Answers the next queries with this data and signature, in place of what the gateway would say. */
export function answerWith(
  one: Case,
  members: readonly RawMember[],
  sign: string,
  layout: (text: string) => string = (text) => text,
): void {
  one.scene.rewrite(QUERY, (answer: WireAnswer): WireAnswer => {
    const body = `{"code":0,"msg":"操作成功","data":${dataText(members)},"sign":${JSON.stringify(sign)},"message":"操作成功"}`;
    return { ...answer, body: new TextEncoder().encode(layout(body)) };
  });
}

async function queryWith(
  bench: Bench,
  sample: DataSample,
  sign?: string,
): Promise<{ readonly one: Case; readonly called: Called }> {
  const one = bench.open("trust", sample.requirement);
  one.scene.create("A1");
  const about = withMembers(sample.members, { appid: JSON.stringify(one.scene.appid) });
  const members = clearOfZeros(about, one.scene.keys.gateway);
  answerWith(one, members, sign ?? signData(members, one.scene.keys.gateway));
  one.tell("gateway", `answers with ${sample.why}`);
  return { one, called: await one.call("query", "A1") };
}

/** SIG and QRY-001, QRY-004 as a query shows them: genuine answers with every kind of data are trusted. */
export const trust: Check = {
  id: "trust",
  title: "genuine query answers with every kind of data are trusted",
  requirements: [
    "QRY-001",
    "QRY-004",
    "QRY-005",
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
  ],
  needs: ["query"],
  async run(bench) {
    let cause: string | null = null;
    for (const sample of bench.thin(ladder("mch35005", "A1"), ({ requirement }) => requirement)) {
      const broke = await climb(bench, sample, cause);
      if (sample.requirement === "QRY-001") cause = broke;
    }
    if (cause !== null) bench.shared.distrusts = cause;
    const members = fullData("mch35005", "A1");
    await plain(bench, "SIG-008", "a signature in upper-case hex", members, { upper: true });
    for (const bits of KEY_SIZES) {
      const works = await plain(bench, "SIG-010", `a gateway key of ${bits} bits`, members, { bits });
      // A size that does not work at all is SIG-010; only where it works do its leading zeros show SIG-009.
      const zero = works && bits !== 2048 ? { bits, zero: true } : null;
      if (zero) await plain(bench, "SIG-009", "a signature that begins with a zero byte", members, zero);
    }
    for (const [why, layout, also] of LAYOUTS)
      await plain(bench, also ? "QRY-005" : "QRY-001", why, members, { layout, also });
  },
};

const LAYOUTS: readonly (readonly [string, (text: string) => string, also?: readonly string[]])[] = [
  [
    // The table of fields has a result there; what is not in data is not signed.
    "an unsigned result beside data that says otherwise",
    (text) => text.replace(/^\{/, '{"result":"CLOSED",'),
    ["untrusted", "unknown"],
  ],
  [
    "an answer with a lang and a result beside data",
    (text) => text.replace(/^\{/, '{"lang":"en","result":"SUCCESS",'),
  ],
  [
    "an answer with white space between its members",
    (text) => text.replace(/([{,])"/g, '$1\n  "').replace(/":/g, '" : '),
  ],
  [
    "an answer whose sign comes first",
    (text) =>
      text
        .replace(/^\{/, "{")
        .replace(/,"sign":("[^"]*")/, "")
        .replace(/^\{/, `{"sign":${/"sign":("[^"]*")/.exec(text)?.[1]},`),
  ],
];

async function climb(bench: Bench, sample: DataSample, cause: string | null): Promise<string | null> {
  const { one, called } = await queryWith(bench, sample);
  const why = `A genuine answer with ${sample.why} is trusted.`;
  if (called.outcome !== "untrusted") {
    const rests = sample.rests ? { rests: sample.rests } : {};
    return one.expect(called, ["paid"], why, sample.requirement, rests) ? null : sample.requirement;
  }
  if (cause !== null) {
    bench.evidences.add({
      requirement: sample.requirement,
      check: "trust",
      verdict: "caused",
      detail: why,
      cause,
      story: one.story,
      exchanges: [...one.scene.exchanges],
    });
    return cause;
  }
  const explained = bench.evidences.anyFailed(sample.rests);
  const mistake = explained ? null : await mistakeOf(bench, sample);
  // `verify` may have named what here can't be told: a client that looks at the shape takes no plainer data.
  const known = sample.requirement === "QRY-001" ? bench.shared.distrusts : null;
  const requirement = mistake?.requirement ?? known ?? sample.requirement;
  const detail = mistake ? `${why} The client trusts one that ${mistake.says} instead.` : why;
  const rests = mistake ? mistake.rests : sample.rests;
  const canonical = mistake?.canonical ? { canonical: mistake.canonical } : {};
  one.fail(requirement, detail, called, {
    expected: "paid",
    got: "untrusted",
    ...canonical,
    ...(rests ? { rests } : {}),
  });
  return requirement;
}

/** Which known mistake the client's verification makes: the one whose signature it trusts. */
async function mistakeOf(bench: Bench, sample: DataSample): Promise<TakenMistake | null> {
  const one = bench.open("trust", sample.requirement);
  const members = withMembers(sample.members, { appid: JSON.stringify(one.scene.appid) });
  const { gateway, merchant } = one.scene.keys;
  one.scene.create("A1");
  const taken = async (sign: string, data = members): Promise<boolean> => {
    answerWith(one, data, sign);
    return (await one.call("query", "A1")).outcome === "paid";
  };
  if (await taken(signData(members, merchant)))
    return { requirement: "QRY-008", says: "is signed with the merchant's own key" };
  for await (const { mistake, sign } of mistakenSignatures(bench, sample, members, gateway))
    if (await taken(sign)) return mistake;
  if (sample.requirement !== "QRY-001") return null;
  for (const { requirement, says, members: fewer } of plainerThan(members))
    if (await taken(signData(fewer, gateway), fewer)) return { requirement, says };
  return null;
}

interface Variation {
  readonly bits?: number;
  readonly upper?: boolean;
  readonly zero?: boolean;
  readonly layout?: (text: string) => string;
  /** What may be said beside `paid`. */
  readonly also?: readonly string[] | undefined;
}

async function plain(
  bench: Bench,
  requirement: string,
  why: string,
  data: readonly RawMember[],
  { bits, upper, zero, layout, also = [] }: Variation,
): Promise<boolean> {
  // One merchant wherever a zero is searched for: what was found for a key is used again.
  const merchant = zero ? { appid: "mch35005" } : {};
  const one = bench.open(
    "trust",
    requirement,
    bits === undefined ? merchant : { ...merchant, gatewayBits: bits },
  );
  one.scene.create("A1");
  const key = bits === undefined ? one.scene.keys.gateway : sized(bench.stage.keys.gateways, bits);
  const about = withMembers(data, { appid: JSON.stringify(one.scene.appid) });
  const members = (zero ? leadingZero(about, key) : null) ?? clearOfZeros(about, key);
  const sign = signData(members, key);
  answerWith(one, members, upper ? sign.toUpperCase() : sign, layout);
  one.tell("gateway", `answers with ${why}`);
  const called = await one.call("query", "A1");
  // A word that is only allowed shows no trust.
  if (called.outcome !== null && also.includes(called.outcome)) return true;
  const detail = `A genuine answer with ${why} is ${["paid", ...also].join(" or ")}.`;
  return one.expect(called, ["paid"], detail, requirement);
}
