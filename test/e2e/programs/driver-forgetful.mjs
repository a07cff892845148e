// Wrong on purpose: believes every answer unverified, whatever its status, and takes CLOSED for the end.
import { createSign, randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const [appid, keyFile, op, mch_order_no, memory] = process.argv.slice(2);
const remembered = existsSync(memory) ? JSON.parse(readFileSync(memory, "utf8")) : {};
if (op === "query" && remembered[mch_order_no] === "closed") {
  console.log("closed");
  process.exit(0);
}
const time_stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
const params = { appid, mch_order_no, nonce_str: randomBytes(16).toString("hex"), time_stamp };
const text = Object.keys(params)
  .sort()
  .map((name) => `${name}=${params[name]}`)
  .join("");
const sign = createSign("RSA-MD5").update(text, "utf8").sign(readFileSync(keyFile), "hex");
const endpoint = op === "cancel" ? "cancel_order" : "gateway_order_query";
const answer = await fetch(`https://gateway.ksher.com/api/${endpoint}`, {
  method: "POST",
  body: new URLSearchParams({ ...params, sign }),
});
const { code, data } = await answer.json();
const cancel = { 0: "cancelled", [-3]: "not_found", [-4]: "already_paid", [-5]: "already_cancelled" };
const query = { SUCCESS: "paid", CLOSED: "closed", NOTPAY: "unpaid", FAIL: "not_found" };
const told = op === "cancel" ? (cancel[code] ?? "failed") : (query[data?.result] ?? "pending");
writeFileSync(memory, JSON.stringify({ ...remembered, [mch_order_no]: told }));
console.log(told);
