import { lineAndColumn, type Rejection } from "@ksherproof/core";
import type { TextPlace } from "./ask.js";

/** An input that can't be worked with: told in one sentence, with its place. */
export class Sorry extends Error {
  readonly code: string;
  /** The member or field that it is about, or null. */
  readonly field: string | null;
  readonly place: TextPlace | null;

  constructor(code: string, detail: string, field: string | null, place: TextPlace | null) {
    super(detail);
    this.code = code;
    this.field = field;
    this.place = place;
  }

  static of({ code, detail, field, at }: Rejection, text: string): Sorry {
    return new Sorry(code, detail, field ?? null, at === undefined ? null : lineAndColumn(text, at));
  }
}
