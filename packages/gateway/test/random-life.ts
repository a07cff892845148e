// A random life of a gateway: requests, spoiled ones among them, the customer, faults and time, all drawn from one seed.
import {
  Chance,
  CUSTOMER_ACTS,
  customerAct,
  type Gateway,
  type MerchantAct,
  type Spoil,
} from "../src/index.js";
import { APPID, merchantOf, stage } from "./fixture.js";

const SETTINGS = [
  {},
  { cardInProgressCode: -4, cancelExpiredCode: -5, defaultExpiryMinutes: 10 },
  { cancelExpiredCode: 0, cancelLatePaidCode: -5, defaultExpiryMinutes: 3, strictNonce: true },
] as const;

const ACTS = ["create", "cancel", "cancel", "query"] as const satisfies readonly MerchantAct[];
const SPOILS: readonly (Spoil | undefined)[] = [
  undefined,
  undefined,
  undefined,
  undefined,
  { sign: "wrong" },
  { sign: "missing" },
  { remove: ["time_stamp"] },
  { set: { mch_order_no: "x".repeat(33) } },
  { set: { nonce_str: "again" } },
];

/** Lets `steps` events happen to three orders, and gives the gateway. */
export async function randomLife(seed: number, steps = 14): Promise<Gateway> {
  const chance = new Chance(seed);
  const pick = <T>(of: readonly T[]): T => of[chance.below(of.length)] as T;
  const here = stage(pick(SETTINGS), seed);
  const merchant = merchantOf(here, seed);
  const { gateway, served, clock } = here;
  const numbers = ["a", "b", "c"];
  gateway.createOrder({ appid: APPID, mch_order_no: "a" });
  for (let step = 0; step < steps; step += 1) {
    const order = pick(numbers);
    const turn = chance.below(10);
    if (turn < 4) {
      if (turn === 0)
        served.faults.add({ faults: [{ kind: pick(["drop_before_commit", "drop_after_commit"]) }] });
      const spoil = pick(SPOILS);
      await merchant.call({ act: pick(ACTS), order, ...(spoil ? { spoil } : {}) });
    } else if (turn < 9) customerAct(gateway, pick(CUSTOMER_ACTS), { appid: APPID, mch_order_no: order });
    else clock.advance(60_000 * chance.below(8));
  }
  return gateway;
}
