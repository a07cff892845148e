import { lineAndColumn, type Rejection } from "@ksherproof/core";

/** An input that can't be worked with: told in one sentence, with its place. */
export class Sorry extends Error {
  readonly code: string;
  /** `line 3, column 7`, or null where there is no place. */
  readonly at: string | null;

  constructor(code: string, detail: string, at: string | null = null) {
    super(detail);
    this.code = code;
    this.at = at;
  }

  static of({ code, detail, at }: Rejection, text: string): Sorry {
    if (at === undefined || /line \d/.test(detail)) return new Sorry(code, detail);
    const { line, column } = lineAndColumn(text, at);
    return new Sorry(code, detail, `line ${line}, column ${column}`);
  }
}
