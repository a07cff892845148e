import { canonicalText, encodeUtf8, paramsFromObject, toHex } from "@ksherproof/core";
import fc from "fast-check";
import type { ClientUnderTest, Operation, Reply } from "../adapter/client.js";
import { patient } from "../adapter/patient.js";
import { Bench, Shared } from "../bench.js";
import { dataText, type RawMember, signData } from "../checks/answer-data.js";
import { PURE_DEADLINE_MS } from "../pace.js";
import { outcomesOf } from "../replay.js";
import type { Command } from "../script.js";
import { Stage } from "../stage.js";
import { newStageKeys, sized, USUAL_BITS } from "../stage-keys.js";
import { commandsArbitrary, paramsArbitrary, type SPOILS, verifyArbitrary } from "./inputs.js";

/** Where two clients part: the smallest input found, and what each made of it. */
export interface Disagreement {
  readonly op: "canonicalize" | "sign" | "verify" | "outcomes";
  readonly input: unknown;
  readonly a: string;
  readonly b: string;
  /** What the documentation asks for, where it can be said without a gateway. */
  readonly right: string | null;
}

/** What a comparison found (specs/schemas/differential-report.schema.json). */
export interface DifferentialReport {
  readonly differential: 1;
  readonly seed: number;
  readonly clients: readonly [string, string];
  readonly compared: readonly { readonly op: Disagreement["op"]; readonly inputs: number }[];
  readonly disagreements: readonly Disagreement[];
}

interface Side {
  readonly a: ClientUnderTest;
  readonly b: ClientUnderTest;
}

/** Compares two clients on the same generated inputs, operation by operation, and shrinks each disagreement. */
export async function differential(
  first: ClientUnderTest,
  second: ClientUnderTest,
  { seed, runs }: { readonly seed: number; readonly runs: number },
): Promise<DifferentialReport> {
  const sides: Side = { a: patient(first), b: patient(second) };
  const both = (op: Operation): boolean => [first, second].every(({ hello }) => hello.ops.includes(op));
  const keys = newStageKeys();
  const merchant = sized(keys.merchants, USUAL_BITS);
  const gateway = sized(keys.gateways, USUAL_BITS);
  const stranger = sized(keys.strangers, USUAL_BITS);
  const pem = { private_key: merchant.privatePkcs1, private_key_pkcs8: merchant.privatePkcs8 };
  const ask = async (op: Operation, args: Readonly<Record<string, unknown>>, field: string) => {
    const [a, b] = await Promise.all([sides.a, sides.b].map((one) => one.call(op, args, PURE_DEADLINE_MS)));
    return { a: said(a, field), b: said(b, field) };
  };
  const compared: { op: Disagreement["op"]; inputs: number }[] = [];
  const disagreements: Disagreement[] = [];
  const compare = async <T>(
    op: Disagreement["op"],
    inputs: number,
    arbitrary: fc.Arbitrary<T>,
    run: (input: T) => Promise<Omit<Disagreement, "op">>,
  ): Promise<void> => {
    const property = fc.asyncProperty(arbitrary, async (input) => {
      const { a, b } = await run(input);
      return a === b;
    });
    const found = await fc.check(property, { seed, numRuns: inputs });
    compared.push({ op, inputs });
    const [smallest] = found.counterexample ?? [];
    if (smallest !== undefined) disagreements.push({ op, ...(await run(smallest)) });
  };
  if (both("canonicalize"))
    await compare("canonicalize", runs * 25, paramsArbitrary, async (params) => ({
      input: { params },
      ...(await ask("canonicalize", { params }, "canonical")),
      right: rightText(params),
    }));
  if (both("sign"))
    await compare("sign", runs * 5, paramsArbitrary, async (params) => {
      const right = rightText(params);
      return {
        input: { params },
        ...(await ask("sign", { params, ...pem }, "sign")),
        right: right === null ? null : toHex(merchant.signer.sign(encodeUtf8(right))),
      };
    });
  if (both("verify"))
    await compare("verify", runs * 10, verifyArbitrary, async ({ members, spoil }) => {
      const raw = members.map(([name, value]): RawMember => [name, JSON.stringify(value)]);
      const signed = spoil === "changed" ? [...raw, ["zz", "1"] as const] : raw;
      const sign = spoiled(signData(signed, spoil === "other_key" ? stranger : gateway), spoil);
      const text = dataText(raw);
      const pemOf = { public_key: gateway.publicSpki, public_key_pkcs1: gateway.publicPkcs1 };
      const args = { data: JSON.parse(text) as unknown, data_text: text, sign, ...pemOf };
      const right = String(spoil === "none" || spoil === "upper");
      return { input: { data: text, signature: spoil }, ...(await ask("verify", args, "valid")), right };
    });
  const calls = (["cancel", "query"] as const).filter(both);
  if (calls.length > 0) {
    const stage = await Stage.open(seed, undefined, keys);
    try {
      const bench = (one: ClientUnderTest) => new Bench(one, stage, { seed, runs, shared: new Shared() });
      await compare("outcomes", runs * 8, commandsArbitrary(calls), async (commands: readonly Command[]) => {
        const [a, b] = await Promise.all([sides.a, sides.b].map((one) => outcomesOf(bench(one), commands)));
        return { input: { commands }, a: list(a), b: list(b), right: null };
      });
    } finally {
      await stage.close();
    }
  }
  const clients = [first.hello.name, second.hello.name] as const;
  return { differential: 1, seed, clients, compared, disagreements };
}

const list = (outcomes: readonly (string | null)[] | undefined): string =>
  (outcomes ?? []).map((outcome) => outcome ?? "no outcome").join(", ");

function said(reply: Reply | undefined, field: string): string {
  if (reply?.kind === "ok") return String(reply.value[field]);
  // Two clients that refuse an input agree, whatever words they use.
  return reply?.kind === "error" ? `error ${reply.error}` : `broke (${reply?.reason})`;
}

function rightText(object: Readonly<Record<string, string>>): string | null {
  const params = paramsFromObject(object);
  return params.ok ? canonicalText(params.value) : null;
}

function spoiled(sign: string, spoil: (typeof SPOILS)[number]): string {
  switch (spoil) {
    case "upper":
      return sign.toUpperCase();
    case "empty":
      return "";
    case "short":
      return sign.slice(0, -2);
    case "none":
    case "other_key":
    case "changed":
      return sign;
  }
}
