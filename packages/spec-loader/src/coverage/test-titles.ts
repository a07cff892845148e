/** The first argument of a call, where it is a text and another argument follows: the title of a test or a group of tests. */
const TITLE = /\(\s*(["'`])((?:\\.|(?!\1)[^\\])*)\1\s*,/g;
const RANGE = /\b([A-Z]{3})-(\d{3})(?:\s+to\s+\1-(\d{3}))?/g;

/** The requirements that the titles of a test file name; `CXL-001 to CXL-007` names seven. */
export function requirementsInTitles(text: string): readonly string[] {
  const found = new Set<string>();
  for (const [, , title = ""] of text.matchAll(TITLE)) for (const id of requirementsIn(title)) found.add(id);
  return [...found].sort();
}

/** The requirement ids in a text. */
export function requirementsIn(text: string): readonly string[] {
  return [...text.matchAll(RANGE)].flatMap(([, group, first, last = first]) => {
    const count = Math.max(1, Number(last) - Number(first) + 1);
    return Array.from({ length: count }, (_, i) => `${group}-${String(Number(first) + i).padStart(3, "0")}`);
  });
}
