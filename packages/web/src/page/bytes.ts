/** Control and invisible characters made visible: line ends as ␊, others by code point. */
export function visible(text: string): string {
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (unit) => {
      const code = unit.charCodeAt(0);
      if (code < 0x20) return String.fromCharCode(0x2400 + code);
      return code === 0x7f ? "\u2421" : `‹U+${code.toString(16).toUpperCase().padStart(4, "0")}›`;
    },
  );
}

/** Hex in groups of a byte, so that it can be read and wraps. */
export function grouped(hex: string): string {
  return hex.replace(/..(?=.)/g, "$& ");
}
