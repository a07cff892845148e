// A small driver over the reference client, the production address built in: driver.mjs <appid> <key.pem> <op> <order>.
import { readFileSync } from "node:fs";
import { createClient, randomNonce } from "@ksherproof/client";
import { readPublicKey } from "@ksherproof/core";
import { nodeSigner, nodeVerifier } from "@ksherproof/keys";

const [appid, keyFile, op, order] = process.argv.slice(2);
const client = createClient({
  baseUrl: "https://gateway.ksher.com/api",
  appid,
  signer: nodeSigner(readFileSync(keyFile)),
  verifier: nodeVerifier(readPublicKey(readFileSync(process.env.KSHERPROOF_GATEWAY_KEY))),
  fetch,
  now: Date.now,
  nonce: randomNonce,
  timeoutMs: 1500,
});
const { outcome } = await client[op](order);
console.log(outcome);
