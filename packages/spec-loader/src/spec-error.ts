/** Something is wrong in specs/: where, and what to do. For the specs' author. */
export class SpecError extends Error {
  readonly code = "spec";
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 code units. */
  readonly column: number;
  /** The sentence without the place. */
  readonly detail: string;

  constructor(
    at: { readonly file: string; readonly line: number; readonly column: number; readonly text: string },
    detail: string,
  ) {
    const caret = `${at.text.slice(0, at.column - 1).replace(/[^\t]/g, " ")}^`;
    super(`${at.file}:${at.line}:${at.column}: ${detail}\n  ${at.text}\n  ${caret}`);
    this.name = "SpecError";
    this.file = at.file;
    this.line = at.line;
    this.column = at.column;
    this.detail = detail;
  }
}
