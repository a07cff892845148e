import { bashCompletion } from "../completion/bash.js";
import { fishCompletion } from "../completion/fish.js";
import { wordsOf } from "../completion/tree.js";
import { zshCompletion } from "../completion/zsh.js";
import { buildProgram } from "../program.js";

const SHELLS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };

export type Shell = keyof typeof SHELLS;

export async function act(shell: Shell): Promise<void> {
  process.stdout.write(SHELLS[shell](wordsOf(await buildProgram(() => true))));
}
