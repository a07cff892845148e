import { createHash, randomBytes } from "node:crypto";
import { type Mutant, mutant } from "./mutant.js";

const encoded =
  (change: (encoded: string, text: string) => string) => (c: { encode: (text: string) => string }) => ({
    encode: (text: string) => change(c.encode(text), text),
  });
const numbered = (orderNumber: (number: string) => string) => () => ({ orderNumber });
const stamped = (timeStamp: () => string) => () => ({ timeStamp });
const typed = (type: string) => () => ({ headers: () => ({ "content-type": type }) });

/** Clients whose requests are wrong: the endpoint, the form, the fields, the nonce. */
export const REQUESTS: readonly Mutant[] = [
  mutant("gets", "REQ-001", "sends GET with the fields in the address", (c) => ({
    call: (op, args) => {
      const call = c.call(op, args);
      return { ...call, method: "GET", url: `${call.url}?${call.body}`, body: "" };
    },
  })),
  mutant("puts", "REQ-001", "sends PUT", (c) => ({
    call: (op, args) => ({ ...c.call(op, args), method: "PUT" }),
  })),
  mutant("closes-for-cancel", "REQ-001", "cancels at /order_close, which belongs to other orders", (c) => ({
    url: (op, args) => c.url(op, args).replace("/cancel_order", "/order_close"),
  })),
  mutant("slash-at-the-end", "REQ-001", "puts a slash behind the endpoint", (c) => ({
    url: (op, args) => `${c.url(op, args)}/`,
  })),
  mutant("sends-json", "REQ-002", "sends a JSON body", (c) => ({
    headers: () => ({ "content-type": "application/json" }),
    body: (fields) => JSON.stringify(Object.fromEntries(c.order([...fields]))),
  })),
  mutant("says-text", "REQ-002", "calls its form text/plain", typed("text/plain")),
  mutant("says-nothing", "REQ-002", "sends no Content-Type", () => ({ headers: () => ({}) })),
  mutant("sends-multipart", "REQ-002", "sends multipart/form-data", () => ({
    headers: () => ({ "content-type": "multipart/form-data; boundary=b" }),
    body: (fields) =>
      `${[...fields].map(([name, value]) => `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join("")}--b--\r\n`,
  })),
  mutant("no-nonce", "REQ-003", "sends no nonce_str", (c) => ({
    fields: (op, args) => {
      const fields = new Map(
        [...c.fields(op, args)].filter(([name]) => !["nonce_str", "sign"].includes(name)),
      );
      return fields.set("sign", c.signature(fields, args));
    },
  })),
  mutant(
    "no-time-stamp",
    "REQ-003",
    "sends an empty time_stamp",
    stamped(() => ""),
  ),
  mutant("appid-without-mch", "REQ-003", "sends the merchant number without mch", (c) => ({
    fields: (op, args) => c.fields(op, { ...args, appid: String(args.appid).replace("mch", "") }),
  })),
  mutant("appid-twice", "REQ-003", "sends appid twice", (c) => ({
    body: (fields) => `${c.body(fields)}&appid=${fields.get("appid")}`,
  })),
  mutant("long-nonce", "REQ-003", "sends a nonce_str of 36 characters (a UUID)", () => ({
    nonce: () => randomBytes(18).toString("hex"),
  })),
  mutant("order-number-elsewhere", "REQ-004", "sends the number as pay_mch_order_no", (c) => ({
    business: (op, args) =>
      c.business(op, args).map(([name, value]) => [name.replace("mch_order", "pay_mch_order"), value]),
  })),
  mutant("lang-in-words", "REQ-005", "sends lang=english", (c) => ({
    fields: (op, args) => c.fields(op, { ...args, lang: "english" }),
  })),
  mutant("lang-as-locale", "REQ-005", "sends lang=en_US for en", (c) => ({
    fields: (op, args) => c.fields(op, { ...args, ...(args.lang ? { lang: `${args.lang}_US` } : {}) }),
  })),
  mutant(
    "leaves-plus",
    "REQ-006",
    "leaves + unencoded",
    encoded((text) => text.replace(/%2B/gi, "+")),
  ),
  mutant(
    "leaves-percent",
    "REQ-006",
    "leaves % unencoded",
    encoded((text) => text.replace(/%25/g, "%")),
  ),
  mutant(
    "leaves-ampersand",
    "REQ-006",
    "leaves & unencoded",
    encoded((text) => text.replace(/%26/g, "&")),
  ),
  mutant(
    "sends-latin1",
    "REQ-006",
    "sends Latin-1 escapes where it signed UTF-8",
    encoded((text, plain) =>
      /^[\x00-\xff]*$/.test(plain) && /[\x80-\xff]/.test(plain) ? escape(plain) : text,
    ),
  ),
  mutant(
    "encodes-twice",
    "REQ-006",
    "encodes the form twice",
    encoded((text) => encodeURIComponent(text)),
  ),
  mutant(
    "sends-question-marks",
    "REQ-006",
    "sends ? for what is not ASCII",
    encoded((text, plain) =>
      /[^\x00-\x7f]/.test(plain) ? encodeURIComponent(plain.replace(/[^\x00-\x7f]/g, "?")) : text,
    ),
  ),
  mutant(
    "cuts-lines",
    "REQ-006",
    "drops line ends from what it sends",
    encoded((text) => text.replace(/%0[AD]/gi, "")),
  ),
  mutant(
    "time-stamp-of-the-example",
    "REQ-007",
    "writes the seconds twice and an S, as the example does",
    (c) => ({
      timeStamp: () => {
        const stamp = c.timeStamp();
        return `${stamp}${stamp.slice(-2)}S`;
      },
    }),
  ),
  mutant(
    "time-stamp-in-milliseconds",
    "REQ-007",
    "sends milliseconds since 1970",
    stamped(() => String(Date.now())),
  ),
  mutant(
    "time-stamp-with-dashes",
    "REQ-007",
    "sends an ISO 8601 time",
    stamped(() => new Date().toISOString()),
  ),
  mutant("month-from-zero", "REQ-007", "counts months from 0", (c) => ({
    timeStamp: () =>
      c.timeStamp().replace(/^(....)(..)/, (_, year, month) => year + String(month - 1).padStart(2, "0")),
  })),
  mutant("nonce-for-ever", "REQ-008", "sends one nonce for ever", () => ({
    nonce: () => "472393a69ca0b86522e1ffa98947f6c7",
  })),
  mutant(
    "nonce-per-process",
    "REQ-008",
    "makes one nonce when it starts (a Python default argument)",
    (c) => {
      const nonce = c.nonce("cancel");
      return { nonce: () => nonce };
    },
  ),
  mutant("nonce-from-seconds", "REQ-008", "makes the nonce from the time in seconds", () => ({
    nonce: () =>
      `n${Math.floor(Date.now() / 1000)
        .toString(16)
        .padStart(31, "0")}`,
  })),
  mutant("nonce-counts-from-one", "REQ-008", "counts nonces from 1 when it starts", () => {
    let count = 0;
    return {
      nonce: () => {
        count += 1;
        return `nonce${String(count).padStart(20, "0")}`;
      },
    };
  }),
  mutant("nonce-per-order", "REQ-008", "makes the nonce from endpoint and order number", (c) => ({
    fields: (op, args) => {
      const nonce = createHash("md5").update(`${op}${args.base_url}${args.mch_order_no}`).digest("hex");
      const fields = new Map([...c.fields(op, args)].filter(([name]) => name !== "sign"));
      fields.set("nonce_str", nonce);
      return fields.set("sign", c.signature(fields, args));
    },
  })),
  mutant("nonce-of-four", "REQ-009", "sends nonces of four letters and digits", () => {
    const seen = new Set<string>();
    return {
      nonce: () => {
        let nonce = "";
        while (nonce === "" || seen.has(nonce))
          nonce = randomBytes(3).toString("base64").replace(/[+/]/g, "x");
        seen.add(nonce);
        return nonce;
      },
    };
  }),
  mutant("nonce-from-clock", "REQ-009", "makes the nonce from the time in nanoseconds", () => ({
    nonce: () => `${process.hrtime.bigint()}`,
  })),
  mutant(
    "trims-order-number",
    "REQ-010",
    "trims the order number",
    numbered((number) => number.trim()),
  ),
  mutant(
    "trims-in-cancel",
    "REQ-010",
    "trims the order number where it cancels, and not where it queries",
    (c) => ({
      business: (op, args) =>
        c
          .business(op, args)
          .map(([name, value]) => [name, op === "cancel" && name === "mch_order_no" ? value.trim() : value]),
    }),
  ),
  mutant(
    "number-for-order-number",
    "REQ-010",
    "makes a number of an order number",
    numbered((number) => (/^[0-9]+$/.test(number) ? String(Number(number)) : number)),
  ),
  mutant(
    "order-number-in-upper-case",
    "REQ-010",
    "writes the order number in upper case",
    numbered((number) => number.toUpperCase()),
  ),
  mutant(
    "cuts-order-number",
    "REQ-010",
    "cuts the order number at 20 characters",
    numbered((number) => [...number].slice(0, 20).join("")),
  ),
  mutant(
    "cleans-order-number",
    "REQ-010",
    "drops what is no letter, digit, - or _",
    numbered((number) => number.replace(/[^A-Za-z0-9_-]/g, "") || number),
  ),
  mutant(
    "normalises-order-number",
    "REQ-010",
    "writes the order number in Unicode's NFC",
    numbered((number) => number.normalize("NFC")),
  ),
];
