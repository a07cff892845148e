// A hosted gateway for tests: on a virtual clock, with one merchant whose key the test has.

import { nodeVerifier } from "@ksherproof/keys";
import { type Host, type HostOptions, signatureForger, startHost, VirtualClock } from "../../src/index.js";
import { APPID, GATEWAY_PEM, gatewaySigner, merchantSigner, otherSigner, signedForm } from "../fixture.js";

export function hostForTest(options: Partial<HostOptions> = {}): Promise<Host> {
  return startHost({
    merchants: [{ appid: APPID, verifier: nodeVerifier(merchantSigner.key), signer: merchantSigner }],
    signer: gatewaySigner,
    forge: signatureForger(GATEWAY_PEM),
    otherSigner,
    clock: new VirtualClock(),
    seed: 1,
    webhooks: "manual",
    ...options,
  });
}

/** A signed call over HTTP; the JSON of its answer. */
export async function callOver(
  host: Host,
  endpoint: string,
  fields: Readonly<Record<string, string>>,
): Promise<{ readonly code: number; readonly data: Readonly<Record<string, unknown>> }> {
  const answer = await fetch(`${host.baseUrl}/${endpoint}`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: signedForm(fields),
  });
  return (await answer.json()) as never;
}

/** A call of the control API; status and JSON. */
export async function control<T = Record<string, unknown>>(
  host: Host,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ readonly status: number; readonly value: T }> {
  const answer = await fetch(`${host.control}${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
  return { status: answer.status, value: (await answer.json()) as T };
}
