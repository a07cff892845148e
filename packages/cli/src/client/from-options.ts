import { readFileSync } from "node:fs";
import { type Client, createClient, randomNonce } from "@ksherproof/client";
import { readPublicKey, type Signer, UsageError, type Verifier } from "@ksherproof/core";
import { isLoopback } from "@ksherproof/gateway";
import { keyBytes, loadKey, nodeSigner, nodeVerifier } from "@ksherproof/keys";
import { readInput } from "../input.js";
import { readDuration } from "../intercept/options.js";
import { httpsFetch } from "./https-fetch.js";
import type { ClientCommandOptions } from "./options.js";

const LIVE_URL = "https://gateway.ksher.com/api";
const LIVE_KEY = "ksher-v1";

interface ServeLine {
  readonly base_url?: unknown;
  readonly appid?: unknown;
  readonly private_key?: unknown;
  readonly public_key?: unknown;
  readonly ca?: unknown;
}

/** A client as the options and the environment have it. Throws `UsageError`, `KeyError`, `EnvironmentError`. */
export function clientOf(options: ClientCommandOptions, env: NodeJS.ProcessEnv = process.env): Client {
  const file = options.live ? undefined : (options.gateway ?? env.KSHERPROOF_GATEWAY);
  if (options.live && options.gateway !== undefined) {
    throw new UsageError(
      "live_gateway",
      "--live and --gateway exclude each other: one is real, one simulated.",
    );
  }
  const line = file === undefined ? {} : readServeLine(file);
  const given = (option: string | undefined, variable: string): string | undefined =>
    option ?? (env[variable] || undefined);
  const baseUrl = baseUrlOf(
    given(options.baseUrl, "KSHERPROOF_BASE_URL") ??
      textOf(line.base_url) ??
      (options.live ? LIVE_URL : undefined),
    options,
  );
  const appid = given(options.appid, "KSHERPROOF_APPID") ?? textOf(line.appid);
  if (appid === undefined) throw missing("the merchant's number", "--appid mch35005");
  const ca = options.ca === undefined ? textOf(line.ca) : readInput(options.ca);
  return createClient({
    baseUrl,
    appid,
    signer: signerOf(given(options.key, "KSHERPROOF_KEY"), line),
    verifier: verifierOf(given(options.gatewayKey, "KSHERPROOF_GATEWAY_KEY"), line, options.live === true),
    fetch: ca !== undefined && baseUrl.startsWith("https:") ? httpsFetch(ca) : fetch,
    now: Date.now,
    nonce: randomNonce,
    timeoutMs: readDuration(options.timeout),
    ...(options.lang === undefined ? {} : { lang: langOf(options.lang) }),
  });
}

/** The first line of a file as the JSON object of `serve --json`. */
function readServeLine(file: string): ServeLine {
  const [first = ""] = (file === "-" ? readFileSync(0, "utf8") : readInput(file)).split("\n");
  try {
    const value: unknown = JSON.parse(first);
    if (typeof value === "object" && value !== null && "base_url" in value) return value;
  } catch {
    // Falls through: what is no JSON is no line of serve either.
  }
  throw new UsageError("gateway_line", `${file}: expected the JSON line of \`ksherproof serve --json\`.`, {
    hint: "ksherproof serve --json > gateway.json &",
  });
}

function baseUrlOf(text: string | undefined, options: ClientCommandOptions): string {
  if (text === undefined) {
    throw missing(
      "the gateway's address",
      "--gateway gateway.json (from `ksherproof serve --json`) or --base-url",
    );
  }
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new UsageError(
      "base_url",
      `Expected --base-url as http://... or https://..., found ${JSON.stringify(text)}.`,
    );
  }
  const { hostname, protocol } = new URL(text);
  if (isLoopback(hostname)) return text.replace(/\/$/, "");
  if (!options.live) {
    throw new UsageError(
      "not_live",
      `${hostname} is not this machine: real orders and real money may be there.`,
      {
        hint: "Give --live if that is meant.",
      },
    );
  }
  if (protocol !== "https:")
    throw new UsageError("live_plain", "--live speaks HTTPS only: expected https://...");
  process.stderr.write(`ksherproof: warning: this calls ${hostname}; orders and money there are real.\n`);
  return text.replace(/\/$/, "");
}

function signerOf(file: string | undefined, line: ServeLine): Signer {
  if (file !== undefined) return nodeSigner(keyBytes(file));
  const pem = textOf(line.private_key);
  if (pem !== undefined) return nodeSigner(pem);
  throw missing("the merchant's private key", "--key merchant.pem");
}

function verifierOf(name: string | undefined, line: ServeLine, live: boolean): Verifier {
  const pem = textOf(line.public_key);
  if (name === undefined && pem !== undefined) return nodeVerifier(readPublicKey(pem));
  const key = name ?? (live ? LIVE_KEY : undefined);
  if (key === undefined) throw missing("the gateway's public key", "--gateway-key gateway.pem");
  return nodeVerifier(loadKey(key).key);
}

function langOf(text: string): "en" | "cn" | "th" {
  if (text === "en" || text === "cn" || text === "th") return text;
  throw new UsageError("lang", `Expected --lang as en, cn or th, found ${JSON.stringify(text)}.`);
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function missing(what: string, how: string): UsageError {
  return new UsageError("option_missing", `It is not known what ${what} is.`, { hint: `Give ${how}.` });
}
