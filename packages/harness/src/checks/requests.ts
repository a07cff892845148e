import type { Bench } from "../bench.js";
import { seeded } from "../randomness.js";
import { orderNumbers, randomText, TELLING, TEXTS } from "../samples.js";
import { KEY_SIZES } from "../stage-keys.js";
import { longTexts, unicodeTexts } from "../unicode-samples.js";
import type { Check } from "./check.js";

const SHOWS = [
  "REQ-001",
  "REQ-002",
  "REQ-003",
  "REQ-004",
  "REQ-006",
  "REQ-008",
  "REQ-010",
  "SIG-001",
  "SIG-002",
  "SIG-003",
  "SIG-004",
  "SIG-006",
  "SIG-007",
  "SIG-008",
  "SIG-009",
];

/** What a text can show: a plain one nothing of encoding, an ASCII one nothing of UTF-8, a telling one what no other can. */
function kindOf(text: string): string {
  if (TELLING.has(text)) return text;
  if (text === "") return "empty";
  if (/[^\0-\x7f]/.test(text)) return "beyond ASCII";
  return /[^A-Za-z0-9_-]/.test(text) ? "special" : "plain";
}

/** REQ and SIG as they stand on the wire: order numbers of every kind, cancelled or queried. */
export const orderNumbersOnTheWire: Check = {
  id: "order-numbers",
  title: "order numbers of every kind arrive as they were given, signed as they were sent",
  requirements: [...SHOWS, "REQ-007"],
  needs: [],
  async run(bench) {
    const ops = (["cancel", "query"] as const).filter((op) => bench.offers(op));
    // Each operation builds its request for itself: one may trim what the other leaves alone. Of the many texts from all of
    // Unicode each goes to one of them, another for another seed.
    const turn = (i: number): number => i + (i >> 1) + bench.seed;
    const numbers = [
      ...orderNumbers(bench.seed + 2, bench.runs).map((number) => ({ number, by: ops })),
      ...unicodeTexts(bench.seed + 2).map((number, i) => ({
        number,
        by: ops.filter((_, at) => at === turn(i) % ops.length),
      })),
    ];
    for (const { number, by } of bench.thin(numbers, (one) => kindOf(one.number))) {
      for (const op of by) {
        const one = bench.open("order-numbers", "REQ-010");
        one.scene.create(number);
        const called = await one.call(op, number);
        if (op === "cancel")
          one.expect(called, ["cancelled"], "An unpaid order is cancelled, whatever its number.", "REQ-010");
        else
          one.expect(
            called,
            ["unpaid", "pending"],
            "An unpaid order is found, whatever its number.",
            "REQ-010",
          );
      }
    }
  },
};

/** REQ-006, SIG-004, SIG-005 for gateway_pay: attach of every kind, amounts at the borders, an empty value. */
export const creating: Check = {
  id: "create",
  title: "orders are created with texts and amounts of every kind",
  requirements: [...SHOWS, "SIG-005"],
  needs: ["create"],
  async run(bench) {
    const random = seeded(bench.seed + 3);
    const attaches = [
      ...TEXTS,
      ...longTexts(bench.seed + 3).map((texts) => texts.join(" ")),
      "",
      ...Array.from({ length: Math.ceil(bench.runs / 2) }, () => randomText(random, 60)),
    ];
    const amounts = [1, 2000, 100, 999_999_999, 2_147_483_648];
    // Odd order numbers too: one may trim where it creates what it leaves alone where it cancels.
    const numbers = orderNumbers(bench.seed + 4, 0);
    for (const [i, attach] of [...bench.thin(attaches, kindOf)].entries()) {
      const one = bench.open("create", "REQ-006");
      const number = numbers[(i + 1) % numbers.length] ?? "C1";
      const total_fee = amounts[i % amounts.length] ?? 1;
      const fields = { total_fee, fee_type: "THB", channel_list: "promptpay,card", attach };
      const called = await one.call("create", number, fields);
      if (!one.expect(called, ["created"], "A right request creates the order.", "REQ-006")) continue;
      if (one.spoilt) continue;
      const order = one.scene.order(number);
      const found = order && { attach: order.attach, total_fee: order.total_fee };
      const sent = called.exchanges[0]?.params;
      if (!order || !sent)
        one.fail("REQ-006", "The client said created, but the gateway holds no such order.", called);
      else if ((sent.has("attach") && found?.attach !== attach) || found?.total_fee !== total_fee) {
        one.fail("REQ-006", "The order is not what was asked for.", called, {
          expected: JSON.stringify({ attach, total_fee }),
          got: JSON.stringify(found),
        });
      }
    }
  },
};

