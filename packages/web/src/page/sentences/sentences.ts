import type { FINDING_KINDS } from "@ksherproof/audit/browser";
import { type Rejection, type Sentence, type SentenceId, written } from "@ksherproof/core";
import type { KNOWN_SIGNATURES } from "@ksherproof/spec";

/**
 * What the core and the audit say, in another language than English, by the ids under which they say it. Places in braces
 * are those of the English sentence; a summary may also have the place `mistakes`.
 */
export interface Sentences {
  readonly sentences: Readonly<Record<SentenceId, string>>;
  /** What the signer did, for each named mistake whose words are always the same. */
  readonly mistakes: Readonly<Record<string, string>>;
  /** By the code of a rejection or of a key's error; the place `field` is the member that it is about. */
  readonly rejections: Readonly<Record<string, string>>;
  readonly findings: Readonly<Record<keyof typeof FINDING_KINDS, string>>;
  /** What a finding's reason adds to its kind. */
  readonly reasons: Readonly<Record<string, string>>;
  readonly known: Readonly<Record<(typeof KNOWN_SIGNATURES)[number]["id"], string>>;
  /** Between two mistakes. */
  readonly joiner: string;
  /** Where in the text something stands: `line` and `column`. */
  readonly place: string;
  /** Keys without a name of their own, by what the worker calls them. */
  readonly keys: Readonly<Record<"the pasted key" | "the private key", string>>;
}

/** Writes a sentence of the core. */
export function write(told: Sentence, { sentences, mistakes, keys, joiner }: Sentences): string {
  const named = Object.fromEntries(
    Object.entries(told.terms).map(([name, term]) => [
      name,
      typeof term === "string" ? (own(keys, term) ?? term) : term,
    ]),
  );
  const template = (id: string): string => own(sentences, id) ?? own(mistakes, id) ?? id;
  return written({ ...told, terms: named }, template, joiner);
}

/** Writes what is wrong with a message or a key; null for a code that has no sentence. */
export function writeRejection(
  { code, field }: Pick<Rejection, "code"> & { readonly field?: string | null },
  { rejections }: Sentences,
): string | null {
  return own(rejections, code)?.replaceAll("{field}", () => field ?? "") ?? null;
}

/** Writes a finding: its kind, and what its reason adds. */
export function writeFinding(kind: string, reason: string, language: Sentences): string {
  const { findings, reasons, mistakes } = language;
  const why = own(reasons, reason) ?? own(mistakes, reason) ?? writeRejection({ code: reason }, language);
  return `${own(findings, kind) ?? kind}${why === null ? "" : `: ${why}`}`;
}

function own(texts: Readonly<Record<string, string>>, id: string): string | undefined {
  return Object.hasOwn(texts, id) ? texts[id] : undefined;
}
