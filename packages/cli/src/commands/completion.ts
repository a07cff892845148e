import { Argument, type Command } from "commander";
import type { Shell } from "../actions/completion.js";

const SHELLS = ["bash", "zsh", "fish"];

export function register(program: Command): void {
  program
    .command("completion")
    .description("print the completion script of a shell")
    .addArgument(new Argument("<shell>", "whose script").choices(SHELLS))
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
    .action(async (shell: Shell) => (await import("../actions/completion.js")).act(shell));
}
