import type { CommandWords } from "./tree.js";

/** The completion script for bash 3.2 and later. */
export function bashCompletion(commands: readonly CommandWords[]): string {
  const paths = commands.filter(({ path }) => path !== "").map(({ path }) => `"${path}"`);
  const words = commands.map(({ path, commands: inner, options, args }) => {
    const said = [
      ...inner.map(({ name }) => name),
      ...options.flatMap(({ flags }) => flags),
      ...args.words,
    ].join(" ");
    return `    "${path}") words="${said}"; files=${path !== "" && inner.length === 0 && args.files ? 1 : 0};;`;
  });
  const values = commands.flatMap(({ path, options }) =>
    options
      .filter((option) => option.values !== undefined)
      .map(({ flags, values }) => {
        const cases = flags.map((flag) => `"${path}:${flag}"`).join("|");
        return `    ${cases}) words="${values!.words.join(" ")}"; files=${values!.files ? 1 : 0};;`;
      }),
  );
  return `# Completion of ksherproof for bash: source <(ksherproof completion bash)
_ksherproof() {
  local cur prev path word words files
  cur="\${COMP_WORDS[COMP_CWORD]}"
  prev="\${COMP_WORDS[COMP_CWORD-1]}"
  path=""
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "\${path:+$path }$word" in
    ${paths.join("|")}) path="\${path:+$path }$word";;
    esac
  done
  case "$path" in
${words.join("\n")}
  esac
  case "$path:$prev" in
${values.join("\n")}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
  if [ "$files" = 1 ]; then
    while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -f -- "$cur")
    compopt -o filenames 2>/dev/null
  fi
}
complete -F _ksherproof ksherproof
`;
}
