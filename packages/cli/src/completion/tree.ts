import { REQUIREMENTS } from "@ksherproof/spec";
import type { Command, Option } from "commander";
import { KEY_NAMES } from "../key-help.js";

/** What may follow an option: nothing, one of these words, or (also) a file. */
export interface Values {
  readonly words: readonly string[];
  readonly files: boolean;
}

export interface OptionWords {
  readonly flags: readonly string[];
  readonly summary: string;
  /** Undefined where the option takes no value. */
  readonly values?: Values;
}

/** A command as a shell completes it; `path` is its name, or `spec show`. The program itself has the path "". */
export interface CommandWords {
  readonly path: string;
  readonly summary: string;
  readonly commands: readonly { readonly name: string; readonly summary: string }[];
  readonly options: readonly OptionWords[];
  readonly args: Values;
}

const IDS = [...new Set(Object.keys(REQUIREMENTS).flatMap((id) => [id.slice(0, 3), id]))];

/** Every command and subcommand with its words, the program first. */
export function wordsOf(command: Command, path = ""): readonly CommandWords[] {
  const help = command.createHelp();
  const commands = help.visibleCommands(command).map((one) => ({
    name: one.name(),
    summary: one.description(),
  }));
  const inner = command.commands.flatMap((one) => wordsOf(one, `${path} ${one.name()}`.trim()));
  const args = command.registeredArguments.flatMap((one) => one.argChoices ?? []);
  const own: CommandWords = {
    path,
    summary: command.description(),
    commands,
    options: help.visibleOptions(command).map(optionWords),
    args: { words: /^spec (list|show)$/.test(path) ? IDS : args, files: args.length === 0 },
  };
  return [own, ...inner];
}

function optionWords(option: Option): OptionWords {
  const flags = [option.short, option.long].filter((flag) => flag != null);
  const summary = option.description;
  return option.required || option.optional
    ? { flags, summary, values: valuesOf(option) }
    : { flags, summary };
}

function valuesOf({ long, argChoices }: Option): Values {
  if (argChoices) return { words: argChoices, files: false };
  if (long === "--only") return { words: IDS, files: false };
  if (long === "--level") return { words: ["must", "should", "hardening"], files: false };
  if (/^--(key|public-key|merchant-key|gateway-key)$/.test(long ?? ""))
    return { words: KEY_NAMES, files: true };
  return { words: [], files: true };
}
