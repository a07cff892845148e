import { encodeUtf8 } from "@ksherproof/core";
import { startServer, textAnswer } from "@ksherproof/gateway";
import { type Bench, type Case, describeReply, learned } from "../bench.js";
import { toldFirst } from "../called.js";
import { LONG_MS } from "../pace.js";
import { CANCEL, CANCEL_CODES } from "../protocol.js";

import { BROKEN, lost, type Row, STATUSES, TOLERATED, UNREADABLE } from "./answer-rows.js";
import { act } from "./cancelling.js";
import type { Check } from "./check.js";
import { oddAnswers } from "./odd-answers.js";
import { oddCodes } from "./odd-codes.js";

/** An answer byte by byte takes its time on a busy machine; this is not about time-outs. */
const UNHURRIED = { timeoutMs: 3 * LONG_MS };

async function one(bench: Bench, check: string, { requirement, why, fault, outcomes }: Row): Promise<void> {
  const made = bench.open(check, requirement, requirement === "RSP-010" ? UNHURRIED : {});
  made.scene.create("R1");
  made.scene.fault(CANCEL, ...(Array.isArray(fault) ? fault : [fault]));
  const called = await made.call("cancel", "R1");
  const may = outcomes.includes("unknown") ? [...new Set([...outcomes, ...learned(called)])] : outcomes;
  made.expect(called, may, `A cancel answered with ${why} is ${outcomes.join(" or ")}.`);
}

/** How an order comes to earn each code; -1 and -2 are not earned by an order, and are answered in its place. */
const EARNED: Readonly<Record<number, (one: Case) => void>> = {
  0: (one) => one.scene.create("R1"),
  [-3]: () => undefined,
  [-4]: (one) => {
    one.scene.create("R1");
    act(one, "payByLink", "R1");
  },
  [-5]: (one) => {
    one.scene.create("R1");
    one.scene.cancelElsewhere("R1");
  },
  [-6]: (one) => {
    one.scene.create("R1");
    act(one, "startCard", "R1");
  },
};

/** An endpoint's answers have this body from now on. */
export function answerText(one: Case, endpoint: string, text: string): void {
  const body = encodeUtf8(text);
  one.scene.rewrite(endpoint, (answer) => ({ ...answer, body }));
}

/** RSP-001, RSP-002, RSP-004: each documented answer, from an order that earns it, in each language. */
export const codes: Check = {
  id: "codes",
  title: "each documented code gives its outcome, in every language",
  requirements: ["RSP-001", "RSP-002", "RSP-004"],
  needs: ["cancel"],
  async run(bench) {
    for (const { code, outcome, documented } of CANCEL_CODES) {
      let plain = true;
      for (const lang of bench.thin([undefined, "en", "th"], (lang) => code === 0 && lang === "en")) {
        // Where only the text differs and the outcome with it, it is the text that was read (RSP-004).
        const requirement = plain && lang !== undefined ? "RSP-004" : code === 0 ? "RSP-001" : "RSP-002";
        const made = bench.open("codes", requirement, lang === undefined ? {} : { lang });
        const earn = EARNED[code];
        if (earn) earn(made);
        else {
          // There, so that a client that asks first sends its cancel.
          made.scene.create("R1");
          answerText(made, CANCEL, refusalText(code, documented));
        }
        const why = `Code ${code} is ${outcome}.`;
        const called = await made.call("cancel", "R1");
        const good = made.expect(called, [outcome], why);
        if (good && called.exchanges.length === 0)
          await askedFirst(bench, requirement, { code, outcome, documented });
        if (lang === undefined) plain = good;
      }
    }
  },
};

/** A client that asks first sends no cancel for a paid order: it is told the code where the query says unpaid. */
async function askedFirst(
  bench: Bench,
  requirement: string,
  {
    code,
    outcome,
    documented,
  }: { readonly code: number; readonly outcome: string; readonly documented: string },
): Promise<void> {
  const made = bench.open("codes", requirement);
  made.scene.create("R1");
  answerText(made, CANCEL, refusalText(code, documented));
  made.expect(await made.call("cancel", "R1"), [outcome], `Code ${code} is ${outcome}.`);
}

function refusalText(code: number, msg: string): string {
  return JSON.stringify({ code, msg, message: msg });
}

/** Whether a plain cancel is read as cancelled: without it, `unknown` shows nothing (the positive control). */
export async function reads(bench: Bench, check: Check): Promise<boolean> {
  const made = bench.open(check.id, "RSP-001");
  made.scene.create("R1");
  const called = await made.call("cancel", "R1");
  if (made.expect(called, ["cancelled"], "A plain cancel is cancelled: the control of this check."))
    return true;
  for (const requirement of check.requirements)
    bench.evidences.add({
      requirement,
      check: check.id,
      verdict: "caused",
      detail: "Not even a plain cancel is read as cancelled: the control of this check.",
      cause: "RSP-001",
      story: made.story,
      exchanges: [],
    });
  return false;
}

