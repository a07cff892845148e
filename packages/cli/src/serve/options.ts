import { UsageError } from "@ksherproof/core";
import type { GatewaySettings } from "@ksherproof/gateway";
import { readSettings } from "../intercept/options.js";
import { madeMerchant, readMerchant, type ServeMerchant } from "./keys.js";
import type { ServeState } from "./state-file.js";

/** What `serve` is given on the command line. */
export interface ServeOptions {
  readonly port: string;
  readonly host: string;
  readonly allowRemote?: true;
  readonly publicUrl?: string;
  readonly tls?: true;
  readonly merchant?: readonly string[];
  readonly gatewayKey?: string;
  readonly set?: readonly string[];
  readonly listSettings?: true;
  readonly strictNonce?: true;
  readonly strictCreate?: true;
  readonly fault?: readonly string[];
  readonly scenario?: string;
  readonly state?: string;
  readonly virtualClock?: true;
  readonly seed: string;
  readonly manualWebhooks?: true;
  readonly json?: true;
}

/** The merchants: those given, then those that the state file holds; one is made where there is none. */
export function merchantsOf(
  options: ServeOptions,
  state: ServeState | null,
): readonly [ServeMerchant, ...ServeMerchant[]] {
  const given = (options.merchant ?? []).map(readMerchant);
  const kept = (state?.merchants ?? [])
    .filter(({ appid }) => !given.some((one) => one.appid === appid))
    .map(({ appid, private_key }) => madeMerchant(appid, private_key));
  const twice = given.find(({ appid }, i) => given.findIndex((one) => one.appid === appid) !== i);
  if (twice) throw new UsageError("merchant_twice", `The merchant ${twice.appid} is given twice.`);
  const [first = madeMerchant("mch35005"), ...rest] = [...given, ...kept];
  return [first, ...rest];
}

/** The settings of the command line. Throws `UsageError`. */
export function settingsOf(options: ServeOptions): Partial<GatewaySettings> {
  return {
    ...readSettings(options.set ?? []),
    ...(options.strictNonce ? { strictNonce: true } : {}),
    ...(options.strictCreate ? { strictCreate: true } : {}),
  };
}

/** Reads a whole number from 0 up. Throws `UsageError`. */
export function wholeNumber(name: string, text: string, most: number): number {
  if (/^[0-9]{1,10}$/.test(text) && Number(text) <= most) return Number(text);
  throw new UsageError(
    name,
    `Expected --${name} as a whole number from 0 to ${most}, found ${JSON.stringify(text)}.`,
  );
}

/** Reads `--public-url`. Throws `UsageError`. */
export function publicUrlOf(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text.replace(/\/+$/, "");
  throw new UsageError(
    "public_url",
    `Expected --public-url as http://HOST or https://HOST, found ${JSON.stringify(text)}.`,
  );
}

/** Reads `--fault`. Throws `UsageError`. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UsageError("fault_json", `Expected --fault as JSON: ${(cause as Error).message}.`, { cause });
  }
}
