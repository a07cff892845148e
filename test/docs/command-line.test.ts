import { buildProgram } from "ksherproof";
import { describe, expect, test } from "vitest";
import { blocksOf, GUIDES, proseOf } from "./markdown.js";

const program = await buildProgram(() => true);
type Command = typeof program;

const flagsOf = (command: Command): readonly string[] => [
  "--help",
  "--version",
  ...command.options.flatMap(({ long, short }) => [long, short].filter((flag) => flag != null)),
  ...command.commands.flatMap(flagsOf),
];
const everyFlag = new Set(flagsOf(program));

/** Options of other programs that prose names. */
const FOREIGN = /^--(check|dependency|frozen-lockfile|mutate|sshlogin)$/;

/** What is wrong with a command line as a page writes it; empty where nothing is. */
function problems(line: string): readonly string[] {
  const [own = ""] = line.split(/ -- | [|&] ?| #/);
  const words = own.trim().split(/\s+/).slice(1);
  const name = words[0] === "help" ? words[1] : words[0];
  if (name === undefined || !/^[a-z]+$/.test(name)) return [];
  const command = program.commands.find((one) => one.name() === name);
  if (!command) return [`there is no command ${name}`];
  const inner = command.commands.find((one) => one.name() === words[1]);
  const known = new Set(flagsOf(inner ?? command));
  // What stands in quotes belongs to another command line.
  const flags = own.replace(/"[^"]*"|'[^']*'/g, "").match(/(?<=\s)--[a-z][a-z-]*/g) ?? [];
  return flags.filter((flag) => !known.has(flag)).map((flag) => `${name} has no option ${flag}`);
}

/** Commands behind `ksherproof`, in prose and in blocks. */
function commandLines(file: string): readonly string[] {
  const spans = [...proseOf(file).matchAll(/`([^`]+)`/g)].map(([, span]) => span!.replace(/\s+/g, " "));
  const lines = blocksOf(file)
    .filter(({ language }) => /^(sh|console|text|yaml)$/.test(language))
    .flatMap(({ text }) => text.replace(/\\\n/g, " ").split("\n"));
  return [...spans, ...lines].flatMap((text) => text.match(/\bksherproof [a-z].*/g) ?? []);
}

describe("the command line, as pages tell it", () => {
  test("a wrong command and a wrong option are seen", () => {
    expect(problems("ksherproof chekc --only X")).toEqual(["there is no command chekc"]);
    expect(problems("ksherproof check --onyl X")).toEqual(["check has no option --onyl"]);
  });

  test.each(GUIDES)("%s names only commands and options that there are", (file) => {
    const inLines = commandLines(file).flatMap(problems);
    const alone = [...proseOf(file).matchAll(/`(--[a-z][a-z-]*)/g)]
      .map(([, flag]) => flag!)
      .filter((flag) => !everyFlag.has(flag) && !FOREIGN.test(flag));
    expect([...inLines, ...alone]).toEqual([]);
  });
});