/** RSP-003, RSP-006, RSP-007: answers that are no answers. */
export const unreadable: Check = {
  id: "unreadable",
  title: "what is not the documented answer is unknown, and the client survives it",
  requirements: ["RSP-003", "RSP-006", "RSP-007"],
  needs: ["cancel"],
  async run(bench) {
    if (!(await reads(bench, unreadable))) return;
    for (const made of bench.thin([...UNREADABLE, ...STATUSES], ({ requirement }) => requirement))
      await one(bench, "unreadable", made);
    for (const { requirement, member } of bench.thin(oddCodes(bench.seed), (odd) => odd.requirement)) {
      const made = bench.open("unreadable", requirement);
      made.scene.create("R1");
      answerText(made, CANCEL, `{${member},"msg":"...","message":"..."}`);
      const called = await made.call("cancel", "R1");
      made.expect(called, [...lost, ...learned(called)], `A cancel answered with ${member} is unknown.`);
    }
    const unclosed = bench.open("unreadable", "RSP-007");
    unclosed.scene.create("R1");
    answerText(unclosed, CANCEL, '{"code":0,"msg":"操作成功","data":"取消成功","message":"操作成功"');
    const cut = await unclosed.call("cancel", "R1");
    unclosed.expect(
      cut,
      [...lost, ...learned(cut)],
      "A cancel answered without the closing brace is unknown.",
    );
    for (const status of bench.thin([201, 400, 404, 409, 500])) {
      const made = bench.open("unreadable", "RSP-006");
      made.scene.fault(CANCEL, { kind: "status", status, body: "valid" });
      const called = await made.call("cancel", "NONE");
      const may = [...lost, ...learned(called), ...toldFirst(called)];
      made.expect(called, may, `A refusal under HTTP ${status} is unknown.`);
    }
  },
};

/** RSP-004 over refusals: their code decides too, whatever the messages say. */
export const tolerated: Check = {
  id: "tolerated",
  title: "the code decides: messages, extra members and chunks change nothing",
  requirements: ["RSP-004", "RSP-005", "RSP-010"],
  needs: ["cancel"],
  async run(bench) {
    for (const made of bench.thin(TOLERATED, ({ requirement }) => requirement))
      await one(bench, "tolerated", made);
    for (const as of bench.thin(["of_success", "empty", "missing", "other_language"] as const)) {
      const made = bench.open("tolerated", "RSP-004");
      made.scene.fault(CANCEL, { kind: "messages", as });
      const called = await made.call("cancel", "NONE");
      made.expect(called, ["not_found"], "Code -3 is not_found, whatever its messages say.");
    }
    for (const { requirement, order, outcome, body } of bench.thin(oddAnswers, (odd) => odd.requirement)) {
      const made = bench.open("tolerated", requirement);
      made.scene.create("R1");
      answerText(made, CANCEL, body);
      made.expect(
        await made.call("cancel", order),
        [outcome],
        `A cancel answered with ${body} is ${outcome}.`,
      );
    }
    const made = bench.open("tolerated", "RSP-010", UNHURRIED);
    made.scene.fault(CANCEL, { kind: "chunks", sizes: [1] });
    made.expect(
      await made.call("cancel", "NONE"),
      ["not_found"],
      "A refusal in chunks of one byte reads as the same refusal.",
    );
  },
};

/** RSP-009: connections that break. */
export const brokenConnections: Check = {
  id: "broken-connections",
  title: "a connection that is refused, reset or closed early is unknown",
  requirements: ["RSP-009"],
  needs: ["cancel"],
  async run(bench) {
    if (!(await reads(bench, brokenConnections))) return;
    for (const made of bench.thin(BROKEN)) await one(bench, "broken-connections", made);
    const made = bench.open("broken-connections", "RSP-009", { baseUrl: await nobodyListens() });
    made.tell("gateway", "does not listen");
    const called = await made.call("cancel", "R1");
    if (called.outcome === "unknown") made.pass("RSP-009", "A refused connection is unknown.", called);
    else
      made.fail("RSP-009", "A refused connection is unknown.", called, {
        expected: "unknown",
        got: called.outcome ?? describeReply(called),
      });
  },
};

/** An address at which nothing listens. */
async function nobodyListens(): Promise<string> {
  const server = await startServer({ route: () => ({ answer: textAnswer(404, "text/plain", "") }) });
  await server.close();
  return `${server.url}/api`;
}
