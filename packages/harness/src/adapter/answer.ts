/** One line of an adapter's stdout, read: an answer to a request, or what is wrong with it. */
export type AnswerLine =
  | { readonly id: number; readonly ok: Readonly<Record<string, unknown>> }
  | { readonly id: number; readonly error: "unsupported" | "failed"; readonly message: string }
  | { readonly wrong: string };

/** Reads a line as the answer that write-an-adapter.md documents; ids are looked up by the caller. */
export function readAnswer(line: string): AnswerLine {
  const start = JSON.stringify(line.length > 120 ? `${line.slice(0, 120)}...` : line);
  let answer: unknown;
  try {
    answer = JSON.parse(line);
  } catch {
    const mark = line.startsWith("\ufeff") ? " (it starts with a byte order mark)" : "";
    return {
      wrong: `it wrote a line on stdout that is no JSON${mark}: ${start}; logs belong on stderr`,
    };
  }
  if (!isObject(answer)) return { wrong: `it wrote a line that is no JSON object: ${start}` };
  const { id, ok, error } = answer;
  if (typeof id !== "number") return { wrong: `it answered without the request's id: ${start}` };
  if (isObject(ok)) return { id, ok };
  if (isObject(error) && (error.kind === "unsupported" || error.kind === "failed"))
    return { id, error: error.kind, message: String(error.message ?? "") };
  return {
    wrong: `it answered with neither an ok object nor an error of kind "unsupported" or "failed": ${start}`,
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
