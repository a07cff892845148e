import { randomBytes } from "node:crypto";
import { EnvironmentError, UsageError } from "@ksherproof/core";
import {
  documentFrom,
  Merchant,
  type PreparedOrders,
  quoted,
  type ReportDocument,
  runGatewayStories,
  type StreamEvent,
  streamOf,
} from "@ksherproof/harness";
import { keyBytes, loadKey, nodeSigner, nodeVerifier } from "@ksherproof/keys";
import { VERSION } from "../version.js";
import { controlWorld, hookWorld } from "./gateway-world.js";

/** The options of `check --gateway`. */
export interface GatewayOptions {
  readonly gateway?: string;
  readonly appid?: string;
  readonly privateKey?: string;
  readonly publicKey?: string;
  readonly control?: string;
  readonly hook?: string;
  readonly orders?: PreparedOrders;
  readonly allowLive?: true;
}

/** `check --gateway`: holds a gateway to the documented semantics. */
export async function checkGateway(
  url: string,
  options: GatewayOptions,
  only: readonly string[],
  signal: AbortSignal,
  on: (event: StreamEvent) => void,
): Promise<ReportDocument> {
  const { appid, privateKey, publicKey } = options;
  const baseUrl = baseOf(url, options.allowLive === true);
  if (appid === undefined || privateKey === undefined || publicKey === undefined)
    throw new UsageError("gateway_keys", "--gateway needs --appid, --private-key and --public-key.", {
      hint: "The merchant's number and private key, and the key that verifies the gateway's answers.",
    });
  if (options.control !== undefined && options.hook !== undefined)
    throw new UsageError("gateway_world", "Give --control or --hook, not both.");
  const pem = keyBytes(privateKey);
  const merchant = new Merchant({ baseUrl, appid, signer: nodeSigner(pem), timeoutMs: 10_000 });
  const probe = await merchant.call("query", "ksherproof-probe");
  if (!probe.answer)
    throw new EnvironmentError("gateway_unreachable", `The gateway does not answer: ${probe.says}.`);
  const world =
    options.control !== undefined
      ? controlWorld(options.control)
      : options.hook !== undefined
        ? hookWorld(options.hook)
        : null;
  const events: StreamEvent[] = [];
  const toStream = streamOf({ adapter: url, version: VERSION, command: commandOf(url, options) });
  await runGatewayStories(
    {
      merchant,
      verifier: nodeVerifier(loadKey(publicKey).key),
      world,
      prepared: options.orders ?? {},
      prefix: `kp${randomBytes(4).toString("hex")}`,
    },
    {
      name: `gateway ${new URL(baseUrl).host}`,
      only,
      secrets: secretLines(pem),
      signal,
      on(event) {
        const line = toStream(event);
        events.push(line);
        on(line);
      },
    },
  );
  return documentFrom(events);
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** The base URL, without a slash at the end. Throws `UsageError` for what is none, or is another machine without leave. */
function baseOf(url: string, allowLive: boolean): string {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (!parsed || !/^https?:$/.test(parsed.protocol) || parsed.search !== "")
    throw new UsageError("gateway_url", `--gateway: expected a base URL, found ${JSON.stringify(url)}.`, {
      hint: "Endpoints are the base URL and /cancel_order: http://127.0.0.1:8080/api",
    });
  if (!LOOPBACK.test(parsed.hostname) && !allowLive)
    throw new UsageError("gateway_live", `${parsed.hostname} is not this machine.`, {
      hint: "The check makes, pays and cancels orders. If it is a test system of your own: --allow-live",
    });
  return url.replace(/\/+$/, "");
}

/** The lines of a private key's body: what no report may hold. */
function secretLines(key: string | Uint8Array): readonly string[] {
  const text = typeof key === "string" ? key : new TextDecoder("latin1").decode(key);
  return text.split(/\r?\n/).filter((line) => line.length >= 24 && !line.startsWith("-----"));
}

function commandOf(url: string, options: GatewayOptions): string {
  const words = ["ksherproof", "check", "--gateway", quoted(url)];
  for (const [flag, value] of [
    ["--appid", options.appid],
    ["--private-key", options.privateKey],
    ["--public-key", options.publicKey],
    ["--control", options.control],
    ["--hook", options.hook],
  ] as const)
    if (value !== undefined) words.push(flag, quoted(value));
  if (options.allowLive) words.push("--allow-live");
  return words.join(" ");
}
