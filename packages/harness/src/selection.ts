import { CHECKS } from "./checks/all.js";
import { belongs, type Level, REQUIREMENT_IDS, requirementOf } from "./requirements.js";

export const LEVELS: readonly Level[] = ["must", "should", "hardening"];

/** One requirement that clients are held to, and the checks that can show it: a line of `check --list`. */
export interface Selectable {
  readonly id: string;
  readonly level: string;
  readonly basis: string;
  readonly text: string;
  /** The lowest `--level` that takes it in; null where only `--only` does. */
  readonly asked_at: Level | null;
  readonly checks: readonly string[];
}

/** Every requirement that some check can show, in the specs' order. */
export function selectable(): readonly Selectable[] {
  return REQUIREMENT_IDS.flatMap((id) => {
    const checks = CHECKS.filter(({ requirements }) => requirements.includes(id)).map((check) => check.id);
    if (checks.length === 0) return [];
    const requirement = requirementOf(id);
    const { level, basis, text } = requirement;
    const asked_at = LEVELS.find((one) => belongs(requirement, one)) ?? null;
    return [{ id, level, basis, text, asked_at, checks }];
  });
}

/** What is wrong with a word of `--only`, in one sentence; null where it names something that clients are held to. */
export function wrongSelection(word: string): string | null {
  const known = selectable().map(({ id }) => id);
  if (known.some((id) => id === word || id.startsWith(`${word}-`))) return null;
  if (REQUIREMENT_IDS.includes(word)) {
    const gateways = requirementOf(word).held.includes("gateway");
    const whose = gateways ? "it is the gateway's (see check --gateway)" : "no check judges it";
    return `No client is held to ${word}: ${whose}.`;
  }
  const near = nearest(word.toUpperCase(), [...known, ...new Set(known.map((id) => id.slice(0, 3)))]);
  return `There is no requirement ${word}${near ? `; did you mean ${near}?` : "."}`;
}

/** The word among some that is nearest to a mistyped one; null where none is near. */
export function nearest(word: string, among: readonly string[]): string | null {
  const most = Math.max(1, Math.floor(word.length / 3));
  const found = among
    .map((one) => ({ one, far: distance(word, one) }))
    .sort((a, b) => a.far - b.far)
    .find(({ far }) => far <= most);
  return found?.one ?? null;
}

/** How many letters must be added, taken or changed to make one word of another. */
function distance(a: string, b: string): number {
  let before = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (before[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min((before[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, change));
    }
    before = row;
  }
  return before[b.length] ?? 0;
}
