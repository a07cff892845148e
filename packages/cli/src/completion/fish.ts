import type { CommandWords, OptionWords } from "./tree.js";

const quoted = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;

/** When a command's words are offered, as fish's condition. */
function condition(path: string, inner: readonly { readonly name: string }[]): string {
  if (path === "") return "__fish_use_subcommand";
  const [first = "", second] = path.split(" ");
  const seen = `__fish_seen_subcommand_from ${first}`;
  if (second !== undefined) return `${seen}; and __fish_seen_subcommand_from ${second}`;
  if (inner.length === 0) return seen;
  return `${seen}; and not __fish_seen_subcommand_from ${inner.map(({ name }) => name).join(" ")}`;
}

function option({ flags, summary, values }: OptionWords): string {
  const names = flags.map((flag) => (flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
  const value = values === undefined ? "" : values.files ? " -r -F" : " -x";
  const words = values && values.words.length > 0 ? ` -a ${quoted(values.words.join(" "))}` : "";
  return `${names.join(" ")}${value}${words} -d ${quoted(summary)}`;
}

/** The completion script for fish. */
export function fishCompletion(commands: readonly CommandWords[]): string {
  const lines = commands.flatMap(({ path, commands: inner, options, args }) => {
    const start = `complete -c ksherproof -n ${quoted(condition(path, inner))}`;
    const files = path === "" || inner.length > 0 || !args.files ? [`${start} -f`] : [];
    return [
      ...files,
      ...inner.map(({ name, summary }) => `${start} -a ${quoted(name)} -d ${quoted(summary)}`),
      ...(args.words.length > 0 ? [`${start} -a ${quoted(args.words.join(" "))}`] : []),
      ...options.map((one) => `${start} ${option(one)}`),
    ];
  });
  return `# Completion of ksherproof for fish: ksherproof completion fish | source
${lines.join("\n")}
`;
}
