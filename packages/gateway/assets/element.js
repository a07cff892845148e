// @ts-check
// What the live parts of the pages are drawn with.

/** @param {string} tag @param {Record<string, string>} [attributes] @param {...(Node | string | null)} children */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** @param {string} kind @param {string} text */
export const badge = (kind, text) => element("span", { class: `badge badge-${kind}` }, text);

/** @param {string} word */
export const plain = (word) => word.replaceAll("_", " ");
