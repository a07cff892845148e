// Makes a log of bare signed answers for the benchmarks: sixteen flat fields, a tenth with Thai or Chinese text (half of
// it escaped), one signature in a thousand wrong.
import { createPrivateKey, sign } from "node:crypto";
import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import { fileURLToPath } from "node:url";

const keys = fileURLToPath(new URL("../../vectors/keys/", import.meta.url));

/** Writes `records` lines to a file, signed with the test key of this size. */
export function writeAuditLog(file, records, bits) {
  const key = createPrivateKey(readFileSync(`${keys}gateway-${bits}.pkcs1.pem`));
  const descriptor = openSync(file, "w");
  let text = "";
  for (let i = 0; i < records; i += 1) {
    const no = String(i).padStart(12, "0");
    const data = {
      cash_fee: i % 3 === 0 ? "" : (i % 5000) + 1,
      attach: i % 20 === 0 ? `ร้านกาแฟ ${i}` : i % 20 === 1 ? `咖啡店 ${i}` : `table ${i}`,
      result: ["SUCCESS", "NOTPAY", "SUCCESS"][i % 3],
      openid: "",
      rate: "1.000000",
      channel: "promptpay",
      nonce_str: i.toString(16).padStart(32, "0"),
      mch_order_no: `ORD${no}`,
      cash_fee_type: "THB",
      pay_mch_order_no: `2106${no}`,
      total_fee: (i % 100000) + 1,
      fee_type: "THB",
      ksher_order_no: `9002${no}`,
      channel_order_no: `4200001823202304${no}`,
      time_end: "2023-04-21 11:22:45",
      appid: "mch35000",
    };
    const canonical = Object.keys(data)
      .sort()
      .map((name) => `${name}=${data[name]}`)
      .join("");
    let signature = sign("RSA-MD5", Buffer.from(canonical), key).toString("hex");
    if (i % 1000 === 500) signature = (signature[0] === "0" ? "1" : "0") + signature.slice(1);
    let line = JSON.stringify({ code: 0, msg: "操作成功", data, sign: signature, message: "操作成功" });
    if (i % 40 < 2)
      line = line.replace(
        /[^\x00-\x7f]/g,
        (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
      );
    text += `${line}\n`;
    if (text.length > 1 << 20) {
      writeSync(descriptor, text);
      text = "";
    }
  }
  writeSync(descriptor, text);
  closeSync(descriptor);
}
