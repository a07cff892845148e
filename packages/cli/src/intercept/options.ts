import { EnvironmentError, UsageError } from "@ksherproof/core";
import {
  CERTIFICATE_FLAWS,
  type CertificateFlaw,
  type ContainmentAsked,
  type GatewayKey,
  gatewayKeyOf,
  type InterceptMerchant,
  LEVELS,
  type Level,
  type PreparedOrder,
  readPreparedOrder,
  secretsOf,
} from "@ksherproof/intercept";
import { keyBytes, loadKey, nodeSigner, nodeVerifier } from "@ksherproof/keys";
import type { ContainmentOptions } from "./command-options.js";

/** Reads `mch35005=key.pem`. Throws `UsageError`, `KeyError`, `EnvironmentError`. */
export function readMerchant(text: string): InterceptMerchant {
  const at = text.indexOf("=");
  const appid = text.slice(0, Math.max(0, at));
  if (!/^mch[0-9]{1,29}$/.test(appid)) {
    throw new UsageError(
      "merchant_form",
      `Expected a merchant as appid=KEY, found ${JSON.stringify(text)}.`,
      {
        hint: "An appid is mch and digits: --merchant mch35005=merchant.pem",
      },
    );
  }
  const name = text.slice(at + 1);
  const key = loadKey(name);
  const verifier = nodeVerifier(key.key);
  if (key.read.privateKey === null) return { appid, verifier, secrets: [] };
  const bytes = keyBytes(name);
  return {
    appid,
    verifier,
    signer: nodeSigner(bytes),
    secrets: secretsOf(Buffer.from(bytes).toString("latin1")),
  };
}

/** Reads the merchants of a command line; the first of two with one appid would be lost, so that is refused. */
export function readMerchants(texts: readonly string[]): readonly InterceptMerchant[] {
  const merchants = texts.map(readMerchant);
  const twice = merchants.find(({ appid }, i) => merchants.findIndex((one) => one.appid === appid) !== i);
  if (twice) throw new UsageError("merchant_twice", `The merchant ${twice.appid} is given twice.`);
  return merchants;
}

/** Reads the orders of a command line; of two states of one order only the last would count, so that is refused. */
export function readOrders(texts: readonly string[]): readonly PreparedOrder[] {
  const orders = texts.map(readPreparedOrder);
  const numbers = orders.map(({ mch_order_no }) => mch_order_no);
  const twice = numbers.find((number, i) => numbers.indexOf(number) !== i);
  if (twice !== undefined) throw new UsageError("order_twice", `The order ${twice} is given twice.`);
  return orders;
}

/** Reads the private key that signs query answers. Throws `KeyError`, `EnvironmentError`. */
export function readGatewayKey(file: string): GatewayKey {
  const bytes = keyBytes(file);
  nodeSigner(bytes);
  return gatewayKeyOf(bytes);
}

/** Reads `--level`. Throws `UsageError`. */
export function readLevel(text: string): Level {
  const found = LEVELS.find((level) => level === text);
  if (found) return found;
  throw new UsageError("level", `There is no level ${JSON.stringify(text)}.`, {
    hint: `Expected one of: ${LEVELS.join(", ")}.`,
  });
}

/** Reads `--tls`. Throws `UsageError`. */
export function readFlaw(text: string): CertificateFlaw {
  const found = CERTIFICATE_FLAWS.find((flaw) => flaw === text);
  if (found) return found;
  throw new UsageError("certificate", `There is no certificate ${JSON.stringify(text)}.`, {
    hint: `Expected one of: ${CERTIFICATE_FLAWS.join(", ")}.`,
  });
}

/** Reads a time such as `30s`, `2min`, `500ms`; a bare number is seconds. Milliseconds. Throws `UsageError`. */
export function readDuration(text: string): number {
  const [, number, unit = "s"] = /^(\d+(?:\.\d+)?)\s*(ms|s|m|min|h)?$/.exec(text.trim()) ?? [];
  const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000 };
  const ms = Math.round(Number(number) * (units[unit] ?? Number.NaN));
  if (Number.isFinite(ms) && ms > 0 && ms < 2 ** 31) return ms;
  throw new UsageError("duration", `Expected a time such as 30s, found ${JSON.stringify(text)}.`, {
    hint: "Units: ms, s, min, h; at most 24 days.",
  });
}

/** Reads `--host`: a bare name. Throws `UsageError`. */
export function readHost(text: string): string {
  const name = text.toLowerCase().replace(/\.$/, "");
  if (/^[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?$/.test(name)) return name;
  throw new UsageError("host", `Expected a host name, found ${JSON.stringify(text)}.`, {
    hint: "Without scheme, port and path: --host gateway.example.com",
  });
}

/** Reads `NAME=VALUE` of the simulator's settings; its own check names what there is. Throws `UsageError`. */
export function readSettings(texts: readonly string[]): Readonly<Record<string, string | number | boolean>> {
  return Object.fromEntries(
    texts.map((text) => {
      const at = text.indexOf("=");
      if (at < 1) {
        throw new UsageError(
          "setting_form",
          `Expected a setting as NAME=VALUE, found ${JSON.stringify(text)}.`,
        );
      }
      const value = text.slice(at + 1);
      if (value === "true" || value === "false") return [text.slice(0, at), value === "true"];
      return [text.slice(0, at), /^-?\d+$/.test(value) ? Number(value) : value];
    }),
  );
}

/** The command that is run, or why there is none. Throws `UsageError`. */
export function commandOf(words: readonly string[]): readonly [string, ...string[]] {
  const [first, ...rest] = words;
  if (first !== undefined && first !== "") return [first, ...rest];
  throw new UsageError("command_missing", "No command was given.", {
    hint: "Give the program after --, as in: ksherproof intercept -- python3 app.py",
  });
}

/** Turns an error of the file system into ours. */
export function fileError(what: string, file: string, cause: unknown): EnvironmentError {
  const { code, message } = cause as NodeJS.ErrnoException;
  const why = code === "ENOENT" ? "there is no such file or folder" : message;
  return new EnvironmentError("file", `${what} ${file}: ${why}.`, { cause });
}

/** Reads how the program is held. Throws `UsageError` where they contradict each other. */
export function readContainment(options: ContainmentOptions): ContainmentAsked {
  const held = options.isolate ? "--isolate" : options.requireContainment ? "--require-containment" : null;
  if (!options.privateHosts && held !== null) {
    throw new UsageError("containment_contradiction", `--no-private-hosts and ${held} exclude each other.`);
  }
  if (options.isolate) return "isolated";
  if (options.requireContainment) return "required";
  return options.privateHosts ? "offered" : "none";
}
