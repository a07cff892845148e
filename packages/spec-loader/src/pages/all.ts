import type { Emitted } from "../emit/all.js";
import type { Specs } from "../model.js";
import { doubtsPage, requirementsPage, sourcesPage } from "./catalogue.js";
import { messagesPage } from "./messages.js";
import { codesPage, statesPage } from "./protocol.js";

/** The reference pages that are generated from the specs alone. */
export function emitPages(specs: Specs): readonly Emitted[] {
  const pages = {
    requirements: requirementsPage,
    messages: messagesPage,
    codes: codesPage,
    states: statesPage,
    doubts: doubtsPage,
    sources: sourcesPage,
  };
  return Object.entries(pages).map(([name, page]) => ({
    path: `docs/reference/${name}.md`,
    text: page(specs),
  }));
}
