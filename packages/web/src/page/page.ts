import { Colleague } from "./colleague.js";
import { el, fill } from "./dom.js";
import { logPanel } from "./log-panel.js";
import type { Context } from "./parts.js";
import { signPanel } from "./sign-panel.js";
import { verifyPanel } from "./verify-panel.js";
import { LANGUAGES, type Language, preferred } from "./words/words.js";

const THEMES = ["auto", "light", "dark"] as const;

/** Draws the page. `source` is the page's own script, which the worker runs too. */
export function startPage(source: string): void {
  const colleague = new Colleague(source);
  const root = document.getElementById("page");
  if (root) draw(root, colleague, preferred(navigator.languages));
}

function draw(root: HTMLElement, colleague: Colleague, language: Language): void {
  const { words, sentences } = LANGUAGES[language];
  document.documentElement.lang = language;
  document.title = `Ksherproof: ${words.title}`;
  const spoken = el("p", { class: "offstage", role: "status", "aria-live": "polite" });
  const context: Context = {
    words,
    sentences,
    announce: (text) => {
      spoken.textContent = text;
    },
  };
  const log = logPanel(context, colleague);
  const panels = [
    {
      id: "verify",
      label: words.tab_verify,
      body: verifyPanel(context, colleague, (file) => {
        show(1);
        log.audit(file);
      }),
    },
    { id: "log", label: words.tab_log, body: log.element },
    { id: "sign", label: words.tab_sign, body: signPanel(context, colleague) },
  ];
  const tabs = panels.map(({ id, label }, i) =>
    el(
      "button",
      {
        type: "button",
        role: "tab",
        id: `tab-${id}`,
        "aria-controls": `panel-${id}`,
        onclick: () => show(i),
        onkeydown: (event) => move(event as KeyboardEvent, i),
      },
      label,
    ),
  );
  const bodies = panels.map(({ id, body }) =>
    el("div", { role: "tabpanel", id: `panel-${id}`, "aria-labelledby": `tab-${id}` }, body),
  );

  function show(index: number): void {
    tabs.forEach((tab, i) => {
      tab.setAttribute("aria-selected", String(i === index));
      tab.tabIndex = i === index ? 0 : -1;
    });
    bodies.forEach((body, i) => {
      body.hidden = i !== index;
    });
  }

  /** Arrow keys move between tabs, as the ARIA pattern has it. */
  function move(event: KeyboardEvent, from: number): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const next = (from + step + tabs.length) % tabs.length;
    show(next);
    tabs[next]?.focus();
  }

  fill(
    root,
    el(
      "header",
      {},
      el(
        "div",
        { class: "bar" },
        el("h1", {}, el("span", { class: "brand" }, "Ksherproof"), ` ${words.title}`),
        el("div", { class: "choices" }, languageChoice(root, colleague, language), themeChoice(context)),
      ),
      el("p", { class: "tagline" }, words.tagline),
      el("div", { role: "tablist", "aria-label": words.title, class: "tabs" }, tabs),
    ),
    el("main", {}, bodies, spoken),
    el("footer", {}, el("p", { class: "hint" }, words.privacy)),
  );
  show(0);
}

function languageChoice(root: HTMLElement, colleague: Colleague, language: Language): HTMLElement {
  const select = el(
    "select",
    {
      "aria-label": LANGUAGES[language].words.language,
      id: "language",
      onchange: () => {
        const typed = typedIn(root);
        draw(root, colleague, select.value as Language);
        typeAgain(typed);
        document.getElementById("language")?.focus();
      },
    },
    (Object.keys(LANGUAGES) as Language[]).map((code) =>
      el("option", { value: code, lang: code, selected: code === language }, LANGUAGES[code].name),
    ),
  );
  return select;
}

function themeChoice({ words }: Context): HTMLElement {
  const current = document.documentElement.dataset.theme ?? "auto";
  const select = el(
    "select",
    {
      "aria-label": words.theme,
      id: "theme",
      onchange: () => {
        document.documentElement.dataset.theme = select.value;
      },
    },
    THEMES.map((theme) =>
      el(
        "option",
        { value: theme, selected: theme === current },
        `${words.theme}: ${words[`theme_${theme}`]}`,
      ),
    ),
  );
  return select;
}

type Field = HTMLTextAreaElement | HTMLInputElement | HTMLSelectElement;

/** What a person has typed and chosen, by field: another language is no reason to lose it. */
function typedIn(root: HTMLElement): ReadonlyMap<string, string> {
  const fields = root.querySelectorAll<Field>("textarea, input[type=text], main select");
  return new Map([...fields].map((field) => [field.id, field.value]));
}

function typeAgain(typed: ReadonlyMap<string, string>): void {
  for (const [id, value] of typed) {
    const field = document.getElementById(id) as Field | null;
    if (!field) continue;
    field.value = value;
    field.dispatchEvent(new Event(field.tagName === "SELECT" ? "change" : "input"));
  }
}