/** REQ-005: lang as it was given, or left out. */
export const languages: Check = {
  id: "lang",
  title: "lang is en, cn or th where it is sent",
  requirements: ["REQ-005"],
  needs: [],
  async run(bench) {
    const op = bench.offers("cancel") ? "cancel" : "query";
    if (!bench.offers(op)) return;
    for (const lang of ["en", "cn", "th", undefined]) {
      const one = bench.open("lang", "REQ-005", lang === undefined ? {} : { lang });
      one.scene.create("L1");
      const called = await one.call(op, "L1");
      if (called.exchanges.length === 0) continue;
      const sent = called.exchanges[0]?.params?.get("lang");
      // Where none was given, whatever is sent was judged on the wire.
      if (sent === undefined || lang === undefined || sent === lang)
        one.pass("REQ-005", "lang is left out or as it was given.", called);
      else one.fail("REQ-005", `Expected lang ${lang}, found ${JSON.stringify(sent)}.`, called);
    }
  },
};

/** Requests with a key of each size: of 24 signatures with a short one, in one run of eleven one begins with a zero byte. */
const requestsWith = (bits: number): readonly number[] =>
  Array.from({ length: bits === 512 ? 24 : 3 }, (_, i) => i);

/** SIG-010, SIG-009 on the wire: merchant keys of each size. */
export const keySizes: Check = {
  id: "key-sizes",
  title: "merchant keys of 512, 1024 and 2048 bits sign requests",
  requirements: ["SIG-009", "SIG-010"],
  needs: [],
  async run(bench) {
    const op = bench.offers("cancel") ? "cancel" : "query";
    if (!bench.offers(op)) return;
    for (const bits of KEY_SIZES) {
      for (const i of bench.thin(requestsWith(bits))) {
        const one = bench.open("key-sizes", "SIG-010", { merchantBits: bits });
        one.scene.create(`K${i}`);
        const called = await one.call(op, `K${i}`);
        one.expect(
          called,
          op === "cancel" ? ["cancelled"] : ["unpaid", "pending"],
          `A merchant key of ${bits} bits works.`,
          "SIG-010",
          { rests: ["REQ-001"] },
        );
      }
    }
  },
};

/** REQ-008, REQ-009: nonces across calls, concurrent calls and a restart. */
export const nonces: Check = {
  id: "nonces",
  title: "nonce_str is new in every request, also at once and after a restart",
  requirements: ["REQ-008", "REQ-009"],
  needs: [],
  async run(bench) {
    const op = bench.offers("query") ? "query" : "cancel";
    if (!bench.offers(op)) return;
    const collect = async (count: number): Promise<void> => {
      const one = bench.open("nonces", "REQ-008");
      one.scene.create("N1");
      await Promise.all(Array.from({ length: count }, () => one.call(op, "N1")));
    };
    await collect(6);
    await bench.client.restart();
    await collect(6);
    await bench.client.restart();
    await collect(3);
    judgeRandomness(bench);
  },
};

/** REQ-009: bits of a nonce from its alphabet and length, and from the characters that never change. */
function judgeRandomness(bench: Bench): void {
  const all = [...bench.shared.nonces.keys()];
  if (all.length < 8) return;
  const shortest = Math.min(...all.map((nonce) => nonce.length));
  const alphabet = /^[0-9]+$/.test(all.join(""))
    ? 10
    : /^[0-9a-f]+$/.test(all.join("")) || /^[0-9A-F]+$/.test(all.join(""))
      ? 16
      : 62;
  let varying = 0;
  for (let at = 0; at < shortest; at += 1)
    if (new Set(all.map((nonce) => nonce[at])).size > Math.min(4, all.length / 4)) varying += 1;
  const bits = varying * Math.log2(alphabet);
  bench.evidences.add({
    requirement: "REQ-009",
    check: "nonces",
    verdict: bits >= 64 ? "pass" : "fail",
    detail: `Over ${all.length} nonces, ${varying} characters of an alphabet of ${alphabet} vary: about ${Math.floor(bits)} bits; 64 are wanted.`,
    story: [{ who: "client", what: `sent ${all.slice(0, 5).join(", ")}, ...` }],
    exchanges: [],
  });
}
