import forge from "node-forge/lib/forge.js";
import "node-forge/lib/util.js";
import { fromBinary, fromHex } from "../bytes.js";
import { type SentenceId, sentence } from "../sentence.js";
import { type ToldMistake, told } from "./mistake.js";

/** One way to read a signature's text; `mistake` is null where it is written as documented (SIG-008, SIG-009). */
export interface Reading {
  readonly bytes: Uint8Array;
  readonly mistake: ToldMistake | null;
}

/** Every reading of a signature's text that gives as many bytes as the modulus has. The documented one comes first. */
export function readings(text: string, modulusBytes: number): readonly Reading[] {
  const found: Reading[] = [];
  const add = (bytes: Uint8Array | null, id: SentenceId): void => {
    if (bytes?.length === modulusBytes) found.push({ bytes, mistake: told(id, "SIG-008", sentence(id)) });
  };
  const hex = fromHex(text);
  if (hex?.length === modulusBytes) {
    if (text === text.toLowerCase()) return [{ bytes: hex, mistake: null }];
    add(hex, "upper_case_hex");
    return found;
  }
  const bare = text.replace(/\s+/g, "");
  if (bare !== text) add(fromHex(bare), "white_space_in_signature");
  add(fromHex(bare.replace(/^0x/i, "")), "hex_prefix");
  add(fromHex(bare.replace(/[:-]/g, "")), "separated_hex");
  add(fromHex(bare.replace(/^"|"$/g, "")), "quoted_signature");
  if (/^[0-9a-fA-F]+$/.test(bare) && bare.length < 2 * modulusBytes && 2 * modulusBytes - bare.length <= 8) {
    const bytes = fromHex(bare.padStart(2 * modulusBytes, "0"));
    const mistake = told("leading_zeros_dropped", "SIG-009", sentence("signature_zeros_dropped"));
    if (bytes?.length === modulusBytes) found.push({ bytes, mistake });
  }
  add(base64(bare), "base64_signature");
  add(base64(fromUrl(bare)), "base64url_signature");
  add(base64(unescaped(bare)), "escaped_base64_signature");
  const inner = base64(bare);
  if (inner) add(fromHex(String.fromCharCode(...inner)), "base64_of_hex");
  const outer = fromHex(bare);
  if (outer) {
    const decoded = String.fromCharCode(...outer);
    add(base64(decoded), "hex_of_base64");
    add(fromHex(decoded), "hex_of_hex");
  }
  return found;
}

/** Whether a text could be a signature of any key: hex or base64 and long enough. */
export function looksLikeSignature(text: string): boolean {
  const bare = text.replace(/\s+/g, "").replace(/^0x/i, "");
  return bare.length >= 32 && (/^[0-9a-fA-F]+$/.test(bare) || (base64(fromUrl(bare))?.length ?? 0) >= 32);
}

function base64(text: string): Uint8Array | null {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text) || text.replace(/=+$/, "").length % 4 === 1) return null;
  return fromBinary(forge.util.decode64(text.padEnd(Math.ceil(text.length / 4) * 4, "=")));
}

function fromUrl(text: string): string {
  return text.replace(/-/g, "+").replace(/_/g, "/");
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
