import { encodeUtf8, loneSurrogateAt, mistakenBytes } from "@ksherproof/core";
import type { Evidence } from "./evidence.js";

/** Wrong texts that are looked at; a client that gets every text wrong needs no more of them to be understood. */
const MOST = 100;

/**
 * For each failure over a wrong text, the failure that names the mistake behind most of the wrong texts, where that
 * mistake gives this one too: of two mistakes that fit one text, the one that explains the others is the likelier.
 */
export function sharedMistakes(fails: readonly Evidence[]): ReadonlyMap<Evidence, Evidence> {
  const named = fails.filter(({ explanation }) => explanation?.mistakes.length === 1);
  const found = new Map<Evidence, Evidence>();
  if (new Set(named.map(({ requirement }) => requirement)).size < 2) return found;
  const fitting = new Map(named.slice(0, MOST).map((one) => [one, mistakesOf(one)] as const));
  const counts = new Map<string, number>();
  for (const ids of fitting.values()) for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  for (const [effect, ids] of fitting) {
    const own = effect.explanation?.mistakes[0]?.id ?? "";
    const best = [...ids].reduce((a, b) => ((counts.get(b) ?? 0) > (counts.get(a) ?? 0) ? b : a), own);
    const root = [...fitting.keys()].find((one) => one.explanation?.mistakes[0]?.id === best);
    if (best !== own && root && root.requirement !== effect.requirement) found.set(effect, root);
  }
  return found;
}

/** The params that a failure is about: those that a static check put, else those of its request. */
export function paramsOf({ data, exchanges }: Evidence): readonly (readonly [name: string, value: string])[] {
  const { params } = (data ?? {}) as { params?: Readonly<Record<string, string>> };
  return params ? Object.entries(params) : [...(exchanges[0]?.params ?? [])];
}

/** The ids of the single mistakes that give the text of a failure. */
function mistakesOf(evidence: Evidence): ReadonlySet<string> {
  const { canonical } = evidence;
  const sent = paramsOf(evidence);
  if (!canonical || sent.length === 0 || loneSurrogateAt(canonical.other) >= 0) return new Set();
  const fields = sent.map(([name, value]) => ({ name, value }));
  const signature = sent.find(([name]) => name === "sign")?.[1] ?? "";
  const wrong = Buffer.from(encodeUtf8(canonical.other));
  const fitting = mistakenBytes({ fields, signature }).filter(({ bytes }) => wrong.equals(bytes));
  return new Set(fitting.map(({ mistake }) => mistake.id));
}
