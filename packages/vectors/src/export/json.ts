import type { FoundVector } from "../types.js";

/** One vector with its file, its key and what its group adds, as one flat object. */
export function flat({ file, test, group, key, keyName }: FoundVector): Readonly<Record<string, unknown>> {
  return {
    file,
    group: group.id,
    ...test,
    ...(keyName === null ? {} : { key: keyName }),
    ...(group.asked === undefined ? {} : { asked: group.asked }),
    ...(key === null ? {} : { public_key: key.public_key, private_key: key.private_key ?? null }),
  };
}

/** JSON in plain ASCII, so that no editor or terminal changes it. */
export function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

export function json(vectors: readonly FoundVector[]): string {
  return `[\n${vectors.map((vector) => asciiJson(flat(vector))).join(",\n")}\n]\n`;
}

export function jsonLines(vectors: readonly FoundVector[]): string {
  return vectors.map((vector) => `${asciiJson(flat(vector))}\n`).join("");
}
