import type { Answer } from "../worker/ask.js";
import type { Colleague } from "./colleague.js";
import { el, fill } from "./dom.js";
import { keyChoice } from "./key-choice.js";
import { drawLog } from "./log-report.js";
import { type Context, droppable, fileButton } from "./parts.js";
import { drawSorry } from "./result.js";

/** The panel that audits a whole log. */
export interface LogPanel {
  readonly element: HTMLElement;
  /** Audits a file that was dropped somewhere else on the page. */
  audit(file: File): void;
}

export function logPanel(context: Context, colleague: Colleague): LogPanel {
  const { words } = context;
  let last: File | null = null;
  let forget = (): void => undefined;
  const result = el("div", { class: "result" }, el("p", { class: "hint" }, words.log_none));
  const key = keyChoice("log-key", context, () => {
    if (last) audit(last);
  });
  const drop = el(
    "div",
    { class: "drop" },
    el(
      "p",
      {},
      `${words.log_hint} `,
      fileButton(words.choose_file, ".jsonl,.ndjson,.log,.json,.gz,.txt", audit),
    ),
    key.element,
  );
  droppable(drop, audit);

  function audit(file: File): void {
    last = file;
    forget();
    const bar = el("progress", { max: Math.max(1, file.size), value: 0, "aria-label": words.working });
    const said = el("p", { class: "hint", role: "status" }, words.working);
    fill(result, el("h2", {}, file.name), bar, said);
    const question = { ask: "log", file, name: file.name, keys: [key.value()] } as const;
    forget = colleague.ask(question, (answer) => hear(answer, bar, said));
  }

  function hear(answer: Answer, bar: HTMLProgressElement, said: HTMLElement): void {
    switch (answer.say) {
      case "log_progress": {
        const { bytes, of, records } = answer.progress;
        bar.value = bytes;
        said.textContent = `${words.log_progress} ${Math.round((100 * bytes) / of)} %, ${words.log_records}: ${records.toLocaleString()}`;
        return;
      }
      case "logged":
        context.announce(`${words.log_records}: ${answer.report.records.total}`);
        fill(result, drawLog(answer.report, context));
        return;
      case "sorry":
        fill(result, drawSorry(answer, context));
        return;
      case "examined":
      case "signed":
        return;
    }
  }

  return { element: el("div", { class: "panel" }, drop, result), audit };
}
