import { Command, CommanderError } from "commander";
import { COMMANDS } from "./commands.js";
import { reportError } from "./failure.js";
import { VERSION } from "./version.js";

/** Runs one command line and sets the exit code: 0 done or conforms, 1 a negative verdict, 2 usage, 3 the environment. */
export async function run(argv: readonly string[]): Promise<void> {
  quietPipes();
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
  const asked = argv.find((word) => !word.startsWith("-"));
  const named = asked === "help" ? argv[argv.indexOf("help") + 1] : asked;
  try {
    for (const entry of COMMANDS) {
      if (entry.name === named) (await entry.load()).register(program);
      else program.command(entry.name).description(entry.summary).allowUnknownOption().allowExcessArguments();
    }
    for (const command of program.commands) inheritOutput(program, command);
    if (argv.length === 0) program.outputHelp();
    else await program.parseAsync(argv, { from: "user" });
  } catch (thrown) {
    if (thrown instanceof CommanderError) process.exitCode = thrown.exitCode === 0 ? 0 : 2;
    else process.exitCode = reportError(thrown);
  }
}

/** Subcommands speak with the program's voice: its error output, and exceptions in place of process.exit. */
function inheritOutput(program: Command, command: Command): void {
  command.copyInheritedSettings(program);
  for (const child of command.commands) inheritOutput(program, child);
}

/** A reader that closes the pipe early (`| head`) is no error; what is left to say has nobody to hear it. */
function quietPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") process.exit(process.exitCode ?? 0);
      throw error;
    });
  }
}
