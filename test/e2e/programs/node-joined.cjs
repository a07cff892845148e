// Wrong on purpose: joins the pairs with &, as many other gateways do.
const { createSign, randomBytes } = require("node:crypto");
const { readFileSync } = require("node:fs");

const [appid, keyFile, endpoint, mch_order_no] = process.argv.slice(2);
const time_stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
const params = { appid, mch_order_no, nonce_str: randomBytes(16).toString("hex"), time_stamp };
const text = Object.keys(params)
  .sort()
  .map((name) => `${name}=${params[name]}`)
  .join("&");
const sign = createSign("RSA-MD5").update(text, "utf8").sign(readFileSync(keyFile), "hex");
fetch(`https://gateway.ksher.com/api/${endpoint}`, {
  method: "POST",
  body: new URLSearchParams({ ...params, sign }),
}).then(async (answer) => console.log(await answer.text()));
