import { FORGERIES } from "@ksherproof/gateway";
import { learnedByAsking } from "../bench.js";
import { QUERY } from "../protocol.js";
import { fullData, withMembers } from "./answer-data.js";
import type { Check } from "./check.js";
import { aboveModulus } from "./forged.js";
import { type Row, trusts, UNREADABLE, untrusted } from "./queries.js";
import { answerWith } from "./trust.js";

const HARDENED: readonly Row[] = [
  [
    "QRY-006",
    "another order, genuinely signed",
    { kind: "edit_data", set: { mch_order_no: "OTHER" }, sign: "fresh" },
  ],
  [
    "QRY-006",
    "another merchant, genuinely signed",
    { kind: "edit_data", set: { appid: "mch99999" }, sign: "fresh" },
  ],
  [
    "QRY-007",
    "result and time_end merged across their border",
    { kind: "signature", how: "border_shift", member: "result" },
    UNREADABLE,
  ],
  [
    "QRY-007",
    "attach and cash_fee merged across their border",
    { kind: "signature", how: "border_shift", member: "attach" },
    UNREADABLE,
  ],
  [
    "QRY-007",
    "a documented member left out before signing",
    { kind: "edit_data", remove: ["time_end"], sign: "fresh" },
    UNREADABLE,
  ],
  [
    "QRY-007",
    "an amount that is a text",
    { kind: "edit_data", set: { total_fee: "2000x" }, sign: "fresh" },
    UNREADABLE,
  ],
  ...FORGERIES.map(
    (forgery): Row => [
      "QRY-009",
      `a forged signature (${forgery})`,
      { kind: "signature", how: "forged_padding", forgery },
      { trusted: forgery },
    ],
  ),
  [
    "SEC-005",
    "a member of data that stands twice, the wrong one last",
    { kind: "duplicate_member", where: "data", member: "result", value: "SUCCESS", last: true },
    { trusted: "doubled", ...UNREADABLE },
  ],
  [
    "SEC-005",
    "a member of data that stands twice, the wrong one first",
    { kind: "duplicate_member", where: "data", member: "result", value: "SUCCESS" },
    { trusted: "doubled", ...UNREADABLE },
  ],
];

/** Orders that one may mistake for another: where it compares loosely, or only a part (QRY-006). */
const NEIGHBOURS: readonly (readonly [asked: string, told: string])[] = [
  ["Ab-0012", "ab-0012"],
  ["Ab-0012", "Ab-00120"],
  ["Ab-00120", "Ab-0012"],
  ["Ab-0012", "xAb-0012"],
  ["Ab-0012", "Ab-0012 "],
  ["0012", "12"],
  ["caf\u00e9", "cafe\u0301"],
  ["Ab-0012", ""],
];

/** QRY-006, QRY-007, QRY-009, SEC-005: genuine signatures over the wrong thing. */
export const hardened: Check = {
  id: "hardened-queries",
  title: "other orders, merged fields, forged encodings and doubled members are untrusted",
  requirements: ["QRY-006", "QRY-007", "QRY-009", "SEC-005"],
  needs: ["query"],
  hardening: true,
  async run(bench) {
    await untrusted(bench, hardened, HARDENED);
    if (!(await trusts(bench))) return;
    for (const [asked, told] of bench.thin(NEIGHBOURS)) {
      const near = bench.open("hardened-queries", "QRY-006");
      near.scene.create(asked);
      near.scene.fault(QUERY, { kind: "edit_data", set: { mch_order_no: told }, sign: "fresh" });
      const called = await near.call("query", asked);
      const detail = `An answer about ${JSON.stringify(told)} says nothing of ${JSON.stringify(asked)}.`;
      near.expect(called, ["untrusted", ...learnedByAsking(called)], detail);
    }
    const forged = bench.open("hardened-queries", "QRY-009");
    forged.scene.create("Q1");
    const key = forged.scene.keys.gateway;
    const about = withMembers(fullData(forged.scene.appid, "Q1"), { mch_order_no: JSON.stringify("Q1") });
    const { members, sign } = aboveModulus(about, key);
    answerWith(forged, members, sign);
    forged.expect(
      await forged.call("query", "Q1"),
      ["untrusted"],
      "A signature that is not below the modulus is untrusted.",
      "QRY-009",
      { trusted: "not_below_modulus" },
    );
    const one = bench.open("hardened-queries", "SEC-005");
    one.scene.create("Q1");
    one.scene.fault(QUERY, { kind: "proto" });
    one.expect(
      await one.call("query", "Q1"),
      ["unpaid", "pending"],
      "Members called __proto__ and constructor do no harm.",
    );
  },
};
