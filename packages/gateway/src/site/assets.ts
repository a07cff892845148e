import { readFileSync } from "node:fs";
import type { WireAnswer } from "../wire.js";

const SCRIPT = "text/javascript; charset=utf-8";
const TYPES = {
  "site.css": "text/css; charset=utf-8",
  "live.js": SCRIPT,
  "timeline.js": SCRIPT,
  "board.js": SCRIPT,
  "element.js": SCRIPT,
  "icon.svg": "image/svg+xml",
} as const;

const kept = new Map<string, Uint8Array>();

/** A static file of the pages; null where there is none of that name. They lie beside `dist` in the package. */
export function asset(name: string): WireAnswer | null {
  if (!Object.hasOwn(TYPES, name)) return null;
  const body = kept.get(name) ?? readFileSync(new URL(`../../assets/${name}`, import.meta.url));
  kept.set(name, body);
  return {
    status: 200,
    headers: { "content-type": TYPES[name as keyof typeof TYPES], "cache-control": "no-cache" },
    body,
  };
}
