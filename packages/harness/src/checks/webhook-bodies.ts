import { createHash } from "node:crypto";
import type { Scene } from "../stage.js";
import { clearOfZeros, dataText, fullData, type RawMember, signData, withMembers } from "./answer-data.js";

/** A webhook's body, made for a scene. */
export interface Webhook {
  readonly why: string;
  /** Which kind of wrong signature it has. */
  readonly trusted?: string;
  readonly body: (scene: Scene) => string;
}

function envelope(members: readonly RawMember[], sign: string | null): string {
  const signed = sign === null ? "" : `"sign":${JSON.stringify(sign)},`;
  return `{${signed}"data":${dataText(members)},"message":"操作成功","code":0,"msg":"操作成功"}`;
}

/** Every number by which a merchant may know a payment again is the order's own. */
function idsOf(order: string): Readonly<Record<string, string>> {
  const id = (what: string): string => createHash("md5").update(`${what} ${order}`).digest("hex");
  const digits = (what: string, count: number): string =>
    BigInt(`0x${id(what)}`)
      .toString()
      .padStart(40, "1")
      .slice(-count);
  return {
    channel_order_no: digits("channel", 10),
    ksher_order_no: digits("ksher", 23),
    pay_mch_order_no: digits("pay", 16),
    nonce_str: id("nonce"),
  };
}

function dataOf(scene: Scene, set: Readonly<Record<string, string>>, order: string): readonly RawMember[] {
  const texts = Object.entries({ ...idsOf(order), ...set }).map(
    ([name, value]) => [name, JSON.stringify(value)] as const,
  );
  return withMembers(fullData(scene.appid, order), Object.fromEntries(texts));
}

/** A genuine webhook with some values of its own. */
export function webhookOf(why: string, set: Readonly<Record<string, string>>, order = "W1"): Webhook {
  return {
    why,
    body: (scene) => {
      const members = clearOfZeros(dataOf(scene, set, order), scene.keys.gateway);
      return envelope(members, signData(members, scene.keys.gateway));
    },
  };
}

/** Webhooks that nobody may accept (WHK-001). */
export function forgedWebhook(): readonly Webhook[] {
  const over = (
    trusted: string,
    why: string,
    sign: (members: readonly RawMember[], scene: Scene) => string | null,
    after: Readonly<Record<string, string>> = {},
  ): Webhook => ({
    why,
    trusted,
    body: (scene) => {
      const members = dataOf(scene, {}, "W1");
      return envelope(
        withMembers(
          members,
          Object.fromEntries(Object.entries(after).map(([name, value]) => [name, JSON.stringify(value)])),
        ),
        sign(members, scene),
      );
    },
  });
  const genuine = (members: readonly RawMember[], scene: Scene): string =>
    signData(members, scene.keys.gateway);
  return [
    over("missing", "no signature", () => null),
    over("empty", "an empty signature", () => ""),
    over("zeros", "a signature of zeros", (members, scene) => "0".repeat(genuine(members, scene).length)),
    over("merchant_key", "the merchant's own signature", (members, scene) =>
      signData(members, scene.keys.merchant),
    ),
    over("other_data", "a signature of another amount", genuine, { attach: "changed" }),
    over("other_data", "a signature of another order", genuine, { mch_order_no: "W2" }),
    { why: "a stranger's signature", trusted: "other_key", body: (scene) => strangers(scene) },
  ];
}

function strangers(scene: Scene): string {
  const members = dataOf(scene, {}, "W1");
  return envelope(members, signData(members, scene.keys.stranger));
}
