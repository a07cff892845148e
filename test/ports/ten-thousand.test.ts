// Each port against core on the same 10,000 generated cases, in one batch through one process: canonical text and verdict of
// all, the signature of every twentieth. Where one differs, differential.test.ts shrinks it.
import { spawn } from "node:child_process";
import { canonicalText, signParams } from "@ksherproof/core";
import { splitCommandLine } from "@ksherproof/harness";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildOrSkip, LANGUAGES, PORTS, root } from "./ports.js";
import { change, coreSigns, coreVerifies, form, key } from "./signed-cases.js";
import { dataText, params } from "./texts.js";

const CASES = 10_000;
const SIGNED_EACH = 20;
/** New cases on every day, the same for everybody on one: a port that differs is found again. */
const seed = Math.floor(Date.now() / 86_400_000);

interface Case {
  readonly op: "canonicalize" | "sign" | "verify";
  readonly args: Readonly<Record<string, unknown>>;
  readonly answer: Readonly<Record<string, unknown>>;
}

/** The cases, with what core makes of them; every port gets the same. */
const CASES_AND_ANSWERS: readonly Case[] = [
  ...fc
    .sample(fc.tuple(params, key, form), { numRuns: CASES, seed })
    .flatMap(([made, one, which], i): Case[] => {
      const args = { params: Object.fromEntries(made), private_key: one.privates[which] };
      const text: Case = {
        op: "canonicalize",
        args: { params: args.params },
        answer: { canonical: canonicalText(made) },
      };
      if (i % SIGNED_EACH > 0) return [text];
      return [text, { op: "sign", args, answer: { sign: signParams(made, one.signer) } }];
    }),
  ...fc
    .sample(fc.tuple(dataText, key, form, change), { numRuns: CASES, seed })
    .map(([written, one, which, changed]): Case => {
      const sign = changed(coreSigns(written, one));
      const args = { data: JSON.parse(written), data_text: written, sign, public_key: one.publics[which] };
      return { op: "verify", args, answer: { valid: coreVerifies(written, sign, one) } };
    }),
];
const REQUESTS = CASES_AND_ANSWERS.map(({ op, args }, id) => `${JSON.stringify({ id, op, args })}\n`).join(
  "",
);

/** What an adapter answers to all requests, by their ids. */
function answers(command: string): Promise<ReadonlyMap<unknown, unknown>> {
  const [program, ...args] = splitCommandLine(command);
  const child = spawn(program, args, { cwd: root, stdio: ["pipe", "pipe", "ignore"] });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (more: string) => {
    text += more;
  });
  child.stdin.on("error", () => {});
  child.stdin.end(REQUESTS);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", () => {
      const lines = text.trimEnd().split("\n");
      resolve(
        new Map(
          lines.map((line) => {
            const { id, ok, error } = JSON.parse(line);
            return [id, ok ?? error];
          }),
        ),
      );
    });
  });
}

describe(`${CASES} cases of the day ${seed}`, () => {
  it("hold genuine signatures and changed ones", () => {
    const verdicts = CASES_AND_ANSWERS.filter(({ op }) => op === "verify").map(({ answer }) => answer.valid);
    expect(verdicts.filter(Boolean).length).toBeGreaterThan(CASES / 10);
    expect(verdicts.filter((valid) => !valid).length).toBeGreaterThan(CASES / 10);
  });

  it.for(LANGUAGES)("the port in %s answers all of them as core does", async (language, test) => {
    buildOrSkip(language, test);
    const found = await answers(PORTS[language]?.run ?? "");
    const apart = CASES_AND_ANSWERS.flatMap(({ op, args, answer }, id) =>
      JSON.stringify(found.get(id)) === JSON.stringify(answer)
        ? []
        : [{ op, args, answer, found: found.get(id) }],
    );
    expect(apart.slice(0, 3)).toEqual([]);
    expect(apart).toHaveLength(0);
  });
});
