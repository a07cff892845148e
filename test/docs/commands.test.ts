import { describe, expect, test } from "vitest";
import { blocksOf, GUIDES } from "./markdown.js";
import { matches, runPage } from "./run-commands.js";

const isCommand = (language: string): boolean => language === "sh" || language === "console";

describe("the commands of the pages", () => {
  test("an output is compared, and … stands for what varies", () => {
    expect(matches("a … c\n…\nend", "a b c\nx\ny\nend")).toBe(true);
    expect(matches("a … c\n…\nend", "a b c\nend")).toBe(true);
    expect(matches("a … c\nend", "a b c\nx\nend")).toBe(false);
    expect(matches("a.c", "abc")).toBe(false);
  });

  test("a page that shows another output, or hides a failure, is seen", () => {
    const block = { file: "x.md", line: 1, language: "console" };
    expect(runPage([{ ...block, text: "$ echo yes\nyes" }])).toEqual([]);
    expect(runPage([{ ...block, text: "$ echo yes\nno" }])).toHaveLength(1);
    expect(runPage([{ ...block, language: "sh", text: "false\ntrue" }])).toHaveLength(1);
    expect(runPage([{ ...block, language: "sh", text: "ksherproof nonsense", exitCode: 2 }])).toEqual([]);
  });

  test("every block says its language, and a command that is not run says why", () => {
    const problems = GUIDES.flatMap(blocksOf)
      .filter(
        ({ language, notRun }) => language === "" || (notRun !== undefined && notRun.split(" ").length < 3),
      )
      .map(({ file, line }) => `${file}:${line}`);
    expect(problems).toEqual([]);
  });

  const withCommands = GUIDES.map(
    (file) =>
      [
        file,
        blocksOf(file).filter(({ language, notRun }) => isCommand(language) && notRun === undefined),
      ] as const,
  ).filter(([, blocks]) => blocks.length > 0);

  test.each(withCommands)("%s: every command does what the page says", (_, blocks) => {
    expect(runPage(blocks)).toEqual([]);
  });
});
