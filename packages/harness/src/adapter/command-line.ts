import { UsageError } from "@ksherproof/core";

/**
 * Splits a command line into words, without a shell: white space separates, single and double quotes hold together, a
 * backslash keeps the next character. Throws `UsageError` for an open quote or an empty line.
 */
export function splitCommandLine(line: string): readonly [string, ...string[]] {
  const words: string[] = [];
  let word: string | null = null;
  let quote = "";
  for (let i = 0; i < line.length; i += 1) {
    const character = line[i] ?? "";
    if (quote !== "") {
      if (character === quote) quote = "";
      else if (character === "\\" && quote === '"' && /["\\]/.test(line[i + 1] ?? "")) {
        i += 1;
        word += line[i] ?? "";
      } else word += character;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= "";
    } else if (/\s/.test(character)) {
      if (word !== null) words.push(word);
      word = null;
    } else if (character === "\\" && i + 1 < line.length && /["'\\\s]/.test(line[i + 1] ?? "")) {
      i += 1;
      word = (word ?? "") + (line[i] ?? "");
    } else word = (word ?? "") + character;
  }
  if (quote !== "")
    throw new UsageError("command_quote", `The quote ${quote} in the command line is never closed: ${line}`);
  if (word !== null) words.push(word);
  const [first, ...rest] = words;
  if (first === undefined)
    throw new UsageError("command_empty", "Expected the adapter's command line, found nothing.");
  return [first, ...rest];
}
