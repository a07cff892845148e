import type { CommandWords, Values } from "./tree.js";

/** A text as one single-quoted word; `_describe` takes a colon as the end of the name. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
const described = (name: string, summary: string): string => quoted(`${name}:${summary}`);

const offer = ({ words, files }: Values): string =>
  [words.length > 0 ? `compadd -- ${words.join(" ")}` : "", files ? "_files" : ""]
    .filter(Boolean)
    .join("; ") || ":";

/** The completion script for zsh. */
export function zshCompletion(commands: readonly CommandWords[]): string {
  const paths = commands.filter(({ path }) => path !== "").map(({ path }) => quoted(path));
  const values = commands.flatMap(({ path, options }) =>
    options
      .filter((option) => option.values !== undefined)
      .map(({ flags, values }) => {
        const cases = flags.map((flag) => quoted(`${path}:${flag}`)).join("|");
        return `    ${cases}) ${offer(values!)}; return;;`;
      }),
  );
  const words = commands.map(({ path, commands: inner, options, args }) => {
    const names = inner.map(({ name, summary }) => described(name, summary));
    const flags = options.flatMap((one) => one.flags.map((flag) => described(flag, one.summary)));
    return [
      `    ${quoted(path)})`,
      `      said=(${names.join(" ")})`,
      `      flags=(${flags.join(" ")})`,
      `      [[ $PREFIX == -* ]] || { ${path === "" || inner.length > 0 ? ":" : offer(args)} };;`,
    ].join("\n");
  });
  return `#compdef ksherproof
# Completion of ksherproof for zsh: source <(ksherproof completion zsh), or save it as _ksherproof in a folder of $fpath.
_ksherproof() {
  local at="" word
  local -a said flags
  for word in \${words[2,CURRENT-1]}; do
    case "\${at:+$at }$word" in
    ${paths.join("|")}) at="\${at:+$at }$word";;
    esac
  done
  case "$at:\${words[CURRENT-1]}" in
${values.join("\n")}
  esac
  case "$at" in
${words.join("\n")}
  esac
  (( \${#said} )) && _describe command said
  (( \${#flags} )) && _describe option flags
}
compdef _ksherproof ksherproof
`;
}
