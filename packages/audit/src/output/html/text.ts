/** Text for HTML: what a log says is never markup, and no character of it is invisible or turns the line around. */
export function escapeHtml(text: string): string {
  return text
    .replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, (unit) => {
      const code = unit.charCodeAt(0);
      return code < 0x20 ? String.fromCharCode(0x2400 + code) : `<U+${code.toString(16).toUpperCase()}>`;
    })
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;");
}

/** A number with its thousands apart. */
export function grouped(value: number | bigint): string {
  return value.toString().replace(/\B(?=(\d{3})+$)/g, "\u2009");
}

const UNITS = [
  [86_400_000, "d"],
  [3_600_000, "h"],
  [60_000, "min"],
  [1_000, "s"],
] as const;

/** A span of time in its largest unit: `3 min`. */
export function span(milliseconds: number): string {
  for (const [unit, name] of UNITS)
    if (milliseconds >= unit) return `${Math.round((milliseconds / unit) * 10) / 10} ${name}`;
  return `${milliseconds} ms`;
}
