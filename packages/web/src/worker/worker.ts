import { KeyError, UsageError } from "@ksherproof/core";
import type { Answer, Question } from "./ask.js";
import { examine } from "./examine.js";
import { auditLog } from "./log.js";
import { sign } from "./sign.js";
import { Sorry } from "./sorry.js";

/** The worker's side of the page: answers questions one after another, so that the page itself never waits. */
export function startWorker(scope: {
  onmessage: ((event: MessageEvent<{ readonly id: number; readonly question: Question }>) => void) | null;
  postMessage(message: { readonly id: number; readonly answer: Answer }): void;
}): void {
  scope.onmessage = ({ data: { id, question } }) => {
    const post = (answer: Answer): void => scope.postMessage({ id, answer });
    answer(question, post).catch((thrown: unknown) => post(sorry(thrown)));
  };
}

async function answer(question: Question, post: (answer: Answer) => void): Promise<void> {
  switch (question.ask) {
    case "examine": {
      const { text, key, endpoint, sign: given } = question;
      post({ say: "examined", found: examine(text, key, endpoint, given) });
      return;
    }
    case "sign":
      post({ say: "signed", found: sign(question.text, question.key) });
      return;
    case "log": {
      const { file, name, keys } = question;
      const report = await auditLog(file, name, keys, (progress) => post({ say: "log_progress", progress }));
      post({ say: "logged", report });
      return;
    }
  }
}

function sorry(thrown: unknown): Answer {
  if (thrown instanceof Sorry) {
    const { code, message, field, place } = thrown;
    return { say: "sorry", code, detail: message, field, place };
  }
  if (thrown instanceof KeyError || thrown instanceof UsageError) {
    const hint = thrown.hint === undefined ? "" : ` ${thrown.hint}`;
    return { say: "sorry", code: thrown.code, detail: `${thrown.message}${hint}`, field: null, place: null };
  }
  return { say: "sorry", code: "unexpected", detail: String(thrown), field: null, place: null };
}
