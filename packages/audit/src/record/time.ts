const ISO = /^(\d{4}-\d\d)-(\d\d)[T ]\d\d:\d\d(:\d\d([.,]\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/;

/**
 * A moment in milliseconds since 1970: ISO 8601 with its zone, or a number of seconds or milliseconds since 1970, as text.
 * Null for anything else: a time without a zone is no moment.
 */
export function readTime(text: string): number | null {
  if (/^\d{1,15}(\.\d{1,6})?$/.test(text)) {
    const value = Number(text);
    return Math.floor(value < 1e11 ? value * 1000 : value);
  }
  const [, month, day] = ISO.exec(text) ?? [];
  // Date.parse takes 30 February for 1 March.
  if (!day || new Date(`${month}-${day}`).getUTCDate() !== Number(day)) return null;
  const at = Date.parse(text.replace(" ", "T").replace(",", "."));
  return Number.isNaN(at) ? null : at;
}

/** A moment for people and reports: ISO 8601 in UTC. */
export function isoTime(at: number | null): string | null {
  return at === null || Number.isNaN(at) || Math.abs(at) > 8.64e15 ? null : new Date(at).toISOString();
}
