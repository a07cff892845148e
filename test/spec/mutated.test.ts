import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { validateMessage } from "@ksherproof/core/validate";
import { CANCEL_CODES } from "@ksherproof/spec";
import { describe, expect, it } from "vitest";

type Json = Record<string, unknown>;

const published = JSON.parse(
  readFileSync(
    fileURLToPath(new URL("../../scripts/vectors/real-signed-messages.json", import.meta.url)),
    "utf8",
  ),
) as { messages: { id: string; endpoint: string; kind: string; payload: Json }[] };
const real = (id: string) => published.messages.find((one) => one.id === id)?.payload ?? {};

const seed: [string, string, Json][] = CANCEL_CODES.map((row) => [
  `the seed's answer with code ${row.code}`,
  "cancel_order",
  {
    code: row.code,
    msg: row.documented,
    ...("data" in row ? { data: row.data } : {}),
    message: row.documented,
  },
]);

const good: [string, string, Json][] = [
  ["rse-01", "gateway_pay", real("rse-01")],
  ["rse-02", "gateway_order_query", real("rse-02")],
  ["rse-21 as a webhook", "mch_notify_url", real("rse-21")],
  ["rse-21", "gateway_order_query", real("rse-21")],
  ["rse-28", "gateway_order_query", real("rse-28")],
  ["rse-29", "cancel_order", real("rse-29")],
  ...seed,
];

/** What is wrong in one way with a member, by what stands there. */
const WRONG: readonly [name: string, wrong: (value: unknown, name: string) => unknown][] = [
  ["a list", () => [1]],
  ["an object", (value) => (typeof value === "object" ? undefined : { a: 1 })],
  ["true", () => true],
  ["null", () => null],
  ["a fraction", () => 1.5],
  ["another type", (value) => (typeof value === "number" ? "zero" : 17)],
  [
    "too long",
    (value, name) =>
      /^(appid|nonce_str|mch_order_no|msg|message)$/.test(name) && typeof value === "string"
        ? "9".repeat(300)
        : undefined,
  ],
  ["gone", (_, name) => (/^(msg|message)$/.test(name) ? undefined : GONE)],
];
const GONE = Symbol("gone");

/** Every message with one thing wrong, and the pointer of it. */
function* mutants(
  payload: Json,
  within: string,
): Generator<{ what: string; pointer: string; message: Json }> {
  for (const [name, value] of Object.entries(payload)) {
    for (const [what, wrong] of WRONG) {
      const other = wrong(value, name);
      if (other === undefined || fits(name, within, other)) continue;
      const rest = { ...payload, [name]: other };
      if (other === GONE) delete rest[name];
      yield { what: `${name} ${what}`, pointer: `${within}/${name}`, message: rest };
    }
    if (typeof value === "object" && value !== null)
      for (const inner of mutants(value as Json, `${within}/${name}`))
        yield { ...inner, message: { ...payload, [name]: inner.message } };
  }
}

/** Changes that leave a message right: an answer of a cancel may lack its data, amounts may be other whole numbers. */
function fits(name: string, within: string, value: unknown): boolean {
  if (name === "cash_fee" && value === 17) return true;
  if (value === "9".repeat(300) && name === "nonce_str" && within === "/data") return true;
  return name === "data" && value === GONE;
}

describe("real messages and the seed's own examples", () => {
  it.each(good)("%s (%s) is valid", (_, endpoint, payload) => {
    const found = validateMessage(JSON.stringify(payload), { endpoint });
    expect(found).toMatchObject({ ok: true, value: { valid: true, problems: [] } });
  });

  it("REQ-003: rse-34, a sign with nothing beside it, lacks every other field", () => {
    const found = validateMessage(JSON.stringify(real("rse-34")));
    const pointers = found.ok ? found.value.problems.map(({ pointer }) => pointer).sort() : [];
    expect(pointers).toEqual(["/appid", "/mch_order_no", "/nonce_str", "/time_stamp"]);
  });

  it("answers of endpoints outside of Order Cancel are told apart and valid", () => {
    for (const id of ["rse-04", "rse-08", "rse-26"])
      expect(validateMessage(JSON.stringify(real(id)))).toMatchObject({
        ok: true,
        value: { valid: true, endpoint: null, message: "response" },
      });
  });

  it("more than 500 of them with one thing wrong are refused, at that place and no other, told their endpoint or not", () => {
    const missed: string[] = [];
    let count = 0;
    for (const [title, endpoint, payload] of good) {
      for (const { what, pointer, message } of mutants(payload, "")) {
        count += 1;
        for (const options of [{ endpoint }, {}]) {
          const found = validateMessage(JSON.stringify(message), options);
          const pointers = found.ok ? found.value.problems.map((problem) => problem.pointer) : ["no message"];
          if (pointers.join() !== pointer) missed.push(`${title}, ${what}: ${pointers.join(" ") || "valid"}`);
        }
      }
    }
    expect(missed).toEqual([]);
    expect(count).toBeGreaterThan(500);
  });
});
