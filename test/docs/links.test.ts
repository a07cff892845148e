import { existsSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../architecture/sources.js";
import { PAGES, proseOf, read } from "./markdown.js";

/** The anchors that a page's headings make, as GitHub writes them. */
function anchorsOf(path: string): readonly string[] {
  return [...read(path).matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

describe("links between pages", () => {
  const linking = PAGES.filter((path) => !path.startsWith(".changeset/"));

  test.each(linking)("%s links to what is there", (path) => {
    const broken = [...proseOf(path).matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target]) => target!)
      .filter((target) => !/^[a-z]+:/.test(target))
      .filter((target) => {
        const [file = "", anchor] = target.split("#");
        const to = file === "" ? path : normalize(join(dirname(path), decodeURIComponent(file)));
        if (to.startsWith("..") || !existsSync(join(root, to))) return true;
        return anchor !== undefined && to.endsWith(".md") && !anchorsOf(to).includes(anchor);
      });
    expect(broken).toEqual([]);
  });

  test("every guide is reached from docs/README.md", () => {
    const index = read("docs/README.md");
    const missing = PAGES.filter((path) => path.startsWith("docs/guides/"))
      .map((path) => path.slice("docs/".length))
      .filter((path) => !index.includes(`](${path})`));
    expect(missing).toEqual([]);
  });
});
