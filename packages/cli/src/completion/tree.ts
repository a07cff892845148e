import { ENDPOINTS, REQUIREMENTS } from "@ksherproof/spec";
import type { Command, Option } from "commander";
import { LANGUAGES } from "../check/languages.js";
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

/** What an argument may be, of commands that do not list it as choices. */
const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  "spec list": IDS,
  "spec show": IDS,
  "adapter init": Object.keys(LANGUAGES),
};

/** What an option may be given, by its long name, where the option does not list it as choices. */
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  "--only": IDS,
  "--level": ["must", "should", "hardening"],
  "--profile": ["documented", "observed"],
  "--endpoint": Object.keys(ENDPOINTS),
  "--lang": ["en", "cn", "th"],
  "--tls": ["untrusted", "expired", "misnamed"],
};

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
    args: { words: ARGUMENTS[path] ?? args, files: args.length === 0 && path !== "adapter init" },
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
  const words = OPTIONS[long ?? ""];
  if (words) return { words, files: false };
  if (/^--(key|public-key|merchant-key|gateway-key)$/.test(long ?? ""))
    return { words: KEY_NAMES, files: true };
  return { words: [], files: true };
}
