import { spawnSync } from "node:child_process";
import { constants, createHash, createPrivateKey, createSign, privateEncrypt } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { nodeEngine, readyRing, ringOf, wasmEngine } from "@ksherproof/audit";
import { encodeUtf8 } from "@ksherproof/core";
import { signatureForger } from "@ksherproof/gateway";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const pemOf = (name: string): string => readFileSync(join(root, `vectors/keys/${name}.pkcs1.pem`), "utf8");
const ringFor = (...names: readonly string[]) =>
  readyRing(ringOf(names.map((name) => join(root, `vectors/keys/${name}.spki.pem`))));

const DATA: Readonly<Record<string, string | number>> = {
  appid: "mch1", attach: "", cash_fee: "", cash_fee_type: "", channel: "", channel_order_no: "", fee_type: "THB", ksher_order_no: "",
  mch_order_no: "A", nonce_str: "", openid: "", pay_mch_order_no: "1", rate: "", result: "CLOSED", time_end: "", total_fee: 2000,
}; // biome-ignore format: a table
const canonicalOf = (data: Readonly<Record<string, string | number>>): string =>
  Object.keys(data).sort().map((name) => `${name}=${data[name]}`).join(""); // biome-ignore format: short
const lineOf = (data: Readonly<Record<string, string | number>>, sign: string): string =>
  `${JSON.stringify({ code: 0, msg: "操作成功", data, sign, message: "" })}\n`;
const chunkOf = (text: string) => ({
  seq: 0,
  bytes: new Uint8Array(Buffer.from(text)),
  places: null,
  endpoint: null,
});

describe("the WebAssembly engine and the exact path", () => {
  it.each([
    ["gateway-512", 12_000, 1],
    ["gateway-1024", 6_000, 2],
    ["gateway-2048", 4_000, 3],
    ["gateway-512,gateway-1024,gateway-2048,merchant-512", 6_000, 4],
  ])("judge generated and damaged records alike, byte for byte: %s", (keys, records, seed) => {
    const args = ["--records", `${records}`, "--seed", `${seed}`, "--keys", keys];
    const ran = spawnSync(process.execPath, [join(root, "scripts/audit/compare-engines.mjs"), ...args], {
      encoding: "utf8",
    });
    expect(`${ran.stdout}${ran.stderr}`).toContain("no difference");
    const [, decided] = /(\d+) were decided by the WebAssembly module/.exec(ran.stdout) ?? [];
    expect(Number(decided)).toBeGreaterThan(records / 10);
  });

  it("QRY-009 the module's RSA operation equals BigInt's, at the ends of every range", () => {
    const args = [join(root, "scripts/audit/compare-kernel.mjs"), "--keys", "400", "--seed", "7"];
    const ran = spawnSync(process.execPath, args, { encoding: "utf8" });
    expect(`${ran.stdout}${ran.stderr}`).toBe("6400 powers: no difference.\n");
  });

  it.each(["gateway-512", "gateway-1024", "gateway-2048", "merchant-512"])(
    "QRY-009 no forgery passes: %s",
    (name) => {
      const forge = signatureForger(pemOf(name));
      const key = createPrivateKey(pemOf(name));
      const text = encodeUtf8(canonicalOf(DATA));
      const size = Number(key.asymmetricKeyDetails?.modulusLength) / 8;
      const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
      const kinds = [
        "short_padding",
        "trailing_bytes",
        "zero_padding",
        "block_type_2",
        "no_null",
        "other_hash",
        "not_below_modulus",
      ] as const;
      const forged = kinds.map((kind) => hex(forge(text, kind)));
      const raw = (encoded: Uint8Array): string =>
        hex(privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, encoded));
      const exact = Buffer.concat([
        Buffer.from([0, 1]),
        Buffer.alloc(size - 37, 0xff),
        Buffer.from("003020300c06082a864886f70d020505000410", "hex"),
        createHash("md5").update(text).digest(),
      ]);
      const oneBitOff = Array.from({ length: size * 8 - 16 }, (_, bit) => {
        const message = Buffer.from(exact);
        message[size - 1 - (bit >> 3)] = (message[size - 1 - (bit >> 3)] ?? 0) ^ (1 << (bit & 7));
        return bit % 5 === 0 || size === 64 ? raw(message) : "";
      }).filter(Boolean);
      const good = createSign("RSA-MD5").update(text).sign(key, "hex");
      expect(raw(exact)).toBe(good);
      const bad = [
        ...forged,
        ...oneBitOff,
        "0".repeat(2 * size),
        `${"0".repeat(2 * size - 1)}1`,
        "f".repeat(2 * size),
      ];
      const ready = ringFor(name);
      const result = wasmEngine(ready).run(
        chunkOf([good, ...bad, good].map((sign) => lineOf(DATA, sign)).join("")),
      );
      expect(result.counts).toEqual({
        total: bad.length + 2,
        valid: 2,
        invalid: bad.length,
        missing: 0,
        unreadable: 0,
      });
    },
  );

  it("decides ordinary records itself, whatever the order of their members, and leaves the others to the exact path", () => {
    const ready = ringFor("gateway-512");
    const key = createPrivateKey(pemOf("gateway-512"));
    const signed = (data: Readonly<Record<string, string | number>>): string =>
      lineOf(data, createSign("RSA-MD5").update(canonicalOf(data)).sign(key, "hex"));
    const reversed = Object.fromEntries(Object.entries(DATA).reverse());
    const ordinary = [
      DATA,
      reversed,
      { ...DATA, attach: "ร้าน 😀" },
      { ...DATA, extra: "1" },
      { ...DATA, total_fee: -5, cash_fee: 7 },
    ];
    const fast = wasmEngine(ready).run(chunkOf(ordinary.map(signed).join("")));
    expect(fast).toMatchObject({ counts: { total: 5, valid: 5 }, exact: 0 });
    const unusual = wasmEngine(ready).run(chunkOf(signed({ ...DATA, attach: "a=b" })));
    expect(unusual).toMatchObject({ counts: { total: 1, valid: 1 }, exact: 1 });
    expect(nodeEngine(ready).run(chunkOf(ordinary.map(signed).join(""))).counts.valid).toBe(5);
  });

  it("gives the same where one block of facts fills many times, and where more lines are unusual than the module can note", () => {
    const ready = ringFor("gateway-512");
    const sign = createSign("RSA-MD5")
      .update(canonicalOf(DATA))
      .sign(createPrivateKey(pemOf("gateway-512")), "hex");
    const line = lineOf(DATA, sign);
    const text = `${line.repeat(1000)}${"1\n".repeat(70_000)}${line.repeat(200)}`;
    const [exact, fast] = [nodeEngine, wasmEngine].map((engine) => engine(ready).run(chunkOf(text)));
    expect(fast).toMatchObject({ counts: exact?.counts, lines: 71_200, keyUses: [1200], exact: 70_000 });
    const placesOf = (result = exact) => result?.findings.map(({ place }) => place?.offset);
    expect(placesOf(fast)).toEqual(placesOf());
    const factsOf = (result = exact) => result?.rows.map((part) => Buffer.from(part).toString("hex"));
    const sorted = (list = factsOf()) => list?.map((part) => part.match(/.{96}/g)?.sort().join());
    const [short] = sorted()?.filter((part) => part) ?? [];
    expect(short).toContain(Buffer.from("mch1A").toString("hex"));
    expect(sorted(factsOf(fast))).toEqual(sorted());
  });
});
