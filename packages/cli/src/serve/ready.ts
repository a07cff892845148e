import { randomNonce } from "@ksherproof/client";
import { encodeForm, type Signer, signedRequest, timeStamp } from "@ksherproof/core";
import type { Host } from "@ksherproof/gateway";
import { ENDPOINTS } from "@ksherproof/spec";
import { colours, print, table } from "../output.js";
import { publicPem, type ServeMerchant } from "./keys.js";

/** The first line of `serve --json` (specs/schemas/cli-serve.schema.json). */
export interface Ready {
  readonly base_url: string;
  readonly appid: string;
  /** PEM; null where the merchant's key is the user's own. */
  readonly private_key: string | null;
  /** The gateway's, PEM. */
  readonly public_key: string;
  readonly page: string;
  readonly control: string;
  /** The certificate to trust, PEM; null without --tls. */
  readonly ca: string | null;
  readonly merchants: readonly {
    readonly appid: string;
    readonly private_key: string | null;
    readonly private_key_file: string | null;
  }[];
  /** Command lines that create an order, query it and cancel it; empty where the merchant's private key is not known. */
  readonly curl: readonly string[];
}

/** All that a client needs to be pointed at a hosted gateway. */
export function readyLine(
  host: Host,
  gatewayPem: string,
  merchants: readonly [ServeMerchant, ...ServeMerchant[]],
): Ready {
  const [first] = merchants;
  return {
    base_url: host.baseUrl,
    appid: first.appid,
    private_key: first.pem,
    public_key: publicPem(gatewayPem),
    page: host.page,
    control: host.control,
    ca: host.ca,
    merchants: merchants.map(({ appid, pem, file }) => ({ appid, private_key: pem, private_key_file: file })),
    curl: first.signer ? curlLines(host, first.appid, first.signer) : [],
  };
}

function curlLines(host: Host, appid: string, signer: Signer): readonly string[] {
  const line = (endpoint: string, fields: Readonly<Record<string, string>>): string => {
    const common = { appid, nonce_str: randomNonce(), time_stamp: timeStamp(host.clock.now()) };
    const form = encodeForm(signedRequest(new Map(Object.entries({ ...common, ...fields })), signer));
    return `curl -sS ${host.ca === null ? "" : "-k "}"${host.baseUrl}/${endpoint}" --data "${form}"`;
  };
  const order = { mch_order_no: `curl-${randomNonce().slice(0, 8)}` };
  return [
    line(ENDPOINTS.gateway_pay.name, {
      ...order,
      total_fee: "2000",
      fee_type: "THB",
      channel_list: "promptpay,card",
    }),
    line(ENDPOINTS.gateway_order_query.name, order),
    line(ENDPOINTS.cancel_order.name, { ...order, lang: "en" }),
  ];
}

/** Prints for people where the gateway is and how to begin. */
export function printReady(ready: Ready, host: Host): void {
  print(`${colours.green("ready")}  The simulated gateway listens. Nothing here is real money.\n`);
  print(
    table([
      ["base URL", colours.bold(ready.base_url)],
      ["page", ready.page],
      ["control", ready.control],
      ["appid", ready.merchants.map(({ appid }) => appid).join(", ")],
      ["time", new Date(host.clock.now()).toISOString()],
    ]),
  );
  if (ready.private_key !== null) {
    print(
      `\nThe merchant's private key (made for this simulator, worth nothing elsewhere):\n${ready.private_key.trim()}`,
    );
  }
  print(`\nThe gateway's public key, which verifies its answers:\n${ready.public_key.trim()}`);
  if (ready.ca !== null) print(`\nThe certificate to trust:\n${ready.ca.trim()}`);
  const [create, query, cancel] = ready.curl;
  if (create && query && cancel) {
    print(`\nTry it: create an order, query it, cancel it.\n\n${create}\n\n${query}\n\n${cancel}`);
  }
  print("\nCtrl-C ends it.");
}
