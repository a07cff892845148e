// The other ways of checking a log, one a call: `vendor` as the vendor's SDK does it (the PEM text and a new verifier for
// each message), `readline` with the key parsed once. Prints how many answers verify and the seconds that it took.
import { createPublicKey, createVerify, verify } from "node:crypto";
import { createReadStream, readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const [way, file, keyFile] = process.argv.slice(2);
const pem = readFileSync(keyFile, "utf8");
const key = createPublicKey(pem);

/** The signed text as the SDK joins it. */
function textOf(data) {
  return Object.keys(data)
    .sort()
    .map((name) => `${name}=${typeof data[name] === "object" ? JSON.stringify(data[name]) : data[name]}`)
    .join("");
}

const WAYS = {
  vendor(data, sign) {
    const verifier = createVerify("RSA-MD5");
    verifier.write(textOf(data));
    verifier.end();
    return verifier.verify(pem, sign, "hex");
  },
  readline: (data, sign) => verify("RSA-MD5", Buffer.from(textOf(data)), key, Buffer.from(sign, "hex")),
};

const check = WAYS[way];
const start = performance.now();
let valid = 0;
for await (const line of createInterface({ input: createReadStream(file) })) {
  const { data, sign } = JSON.parse(line);
  if (check(data, sign)) valid += 1;
}
process.stdout.write(`${JSON.stringify({ valid, seconds: (performance.now() - start) / 1000 })}\n`);
