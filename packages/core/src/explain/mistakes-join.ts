import { type Mistake, mistake } from "./mistake.js";

const joined = (id: string, what: string, joiner: string): Mistake =>
  mistake(id, "SIG-003", `joins the pairs with ${what}`, "joiner", () => ({ joiner }));

/** Wrong ways to put names, values and pairs together (SIG-003). */
export const JOIN_MISTAKES: readonly Mistake[] = [
  joined("joined_with_ampersand", "&", "&"),
  joined("joined_with_comma", "a comma", ","),
  joined("joined_with_comma_space", "a comma and a space", ", "),
  joined("joined_with_newline", "a line end", "\n"),
  joined("joined_with_crlf", "CR LF", "\r\n"),
  joined("joined_with_space", "a space", " "),
  joined("joined_with_semicolon", "a semicolon", ";"),
  joined("joined_with_bar", "a vertical bar", "|"),
  joined("joined_with_html_ampersand", "&amp;", "&amp;"),
  mistake("no_equals", "SIG-003", "writes nothing between name and value", "equals", () => ({ equals: "" })),
  mistake("colon_for_equals", "SIG-003", "writes a colon between name and value", "equals", () => ({
    equals: ":",
  })),
  mistake("spaced_equals", "SIG-003", "writes spaces round the =", "equals", () => ({ equals: " = " })),
  mistake("values_only", "SIG-003", "signs the values without their names", "write", () => ({
    write: (fields, recipe) => fields.map((f) => recipe.value(f)).join(recipe.joiner),
  })),
  mistake("names_only", "SIG-003", "signs the names without their values", "write", () => ({
    write: (fields, recipe) => fields.map((f) => f.name).join(recipe.joiner),
  })),
  mistake("trailing_ampersand", "SIG-003", "puts an & behind the last pair", "finish", () => ({
    finish: (text) => `${text}&`,
  })),
  mistake("trailing_newline", "SIG-003", "puts a line end behind the text", "finish", () => ({
    finish: (text) => `${text}\n`,
  })),
  mistake("trailing_crlf", "SIG-003", "puts CR LF behind the text", "finish", () => ({
    finish: (text) => `${text}\r\n`,
  })),
  mistake("trailing_space", "SIG-003", "puts a space behind the text", "finish", () => ({
    finish: (text) => `${text} `,
  })),
  mistake("trailing_nul", "SIG-003", "puts a NUL behind the text", "finish", () => ({
    finish: (text) => `${text}\0`,
  })),
  mistake("leading_question_mark", "SIG-003", "puts a ? before the text", "finish", () => ({
    finish: (text) => `?${text}`,
  })),
  mistake("byte_order_mark", "SIG-006", "puts a byte order mark before the text", "finish", () => ({
    finish: (text) => `\uFEFF${text}`,
  })),
  mistake("quoted_text", "SIG-003", "signs the text as a JSON string, quotes and all", "finish", () => ({
    finish: (text) => JSON.stringify(text),
  })),
  mistake("text_upper_cased", "SIG-004", "changes the whole text to upper case", "finish", () => ({
    finish: (text) => text.toUpperCase(),
  })),
  mistake("text_lower_cased", "SIG-004", "changes the whole text to lower case", "finish", () => ({
    finish: (text) => text.toLowerCase(),
  })),
];
