import { constants, createHash, type KeyObject, privateEncrypt, sign as rsaSign } from "node:crypto";
import { type Mutant, mutant } from "./mutant.js";

const without = (name: string) => () => ({ isSigned: (found: string) => found !== "sign" && found !== name });
const valued = (change: (value: string) => string) => () => ({ value: change });
const hashed = (algorithm: string) => () => ({
  rsaSign: (message: Buffer, key: KeyObject) => rsaSign(algorithm, message, key),
});

/** Clients that sign wrongly: the canonical text, the hash, the writing of the signature. */
export const SIGNING: readonly Mutant[] = [
  mutant("signs-sign", "SIG-001", "signs the field sign too", () => ({ isSigned: () => true })),
  mutant(
    "leaves-time-stamp-out",
    "SIG-001",
    "leaves time_stamp out of what is signed",
    without("time_stamp"),
  ),
  mutant("leaves-nonce-out", "SIG-001", "leaves nonce_str out of what is signed", without("nonce_str")),
  mutant("adds-field-after-signing", "SIG-001", "sends a version that it did not sign", (c) => ({
    fields: (op, args) => new Map([...c.fields(op, args), ["version", "3.0.0"]]),
  })),
  mutant("appends-key", "SIG-001", "signs a secret behind the text", (c) => ({
    join: (pairs) => `${c.join(pairs)}key=s3cret`,
  })),
  mutant("does-not-sort", "SIG-002", "takes the names as they came", () => ({ order: (pairs) => pairs })),
  mutant("sorts-by-locale", "SIG-002", "sorts as a dictionary does", () => ({
    order: (pairs) => pairs.sort(([a], [b]) => a.localeCompare(b, "en")),
  })),
  mutant("sorts-case-insensitively", "SIG-002", "sorts without regard to case", () => ({
    order: (pairs) => pairs.sort(([a], [b]) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)),
  })),
  mutant("sorts-pairs", "SIG-002", "sorts whole name=value pairs", () => ({
    order: (pairs) =>
      pairs.sort((a, b) => Buffer.compare(Buffer.from(a.join("=")), Buffer.from(b.join("=")))),
  })),
  mutant("sorts-backwards", "SIG-002", "sorts in descending order", (c) => ({
    order: (pairs) => c.order(pairs).reverse(),
  })),
  mutant("sorts-numbers-naturally", "SIG-002", "sorts digits in names as numbers", () => ({
    order: (pairs) => pairs.sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true })),
  })),
  mutant("joins-with-ampersand", "SIG-003", "joins the pairs with &", () => ({
    join: (pairs) => pairs.join("&"),
  })),
  mutant("leaves-equals-out", "SIG-003", "writes nothing between name and value", (c) => ({
    pair: ([name, value]) => name + c.value(value),
  })),
  mutant("signs-values-only", "SIG-003", "signs the values without their names", (c) => ({
    pair: ([, value]) => c.value(value),
  })),
  mutant("signs-json", "SIG-003", "signs the fields as JSON", (c) => ({
    canonical: (fields) =>
      JSON.stringify(Object.fromEntries(c.order([...fields].filter(([name]) => name !== "sign")))),
  })),
  mutant("puts-line-end-behind", "SIG-003", "signs a line end behind the text (echo)", (c) => ({
    join: (pairs) => `${c.join(pairs)}\n`,
  })),
  mutant(
    "signs-encoded-values",
    "SIG-004",
    "percent-encodes the values before it signs",
    valued(encodeURIComponent),
  ),
  mutant(
    "signs-trimmed-values",
    "SIG-004",
    "trims the values that it signs",
    valued((value) => value.trim()),
  ),
  mutant(
    "signs-lower-case",
    "SIG-004",
    "signs the values in lower case",
    valued((value) => value.toLowerCase()),
  ),
  mutant(
    "signs-normalised",
    "SIG-004",
    "signs the values in Unicode's NFC",
    valued((value) => value.normalize("NFC")),
  ),
  mutant(
    "signs-escaped-html",
    "SIG-004",
    "escapes the values as for HTML",
    valued((value) =>
      value.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;"),
    ),
  ),
  mutant(
    "signs-unified-line-ends",
    "SIG-004",
    "signs CR LF as LF",
    valued((value) => value.replace(/\r\n/g, "\n")),
  ),
  mutant("drops-empty-values", "SIG-005", "leaves out the fields whose value is empty", () => ({
    isSigned: (name, value) => name !== "sign" && value !== "",
  })),
  mutant("drops-falsy-values", "SIG-005", "leaves out fields whose value is empty or 0", () => ({
    isSigned: (name, value) => name !== "sign" && value !== "" && value !== "0",
  })),
  mutant("drops-blank-values", "SIG-005", "leaves out fields whose value is empty or blank", () => ({
    isSigned: (name, value) => name !== "sign" && value.trim() !== "",
  })),
  mutant("signs-latin1", "SIG-006", "signs the text's Latin-1 bytes", () => ({
    bytes: (text) => Buffer.from(text, "latin1"),
  })),
  mutant("signs-utf16", "SIG-006", "signs the text's UTF-16 bytes", () => ({
    bytes: (text) => Buffer.from(text, "utf16le"),
  })),
  mutant("signs-unicode-escapes", "SIG-006", "signs \\uXXXX for what is not ASCII", () => ({
    bytes: (text) =>
      Buffer.from(
        text.replace(/[^\x00-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`),
      ),
  })),
  mutant(
    "signs-cesu8",
    "SIG-006",
    "encodes each half of a surrogate pair by itself (Java's modified UTF-8)",
    () => ({
      bytes: (text) =>
        Buffer.concat(
          [...text].flatMap((character) =>
            character.length === 1
              ? [Buffer.from(character)]
              : [0, 1].map((at) => {
                  const unit = character.charCodeAt(at);
                  return Buffer.from([0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 63), 0x80 | (unit & 63)]);
                }),
          ),
        ),
    }),
  ),
  mutant("hashes-sha1", "SIG-007", "signs with SHA-1", hashed("RSA-SHA1")),
  mutant("hashes-sha256", "SIG-007", "signs with SHA-256", hashed("RSA-SHA256")),
  mutant("signs-bare-digest", "SIG-007", "signs the bare digest without its DigestInfo", () => ({
    rsaSign: (message, key) =>
      privateEncrypt(
        { key, padding: constants.RSA_PKCS1_PADDING },
        createHash("md5").update(message).digest(),
      ),
  })),
  mutant("signs-hex-of-digest", "SIG-007", "hashes first and signs the hex text of the digest", () => ({
    rsaSign: (message, key) =>
      rsaSign("RSA-MD5", Buffer.from(createHash("md5").update(message).digest("hex")), key),
  })),
  mutant("writes-base64", "SIG-008", "writes the signature in base64", () => ({
    writeSignature: (signature) => signature.toString("base64"),
  })),
  mutant("writes-upper-case-hex", "SIG-008", "writes the signature in upper-case hex", () => ({
    writeSignature: (signature) => signature.toString("hex").toUpperCase(),
  })),
  mutant("writes-0x", "SIG-008", "writes 0x before the signature", () => ({
    writeSignature: (signature) => `0x${signature.toString("hex")}`,
  })),
  mutant("reads-lower-case-hex-only", "SIG-008", "refuses a signature in upper-case hex", (c) => ({
    readSignature: (text, key) => (/[A-F]/.test(text) ? null : c.readSignature(text, key)),
  })),
  mutant(
    "strips-leading-zeros",
    "SIG-009",
    "writes the signature as a number: without leading zeros",
    () => ({
      writeSignature: (signature) => BigInt(`0x${signature.toString("hex")}`).toString(16),
    }),
  ),
  mutant("strips-zero-digits", "SIG-009", "writes each byte without its leading zero", () => ({
    writeSignature: (signature) => [...signature].map((byte) => byte.toString(16)).join(""),
  })),
  mutant("takes-short-signatures", "QRY-002", "fills a signature that is too short with zeros", (c) => ({
    readSignature: (text, key) =>
      c.readSignature(
        text.padStart(2 * Math.ceil(Number(key.asymmetricKeyDetails?.modulusLength) / 8), "0"),
        key,
      ),
  })),
  mutant("takes-1024-bits-only", "SIG-010", "takes a signature of 1024 bits only", () => ({
    readSignature: (text) => (/^[0-9a-f]{256}$/i.test(text) ? Buffer.from(text, "hex") : null),
  })),
  mutant("cannot-read-short-keys", "SIG-010", "refuses private keys under 1024 bits", (c) => ({
    readPrivateKey: (args) => {
      const key = c.readPrivateKey(args);
      if (Number(key.asymmetricKeyDetails?.modulusLength) < 1024) throw new Error("key too short");
      return key;
    },
  })),
  mutant("cuts-long-signatures", "SIG-010", "cuts a signature to the 256 characters of the table", (c) => ({
    writeSignature: (signature) => c.writeSignature(signature).slice(0, 256),
  })),
  mutant("capitalises-booleans", "SIG-011", "writes True and False for booleans (Python)", (c) => ({
    signedText: (json) =>
      json.is === "word" ? `${json.word[0]?.toUpperCase()}${json.word.slice(1)}` : c.signedText(json),
  })),
  mutant("numbers-for-booleans", "SIG-011", "writes 1 and nothing for booleans (PHP)", (c) => ({
    signedText: (json) => (json.is === "word" ? (json.word === "true" ? "1" : "") : c.signedText(json)),
  })),
  mutant("nested-as-object-text", "SIG-011", "writes [object Object] for nested values", (c) => ({
    signedText: (json) => (json.is === "object" ? "[object Object]" : c.signedText(json)),
  })),
  mutant("empty-lists-left-out", "SIG-011", "verifies without members that are an empty list", (c) => ({
    verified: (fields) => c.verified(new Map([...fields].filter(([, value]) => value !== "[]"))),
  })),
  mutant("nested-with-spaces", "SIG-011", "writes nested JSON with spaces (Python's json.dumps)", (c) => ({
    signedText: (json) =>
      json.is === "object" || json.is === "list"
        ? c.compact(json).replace(/([:,])/g, "$1 ")
        : c.signedText(json),
  })),
  mutant("nested-left-out", "SIG-011", "leaves nested values out", (c) => ({
    verifies: (data, sign, args) =>
      c.verifies(
        data?.is === "object"
          ? {
              is: "object",
              members: new Map([...data.members].filter(([, { is }]) => is !== "object" && is !== "list")),
            }
          : data,
        sign,
        args,
      ),
  })),
  mutant("integers-as-floats", "SIG-011", "writes integers as floats: 2000.0", (c) => ({
    signedText: (json) =>
      json.is === "number" && /^[0-9]+$/.test(json.digits) ? `${json.digits}.0` : c.signedText(json),
  })),
  mutant(
    "integers-with-exponent",
    "SIG-011",
    "writes integers with an exponent: 2e+03 (Go's %g and 'e')",
    (c) => ({
      signedText: (json) => (json.is === "number" ? Number(json.digits).toExponential() : c.signedText(json)),
    }),
  ),
  mutant("numbers-through-doubles", "SIG-012", "parses numbers and writes them again", (c) => ({
    signedText: (json) => (json.is === "number" ? String(Number(json.digits)) : c.signedText(json)),
  })),
];
