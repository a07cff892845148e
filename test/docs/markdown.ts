import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../architecture/sources.js";

/** A fenced block of a page, with the HTML comments that stand right before it. */
export interface Block {
  readonly file: string;
  readonly line: number;
  readonly language: string;
  readonly text: string;
  /** Why it is not run, from `<!-- not run: ... -->`. */
  readonly notRun?: string;
  /** The exit code that its one failing command must have, from `<!-- exit code: 1 -->`. */
  readonly exitCode?: number;
}

/** Markdown files in a folder, as paths from the root. */
function pagesIn(folder: string): readonly string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === "." ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory())
      return /^(node_modules|dist|target|build|\.git|\.stryker-tmp)$/.test(entry.name) ? [] : pagesIn(path);
    return entry.name.endsWith(".md") ? [path] : [];
  });
}

/** Every page of the repository. */
export const PAGES = pagesIn(".");

/** The pages whose commands people copy. */
export const GUIDES = PAGES.filter((path) =>
  /^([A-Z]+\.md|docs\/[^/]+\.md|docs\/guides\/.*|adapters\/README\.md|packages\/[^/]+\/README\.md)$/.test(
    path,
  ),
);

export const read = (path: string): string => readFileSync(join(root, path), "utf8");

/** The fenced blocks of a page, indented ones too. */
export function blocksOf(file: string): readonly Block[] {
  const lines = read(file).split("\n");
  const found: Block[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const open = /^( *)```(\w*)/.exec(lines[at]!);
    if (!open) continue;
    const [, indent = "", language = ""] = open;
    const end = lines.findIndex((line, index) => index > at && line.startsWith(`${indent}\`\`\``));
    if (end < 0) throw new Error(`${file}:${at + 1}: a fence is not closed.`);
    const comment = /<!-- *(not run|exit code): *(.*?) *-->/.exec(lines[at - 1] ?? "");
    found.push({
      file,
      line: at + 1,
      language,
      text: lines
        .slice(at + 1, end)
        .map((line) => line.slice(Math.min(indent.length, line.search(/\S|$/))))
        .join("\n"),
      ...(comment?.[1] === "not run" ? { notRun: comment[2]! } : {}),
      ...(comment?.[1] === "exit code" ? { exitCode: Number(comment[2]) } : {}),
    });
    at = end;
  }
  return found;
}

/** A page without its fenced blocks. */
export function proseOf(file: string): string {
  return read(file).replace(/^( *)```[\s\S]*?^\1```/gm, "");
}
