import { ENDPOINTS } from "@ksherproof/spec";
import type { Answer } from "../worker/ask.js";
import type { Colleague } from "./colleague.js";
import { el, fill } from "./dom.js";
import { EXAMPLE } from "./example.js";
import { keyChoice } from "./key-choice.js";
import { type Context, droppable, fileButton, labelled } from "./parts.js";
import { drawExamined, drawSorry } from "./result.js";

/** Endpoints that a person may name where a message does not show its own. */
const ENDPOINT_CHOICES = [
  ENDPOINTS.gateway_order_query.name,
  ENDPOINTS.mch_notify_url.name,
  ENDPOINTS.gateway_pay.name,
  "merchant_info",
  "get_settlement_info",
];
/** Larger texts, or texts of several JSON lines, are logs. */
const LOG_BYTES = 1 << 20;

/** The panel that verifies one message as it is typed. `asLog` is given what turns out to be a whole log. */
export function verifyPanel(
  context: Context,
  colleague: Colleague,
  asLog: (file: File) => void,
): HTMLElement {
  const { words } = context;
  let forget = (): void => undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const result = el(
    "div",
    { class: "result", "aria-live": "polite" },
    el("p", { class: "hint" }, words.waiting),
  );
  const message = el("textarea", {
    id: "message",
    rows: 12,
    spellcheck: "false",
    autocomplete: "off",
    "aria-describedby": "message-hint",
    oninput: later,
  });
  const sign = el("input", {
    id: "given-sign",
    type: "text",
    spellcheck: "false",
    autocomplete: "off",
    oninput: later,
  });
  const endpoint = el(
    "select",
    { id: "endpoint", onchange: later },
    el("option", { value: "" }, words.endpoint_auto),
    ENDPOINT_CHOICES.map((name) => el("option", { value: name }, name)),
  );
  const key = keyChoice("key", context, later);

  function later(): void {
    forget();
    clearTimeout(timer);
    timer = setTimeout(examine, 150);
  }

  function examine(): void {
    const text = message.value;
    if (text.trim() === "") {
      fill(result, el("p", { class: "hint" }, words.waiting));
      return;
    }
    if (isLog(text)) {
      asLog(new File([text], "pasted.jsonl", { type: "application/jsonl" }));
      return;
    }
    result.setAttribute("aria-busy", "true");
    const question = {
      ask: "examine",
      text,
      key: key.value(),
      endpoint: endpoint.value || null,
      sign: sign.value.trim() || null,
    } as const;
    forget = colleague.ask(question, (answer) => draw(answer));
  }

  function draw(answer: Answer): void {
    result.removeAttribute("aria-busy");
    if (answer.say === "examined") fill(result, drawExamined(answer.found, context));
    else if (answer.say === "sorry") fill(result, drawSorry(answer, context));
  }

  function take(file: File): void {
    if (file.size > LOG_BYTES || /\.(gz|jsonl|ndjson|log)$/i.test(file.name)) {
      asLog(file);
      return;
    }
    file.text().then((text) => {
      message.value = text;
      later();
    });
  }

  const example = el(
    "button",
    {
      type: "button",
      class: "link",
      onclick: () => {
        message.value = EXAMPLE;
        later();
      },
    },
    words.try_example,
  );
  const hint = [`${words.message_hint} `, fileButton(words.choose_file, "", take), " · ", example];
  const form = el(
    "div",
    { class: "entry" },
    labelled(words.message, "message", message, hint),
    key.element,
    el(
      "details",
      {},
      el("summary", {}, words.more),
      labelled(words.endpoint, "endpoint", endpoint),
      labelled(words.sign_field, "given-sign", sign),
    ),
  );
  droppable(form, take);
  return el("div", { class: "panel two" }, form, result);
}

/** Several lines that each begin a JSON object of their own. */
function isLog(text: string): boolean {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.length > 1 && lines.every((line) => /^\s*\{.*\}\s*$/.test(line));
}
