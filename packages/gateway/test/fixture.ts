// What the gateway's tests share: keys made once a file, a gateway on a virtual clock, and signed requests.
import { generateKeyPairSync } from "node:crypto";
import { encodeForm, encodeUtf8, type Params, signedRequest } from "@ksherproof/core";
import { nodeSigner, nodeVerifier } from "@ksherproof/keys";
import {
  createGateway,
  type Gateway,
  type GatewaySettings,
  plainMerchant,
  type Served,
  serve,
  signatureForger,
  VirtualClock,
  type WireAnswer,
} from "../src/index.js";

const pem = (bits: number): string =>
  generateKeyPairSync("rsa", { modulusLength: bits }).privateKey.export({
    type: "pkcs1",
    format: "pem",
  }) as string;

export const APPID = "mch35005";
export const GATEWAY_PEM = pem(512);
export const gatewaySigner = nodeSigner(GATEWAY_PEM);
export const gatewayVerifier = nodeVerifier(gatewaySigner.key);
export const merchantSigner = nodeSigner(pem(1024));
export const otherSigner = nodeSigner(pem(512));

export interface Stage {
  readonly gateway: Gateway;
  readonly served: Served;
  readonly clock: VirtualClock;
}

/** A gateway with one merchant, on a clock that stands still. */
export function stage(settings: Partial<GatewaySettings> = {}, seed = 1): Stage {
  const clock = new VirtualClock();
  const merchants = [{ appid: APPID, verifier: nodeVerifier(merchantSigner.key) }];
  const gateway = createGateway({ merchants, signer: gatewaySigner, clock, seed, settings });
  const keys = { otherSigner, merchantSigner, forge: signatureForger(GATEWAY_PEM) };
  return { gateway, clock, served: serve({ id: "test", gateway, keys }) };
}

/** The merchant of a stage. */
export function merchantOf({ served }: Stage, seed = 7) {
  return plainMerchant({
    served,
    appid: APPID,
    signer: merchantSigner,
    otherSigner,
    verifier: gatewayVerifier,
    seed,
  });
}

let nonces = 0;

/** Common and given fields; a field that is given as undefined is left out. */
export function fields(given: Readonly<Record<string, string | undefined>>): Params {
  nonces += 1;
  const all = { appid: APPID, nonce_str: `nonce-${nonces}`, time_stamp: "20220919121212", ...given };
  return new Map(
    Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** The form body of a signed request. */
export function signedForm(given: Readonly<Record<string, string | undefined>>): string {
  return encodeForm(signedRequest(fields(given), merchantSigner));
}

/** Posts a form body to an endpoint, in process. */
export function post(gateway: Gateway, path: string, form: string): WireAnswer {
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  return gateway.handle({ method: "POST", path, headers, body: encodeUtf8(form) });
}

/** A signed call, in process. */
export function call(
  gateway: Gateway,
  path: string,
  given: Readonly<Record<string, string | undefined>>,
): WireAnswer {
  return post(gateway, path, signedForm(given));
}

/** The body of an answer as text. */
export const textOf = (answer: { readonly body: Uint8Array }): string =>
  new TextDecoder().decode(answer.body);
