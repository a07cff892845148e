import { Command } from "commander";
import { COMMANDS } from "./commands.js";
import { VERSION } from "./version.js";

/**
 * The whole command line as commander knows it. Only the commands that `wanted` names are loaded with their options; the
 * others are there with their summaries, so that the help of the program starts nothing that it does not print.
 */
export async function buildProgram(wanted: (name: string) => boolean): Promise<Command> {
  const program = new Command("ksherproof")
    .description("Protocol conformance and signature toolkit for Ksher Gateway Pay's Order Cancel")
    .version(VERSION, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .showSuggestionAfterError()
    .exitOverride()
    .enablePositionalOptions();
  program.configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, "ksherproof: ")) });
  program.addHelpText(
    "after",
    "\nExit codes: 0 done or conforms, 1 a negative verdict, 2 wrong usage, 3 the environment.\n",
  );
  for (const entry of COMMANDS) {
    if (wanted(entry.name)) (await entry.load()).register(program);
    else program.command(entry.name).description(entry.summary).allowUnknownOption().allowExcessArguments();
  }
  for (const command of program.commands) inheritOutput(program, command);
  return program;
}

/** Subcommands speak with the program's voice: its error output, and exceptions in place of process.exit. */
function inheritOutput(program: Command, command: Command): void {
  command.copyInheritedSettings(program);
  for (const child of command.commands) inheritOutput(program, child);
}
