import { encodeUtf8, toHex } from "@ksherproof/core";
import { signatureForger } from "@ksherproof/gateway";
import { KEY_SIZES, sized } from "../stage-keys.js";
import { canonicalOfData, dataText, fullData, signData, withMembers } from "./answer-data.js";
import type { Check } from "./check.js";
import { ask, note } from "./verifying.js";

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
      const members = fullData("mch35005", "A1");
      if ((await ask(bench, members, signData(members, key), key)) !== true) continue;
      const forge = signatureForger(key.privatePkcs8);
      for (const forgery of [
        "short_padding",
        "trailing_bytes",
        "other_hash",
        "no_null",
        "zero_padding",
        "block_type_2",
        "not_below_modulus",
      ] as const) {
        const sign = toHex(forge(encodeUtf8(canonicalOfData(members)), forgery));
        const valid = await ask(bench, members, sign, key);
        note(
          bench,
          "verify-forged",
          "QRY-009",
          valid === false,
          `a forged signature (${forgery}, ${bits} bits)`,
          false,
          valid,
          members,
          sign,
        );
      }
    }
    const key = sized(bench.stage.keys.gateways, 1024);
    const members = fullData("mch35005", "A1");
    const text = dataText(members).replace(/\}$/, ',"result":"SUCCESS"}');
    const doubled = await ask(bench, members, signData(members, key), key, text);
    note(
      bench,
      "verify-forged",
      "SEC-005",
      doubled === false,
      "data with a member that stands twice",
      false,
      doubled,
      members,
      signData(members, key),
    );
    const proto = withMembers(members, {}).concat([
      ["__proto__", '"p"'],
      ["constructor", '"c"'],
    ]);
    const odd = await ask(bench, proto, signData(proto, key), key);
    note(
      bench,
      "verify-forged",
      "SEC-005",
      odd === true,
      "members called __proto__ and constructor",
      true,
      odd,
      proto,
      signData(proto, key),
    );
  },
};
