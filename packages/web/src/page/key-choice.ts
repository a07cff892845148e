import { BUILT_IN_KEYS } from "../worker/keys.js";
import { el } from "./dom.js";
import { type Context, fileButton, labelled } from "./parts.js";

/** The choice of a key: a built-in one by name, or a pasted one. */
export interface KeyChoice {
  readonly element: HTMLElement;
  /** The built-in name or the pasted text. */
  value(): string;
}

const OWN = "own";

export function keyChoice(id: string, { words }: Context, changed: () => void): KeyChoice {
  const area = el("textarea", {
    id: `${id}-pem`,
    rows: 4,
    spellcheck: "false",
    autocomplete: "off",
    "aria-label": words.key_own,
    placeholder: "-----BEGIN PUBLIC KEY-----",
    oninput: changed,
  });
  const own = el(
    "div",
    { hidden: true },
    el(
      "p",
      { class: "hint" },
      `${words.key_hint} · `,
      fileButton(words.choose_file, ".pem,.key,.pub,.txt", take),
    ),
    area,
  );
  const select = el(
    "select",
    {
      id,
      onchange: () => {
        own.hidden = select.value !== OWN;
        changed();
      },
    },
    BUILT_IN_KEYS.map((name) => el("option", { value: name }, name)),
    el("option", { value: OWN }, words.key_own),
  );
  function take(file: File): void {
    file.text().then((text) => {
      area.value = text;
      changed();
    });
  }
  return {
    element: el("div", {}, labelled(words.key, id, select), own),
    value: () => (select.value === OWN ? area.value : select.value),
  };
}
