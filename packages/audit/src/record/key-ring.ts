import { readFileSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import {
  EnvironmentError,
  equalBytes,
  KeyError,
  type NamedKey,
  type PublicKey,
  parseJson,
  UsageError,
} from "@ksherproof/core";
import { BUILT_IN_KEYS, loadKey } from "@ksherproof/keys";
import { readTime } from "./time.js";

/** A key of the ring with the time in which its signatures count; milliseconds since 1970, null where it is open. */
export interface RingKey extends NamedKey {
  readonly from: number | null;
  readonly until: number | null;
  /** Whose requests it verifies; null for a merchant key for any appid. */
  readonly appid: string | null;
}

/** The keys that an audit knows. */
export interface KeyRing {
  /** The gateway's: they verify answers and webhooks (QRY-008). */
  readonly gateway: readonly RingKey[];
  /** The merchants': they verify requests. */
  readonly merchant: readonly RingKey[];
}

/** A ring from files and built-in names without periods. Throws `KeyError`, `EnvironmentError`. */
export function ringOf(gateway: readonly string[], merchant: readonly string[] = []): KeyRing {
  const whole = (name: string): RingKey => ({ ...named(name), from: null, until: null, appid: null });
  return { gateway: gateway.map(whole), merchant: merchant.map(whole) };
}

function named(name: string): NamedKey {
  const { key } = loadKey(name);
  return { name, key };
}

/** Two rings as one. */
export function joinRings(a: KeyRing, b: KeyRing): KeyRing {
  return { gateway: [...a.gateway, ...b.gateway], merchant: [...a.merchant, ...b.merchant] };
}

/** The built-in keys that are not in the ring: the doctor tries them to say who made a wrong signature. */
export function otherKnownKeys(ring: KeyRing): readonly NamedKey[] {
  const same = (a: PublicKey, b: PublicKey): boolean => equalBytes(a.modulus, b.modulus);
  return BUILT_IN_KEYS.map(named).filter(
    ({ key }) => ![...ring.gateway, ...ring.merchant].some((known) => same(known.key, key)),
  );
}

/**
 * Reads a key ring: `{"keys": [{"key": "ksher-v1", "from": "2024-01-01T00:00:00Z", "until": ..., "of": "gateway"}]}`; a
 * file name is relative to the ring's folder, `name`, `from`, `until`, `of` and `appid` may be left out.
 * Throws `UsageError` with the entry that is wrong, `KeyError`, `EnvironmentError`.
 */
export function readKeyRing(file: string): KeyRing {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    throw new EnvironmentError(
      "key_ring_file",
      `The key ring ${file} can't be read: ${(cause as Error).message}.`,
      {
        cause,
      },
    );
  }
  const parsed = parseJson(text);
  if (!parsed.ok) throw new UsageError("key_ring", `${file}: ${parsed.rejection.detail}`);
  const { keys } = (JSON.parse(text) ?? {}) as { readonly keys?: unknown };
  if (!Array.isArray(keys) || keys.length === 0) {
    throw new UsageError("key_ring", `${file}: expected {"keys": [...]} with at least one key.`);
  }
  const ring: { gateway: RingKey[]; merchant: RingKey[] } = { gateway: [], merchant: [] };
  for (const [index, entry] of keys.entries()) {
    const { of, key } = readEntry(
      entry as Readonly<Record<string, unknown>>,
      `${file}: key ${index + 1}`,
      dirname(file),
    );
    ring[of].push(key);
  }
  return ring;
}

const MEMBERS = ["key", "name", "from", "until", "of", "appid"];

function readEntry(
  entry: Readonly<Record<string, unknown>>,
  where: string,
  folder: string,
): { readonly of: "gateway" | "merchant"; readonly key: RingKey } {
  const bad = (what: string): UsageError => new UsageError("key_ring", `${where}: ${what}`);
  if (typeof entry !== "object" || entry === null || typeof entry.key !== "string") {
    throw bad('expected an object with "key": a file or a built-in name.');
  }
  const unknown = Object.keys(entry).find((name) => !MEMBERS.includes(name));
  if (unknown !== undefined)
    throw bad(
      `expected ${MEMBERS.join(", ")}, found ${JSON.stringify(unknown)}: a misspelt period would hold for ever.`,
    );
  const text = (name: "name" | "appid"): string | null => {
    const value = entry[name] ?? null;
    if (value === null || typeof value === "string") return value;
    throw bad(`expected "${name}" to be a text.`);
  };
  const of = entry.of ?? "gateway";
  if (of !== "gateway" && of !== "merchant") throw bad('expected "of" to be "gateway" or "merchant".');
  const file =
    BUILT_IN_KEYS.includes(entry.key) || isAbsolute(entry.key) ? entry.key : join(folder, entry.key);
  const time = (name: "from" | "until"): number | null => {
    const value = entry[name];
    if (value === undefined || value === null) return null;
    const at = typeof value === "string" ? readTime(value) : null;
    if (at === null) throw bad(`expected "${name}" to be a time such as 2024-01-01T00:00:00Z.`);
    return at;
  };
  const [from, until] = [time("from"), time("until")];
  if (from !== null && until !== null && from > until) throw bad('expected "from" to be before "until".');
  try {
    const { key } = loadKey(file);
    return { of, key: { name: text("name") ?? entry.key, key, from, until, appid: text("appid") } };
  } catch (cause) {
    if (cause instanceof KeyError) throw bad(cause.message);
    throw cause;
  }
}
