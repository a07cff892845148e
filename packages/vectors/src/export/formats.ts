import type { FoundVector } from "../types.js";
import { csv } from "./csv.js";
import { json, jsonLines } from "./json.js";
import { cSource, goSource, javaSource, pythonSource } from "./source.js";

/** The forms in which vectors leave for other languages. */
export const EXPORT_FORMATS = ["json", "jsonl", "csv", "go", "java", "python", "c"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Vectors as text in some form, line end included. The texts are plain ASCII: what is beyond it is escaped. */
export function exportVectors(vectors: readonly FoundVector[], format: ExportFormat): string {
  switch (format) {
    case "json":
      return json(vectors);
    case "jsonl":
      return jsonLines(vectors);
    case "csv":
      return csv(vectors);
    case "go":
      return goSource(vectors);
    case "java":
      return javaSource(vectors);
    case "python":
      return pythonSource(vectors);
    case "c":
      return cSource(vectors);
  }
}
