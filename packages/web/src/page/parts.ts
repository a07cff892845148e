import { visible } from "./bytes.js";
import { type Child, el } from "./dom.js";
import type { Sentences } from "./sentences/sentences.js";
import type { Words } from "./words/en.js";

/** What every panel is given: the words, the sentences, and a way to say a short thing to a screen reader. */
export interface Context {
  readonly words: Words;
  /** What the core says, in the page's language; null for English, which the core speaks itself. */
  readonly sentences: Sentences | null;
  readonly announce: (text: string) => void;
}

/** A label over a control, tied to it. */
export function labelled(label: string, id: string, control: Child, hint: Child = null): HTMLElement {
  return el(
    "div",
    { class: "field" },
    el("label", { for: id }, label),
    hint === null ? null : el("p", { class: "hint", id: `${id}-hint` }, hint),
    control,
  );
}

/** A text that can be copied: bytes or a canonical text. */
export function copyable(text: string, { words, announce }: Context, display = visible(text)): HTMLElement {
  const button = el(
    "button",
    {
      type: "button",
      class: "quiet copy",
      onclick: () => {
        copyText(text);
        button.textContent = words.copied;
        announce(words.copied);
        setTimeout(() => {
          button.textContent = words.copy;
        }, 1500);
      },
    },
    words.copy,
  );
  return el("div", { class: "copyable" }, el("code", { tabindex: 0 }, display), button);
}

/** From `file://` there is no clipboard API in every browser: a hidden text area is selected and copied. */
function copyText(text: string): void {
  const area = el("textarea", { class: "offstage", "aria-hidden": "true" });
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}

/** Saves a text as a file of the person's own; nothing is sent. */
export function save(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = el("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** A button that opens the file dialogue. */
export function fileButton(label: string, accept: string, chosen: (file: File) => void): HTMLElement {
  const input = el("input", {
    type: "file",
    class: "offstage",
    accept,
    tabindex: -1,
    "aria-hidden": "true",
    onchange: () => {
      const file = input.files?.[0];
      if (file) chosen(file);
      input.value = "";
    },
  });
  return el(
    "span",
    {},
    el("button", { type: "button", class: "link", onclick: () => input.click() }, label),
    input,
  );
}

/** Lets files be dropped on an element. */
export function droppable(element: HTMLElement, dropped: (file: File) => void): void {
  element.addEventListener("dragover", (event) => {
    event.preventDefault();
    element.classList.add("over");
  });
  element.addEventListener("dragleave", () => element.classList.remove("over"));
  element.addEventListener("drop", (event) => {
    event.preventDefault();
    element.classList.remove("over");
    const file = event.dataTransfer?.files[0];
    if (file) dropped(file);
  });
}
