import type { Colleague } from "./colleague.js";
import { el, fill } from "./dom.js";
import { type Context, copyable, fileButton, labelled } from "./parts.js";
import { drawSorry } from "./result.js";
import { pairsTable } from "./walk.js";

/** The panel that signs. The key stays in its text area: never stored, not remembered by the browser (SEC-001). */
export function signPanel(context: Context, colleague: Colleague): HTMLElement {
  const { words } = context;
  const result = el("div", { class: "result", "aria-live": "polite" });
  const params = el("textarea", { id: "params", rows: 8, spellcheck: "false", autocomplete: "off" });
  const key = el("textarea", {
    id: "private-key",
    rows: 6,
    spellcheck: "false",
    autocomplete: "off",
    class: "secret",
    placeholder: "-----BEGIN RSA PRIVATE KEY-----",
  });
  const act = (): void => {
    colleague.ask({ ask: "sign", text: params.value, key: key.value }, (answer) => {
      if (answer.say === "sorry") fill(result, drawSorry(answer, context));
      if (answer.say !== "signed") return;
      const { signature, form, canonical, pairs } = answer.found;
      fill(
        result,
        el("h3", {}, words.sign_result),
        copyable(signature, context),
        el("h3", {}, words.sign_form),
        copyable(form, context),
        el("h3", {}, words.step_canonical),
        copyable(canonical, context),
        el("h3", {}, words.step_pairs),
        pairsTable(pairs, words),
      );
    });
  };
  const forget = (): void => {
    key.value = "";
    fill(result);
    key.focus();
  };
  const read = (file: File): void => {
    file.text().then((text) => {
      key.value = text;
    });
  };
  const form = el(
    "form",
    {
      class: "entry",
      onsubmit: (event) => {
        event.preventDefault();
        act();
      },
    },
    labelled(words.sign_params, "params", params, words.sign_hint),
    labelled(words.sign_key, "private-key", key, fileButton(words.choose_file, ".pem,.key,.txt", read)),
    el(
      "p",
      { class: "row" },
      el("button", { type: "submit", class: "main" }, words.sign_do),
      el("button", { type: "button", onclick: forget }, words.forget),
    ),
  );
  return el("div", { class: "panel two" }, form, result);
}
