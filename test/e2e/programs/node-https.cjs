const { createSign, randomBytes } = require("node:crypto");
const { readFileSync } = require("node:fs");
const https = require("node:https");

const [appid, keyFile, endpoint, mch_order_no] = process.argv.slice(2);
const time_stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
const params = { appid, mch_order_no, nonce_str: randomBytes(16).toString("hex"), time_stamp };
const text = Object.keys(params)
  .sort()
  .map((name) => `${name}=${params[name]}`)
  .join("");
const sign = createSign("RSA-MD5").update(text, "utf8").sign(readFileSync(keyFile), "hex");
const body = new URLSearchParams({ ...params, sign }).toString();
const request = https.request(
  `https://gateway.ksher.com/api/${endpoint}`,
  {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "content-length": Buffer.byteLength(body),
    },
  },
  (answer) => {
    let text = "";
    answer.setEncoding("utf8");
    answer.on("data", (chunk) => {
      text += chunk;
    });
    answer.on("end", () => console.log(text));
  },
);
request.end(body);
