import type { Bench } from "../bench.js";
import type { Evidence } from "../evidence.js";
import { PURE_DEADLINE_MS } from "../pace.js";
import type { StageKey } from "../stage-keys.js";
import { dataText, type RawMember } from "./answer-data.js";
import type { Check } from "./check.js";

/** Asks the client's `verify`; what it said instead where it gave no answer of the documented form. */
export async function ask(
  bench: Bench,
  members: readonly RawMember[],
  sign: string,
  key: StageKey,
  text = dataText(members),
): Promise<boolean | string> {
  const args = {
    data: JSON.parse(text) as unknown,
    data_text: text,
    sign,
    public_key: key.publicSpki,
    public_key_pkcs1: key.publicPkcs1,
  };
  const reply = await bench.client.call("verify", args, PURE_DEADLINE_MS);
  if (reply.kind === "error") return `verify: error ${reply.error}: ${reply.message}`;
  if (reply.kind === "broken") return `verify: broke: ${reply.message}`;
  return typeof reply.value.valid === "boolean" ? reply.value.valid : "no verdict";
}

const word = (valid: boolean | string): string =>
  typeof valid === "string" ? valid : valid ? "valid" : "not valid";

/** One question to `verify`, and what the right answer is. */
export interface Question {
  readonly check: string;
  readonly requirement: string;
  readonly why: string;
  readonly valid: boolean;
  readonly members: readonly RawMember[];
  readonly sign: string;
  readonly more?: Partial<Evidence>;
}

/** Writes down what the client said to a question. */
export function note(bench: Bench, question: Question, got: boolean | string): boolean {
  const { check, requirement, why, valid, members, sign, more } = question;
  const good = got === valid;
  const cause = good ? undefined : more?.cause;
  bench.evidences.add({
    requirement,
    check,
    verdict: good ? "pass" : cause === undefined ? "fail" : "caused",
    detail: good ? why : `Expected ${word(valid)} for ${why}; the client said ${word(got)}.`,
    story: good
      ? []
      : [
          { who: "harness", what: `verify ${dataText(members)} with sign ${sign}` },
          { who: "client", what: `says ${word(got)}` },
        ],
    exchanges: [],
    expected: word(valid),
    got: word(got),
    ...(good ? {} : { stderr: bench.client.takeStderr(), data: { data: dataText(members), sign }, ...more }),
  });
  return good;
}

/** A client that takes no genuine signature for good shows nothing by refusing wrong ones. */
export function withoutControl(bench: Bench, { id, requirements }: Check): void {
  const cause = bench.distrust();
  for (const requirement of cause === null ? [] : requirements)
    bench.evidences.add({
      requirement,
      check: id,
      verdict: "caused",
      detail: "No genuine signature is taken for good: the control of this check.",
      cause: cause ?? requirement,
      story: [],
      exchanges: [],
    });
}
