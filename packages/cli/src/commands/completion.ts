import { Argument, type Command } from "commander";
import { bashCompletion } from "../completion/bash.js";
import { fishCompletion } from "../completion/fish.js";
import { wordsOf } from "../completion/tree.js";
import { zshCompletion } from "../completion/zsh.js";
import { buildProgram } from "../program.js";

const SHELLS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };

export function register(program: Command): void {
  program
    .command("completion")
    .description("print the completion script of a shell")
    .addArgument(new Argument("<shell>", "whose script").choices(Object.keys(SHELLS)))
    .addHelpText(
      "after",
      `
To use it, in the shell's start-up file:
  source <(ksherproof completion bash)      # ~/.bashrc
  source <(ksherproof completion zsh)       # ~/.zshrc, after compinit
  ksherproof completion fish | source       # ~/.config/fish/config.fish

It completes commands, options, requirement ids, the names of built-in keys, and files.
`,
    )
    .action(async (shell: keyof typeof SHELLS) => {
      process.stdout.write(SHELLS[shell](wordsOf(await buildProgram(() => true))));
    });
}
