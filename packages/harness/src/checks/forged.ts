import { compareBytes, encodeUtf8, toHex } from "@ksherproof/core";
import { FORGERIES } from "@ksherproof/gateway";
import { KEY_SIZES, type StageKey, sized } from "../stage-keys.js";
import {
  canonicalOfData,
  clearOfZeros,
  dataText,
  fullData,
  type RawMember,
  signData,
  withMembers,
} from "./answer-data.js";
import type { Check } from "./check.js";
import { ask, note, withoutControl } from "./questions.js";

/**
 * Data and a signature of it with the modulus added: it must still have as many digits as the modulus, so data is sought
 * whose signature is small enough.
 */
export function aboveModulus(
  about: readonly RawMember[],
  key: StageKey,
): { readonly members: readonly RawMember[]; readonly sign: string } {
  let members = about;
  let sign = "";
  for (let i = 0; i < 400; i += 1) {
    members = withMembers(about, { attach: JSON.stringify(`m${i}`) });
    sign = toHex(key.forge(encodeUtf8(canonicalOfData(members)), "not_below_modulus"));
    // All ones stand for a sum that is too long.
    if (!/^f+$/.test(sign)) break;
  }
  return { members, sign };
}

/** QRY-009, SEC-005: forged encodings and doubled members. */
export const verifyForged: Check = {
  id: "verify-forged",
  title: "forged signature encodings and doubled members",
  requirements: ["QRY-009", "SEC-005"],
  needs: ["verify"],
  hardening: true,
  async run(bench) {
    for (const bits of KEY_SIZES) {
      const key = sized(bench.stage.keys.gateways, bits);
      const full = fullData("mch35005", "A1");
      if ((await ask(bench, full, signData(full, key), key)) !== true) continue;
      for (const forgery of FORGERIES) {
        const above = forgery === "not_below_modulus" ? aboveModulus(full, key) : null;
        const members = above?.members ?? full;
        const sign = above?.sign ?? toHex(key.forge(encodeUtf8(canonicalOfData(full)), forgery));
        const why = `a forged signature (${forgery}, ${bits} bits)`;
        const question = { check: "verify-forged", requirement: "QRY-009", why, valid: false, members, sign };
        note(bench, { ...question, more: { trusted: forgery } }, await ask(bench, members, sign, key));
      }
    }
    const key = sized(bench.stage.keys.gateways, 1024);
    const members = fullData("mch35005", "A1");
    const sign = signData(members, key);
    if ((await ask(bench, members, sign, key)) !== true) return withoutControl(bench, verifyForged);
    const text = dataText(members).replace(/\}$/, ',"result":"SUCCESS"}');
    const doubled = {
      check: "verify-forged",
      requirement: "SEC-005",
      why: "data with a member that stands twice",
      valid: false,
      members,
      sign,
      more: { trusted: "doubled" },
    };
    note(bench, doubled, (await ask(bench, members, sign, key, text)) === true);
    const added: readonly RawMember[] = [...members, ["__proto__", '"p"'], ["constructor", '"c"']];
    const sorted = [...added].sort(([a], [b]) => compareBytes(a, b));
    const proto = clearOfZeros(sorted, key);
    const odd = {
      check: "verify-forged",
      requirement: "SEC-005",
      why: "members called __proto__ and constructor",
      valid: true,
      members: proto,
      sign: signData(proto, key),
      more: { rests: ["QRY-004"] },
    };
    note(bench, odd, await ask(bench, proto, odd.sign, key));
  },
};
