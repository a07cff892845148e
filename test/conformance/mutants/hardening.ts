import { readJson } from "../client/json.js";
import { send } from "../client/wire.js";
import { type Mutant, mutant } from "./mutant.js";

/** Clients that work, and are not safe. */
export const HARDENING: readonly Mutant[] = [
  mutant("sends-private-key", "SEC-001", "sends the private key in a header", (c) => ({
    headers: (args) => ({
      ...c.headers(args),
      "x-key": Buffer.from(String(args.private_key)).toString("latin1").replace(/\n/g, ""),
    }),
  })),
  mutant("signs-private-key", "SEC-001", "sends the private key as a field", (c) => ({
    business: (op, args) => [...c.business(op, args), ["private_key", String(args.private_key)]],
  })),
  mutant("encodes-private-key", "SEC-001", "sends the private key in base64 of base64", (c) => ({
    headers: (args) => ({
      ...c.headers(args),
      authorization: `Basic ${Buffer.from(String(args.private_key)).toString("base64")}`,
    }),
  })),
  mutant(
    "logs-private-key",
    "SEC-001",
    "writes its arguments to its log, the private key among them",
    (c) => ({
      call: (op, args) => {
        c.written.push(JSON.stringify(args));
        return c.call(op, args);
      },
    }),
  ),
  mutant("trusts-any-certificate", "SEC-002", "does not verify certificates", (c) => ({
    call: (op, args) => ({ ...c.call(op, args), verifyCertificate: false }),
  })),
  mutant("ignores-host-names", "SEC-002", "does not compare the certificate's name", (c) => ({
    call: (op, args) => ({ ...c.call(op, args), anyHost: true }),
  })),
  mutant("follows-redirects", "SEC-003", "follows redirects with the form", (c) => ({
    exchange: async (op, args) => {
      const answer = await c.exchange(op, args);
      const to = answer?.headers.location;
      return answer && answer.status >= 300 && answer.status < 400 && to
        ? send({ ...c.call(op, args), url: to })
        : answer;
    },
  })),
  mutant("follows-307", "SEC-003", "follows 307 and 308 with the form, as browsers do", (c) => ({
    exchange: async (op, args) => {
      const answer = await c.exchange(op, args);
      const to = answer?.headers.location;
      return answer && answer.status >= 307 && answer.status < 400 && to
        ? send({ ...c.call(op, args), url: to })
        : answer;
    },
  })),
  mutant("reads-without-end", "SEC-004", "reads an answer of any size", (c) => ({
    call: (op, args) => ({ ...c.call(op, args), most: 0 }),
  })),
  mutant("last-double-counts", "SEC-005", "takes the last of two members", () => ({
    parse: (text) => readJson(text, "last"),
  })),
  mutant("first-double-counts", "SEC-005", "takes the first of two members", () => ({
    parse: (text) => readJson(text, "first"),
  })),
  mutant("plain-objects", "SEC-005", "loses a member called __proto__", (c) => ({
    verified: (fields) => c.verified(new Map([...fields].filter(([name]) => name !== "__proto__"))),
  })),
];
