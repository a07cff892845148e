import { CommanderError } from "commander";
import { reportError } from "./failure.js";
import { buildProgram } from "./program.js";

/** Runs one command line and sets the exit code: 0 done or conforms, 1 a negative verdict, 2 usage, 3 the environment. */
export async function run(argv: readonly string[]): Promise<void> {
  quietPipes();
  const asked = argv.find((word) => !word.startsWith("-"));
  const named = asked === "help" ? argv[argv.indexOf("help") + 1] : asked;
  try {
    const program = await buildProgram((name) => name === named);
    if (argv.length === 0) program.outputHelp();
    else await program.parseAsync(argv, { from: "user" });
  } catch (thrown) {
    if (thrown instanceof CommanderError) process.exitCode = thrown.exitCode === 0 ? 0 : 2;
    else process.exitCode = reportError(thrown);
  }
}

/**
 * A reader that closes the pipe early (`| head`) is no error; what is left to say has nobody to hear it. Output that can't be
 * written (a full disk) is one, whatever the verdict was.
 */
function quietPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      process.exit(error.code === "EPIPE" ? (process.exitCode ?? 0) : reportError(error));
    });
  }
}
