import { createPrivateKey } from "node:crypto";
import type { StageKey } from "./stage-keys.js";

const known = new WeakMap<StageKey, readonly string[]>();

/** Texts that give a private key away: stretches of its PEM body, and its numbers in hex and base64 (SEC-001). */
export function secretsOf(key: StageKey): readonly string[] {
  const before = known.get(key);
  if (before) return before;
  const made: string[] = [];
  for (const pem of [key.privatePkcs1, key.privatePkcs8]) {
    const lines = pem.split("\n").filter((line) => line !== "" && !line.startsWith("-----"));
    // A line holds 48 bytes; headers of at most 45 and the modulus come first, and are public.
    const first = Math.ceil((key.bits / 8 + 45) / 48);
    made.push(...lines.slice(first).filter((line) => line.length >= 24));
  }
  const jwk = createPrivateKey(key.privatePkcs8).export({ format: "jwk" });
  for (const number of [jwk.d, jwk.p, jwk.q]) {
    const hex = Buffer.from(String(number), "base64url").toString("hex");
    made.push(String(number), hex, hex.toUpperCase(), BigInt(`0x${hex}`).toString(10));
  }
  known.set(key, made);
  return made;
}

/** Where a secret is: in a request's parts, or in a text; null where it is nowhere. */
export function leakIn(
  seen:
    | string
    | { readonly target: string; readonly rawHeaders: readonly string[]; readonly body: Uint8Array },
  secrets: readonly string[],
): string | null {
  if (typeof seen === "string") return has(seen, secrets) ? "a text" : null;
  const headers = seen.rawHeaders.join("\n");
  const body = Buffer.from(seen.body).toString("latin1");
  const plain = /[%+]/.test(body) ? decoded(body) : "";
  // Nearly every request tells nothing: one look at all of it, and no secret has a line break.
  if (!has(`${seen.target}\n${headers}\n${body}\n${plain}`, secrets)) return null;
  if (has(seen.target, secrets)) return "the address";
  return has(headers, secrets) ? "a header" : "the body";
}

function has(text: string, secrets: readonly string[]): boolean {
  return holds(text, secrets) || unwrapped(text).some((inner) => holds(inner, secrets));
}

/** What stands in a text in base64: a key is as well told in it. */
function unwrapped(text: string): readonly string[] {
  if (text.length < 200) return [];
  const runs = text.match(/[A-Za-z0-9+/_-]{200,}/g) ?? [];
  // A long run of hex is a signature; a key in hex was looked for as it stands.
  return runs
    .filter((run) => !/^[0-9a-f]+$/.test(run))
    .map((run) => Buffer.from(run, "base64").toString("latin1"));
}

function holds(text: string, secrets: readonly string[]): boolean {
  return secrets.some((secret) => text.includes(secret)) || /-----BEGIN[A-Z ]*PRIVATE KEY-----/.test(text);
}

function decoded(body: string): string {
  try {
    return decodeURIComponent(body.replace(/\+/g, " "));
  } catch {
    return "";
  }
}
