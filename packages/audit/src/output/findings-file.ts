import { once } from "node:events";
import { createWriteStream, rmSync, statSync, truncateSync } from "node:fs";
import { finished } from "node:stream/promises";
import { EnvironmentError } from "@ksherproof/core";
import type { Finding } from "../record/finding.js";
import { CSV_HEADER, csvLineOf, rowOf } from "./csv-row.js";

/** A file that findings are written to, one after the other. */
export interface FindingsFile {
  write(found: Finding): void;
  /** Ends what is written so far, to be gone on with later; resolves with the bytes that it is (`resume`). */
  pause(): Promise<number>;
  /** Completes the file. */
  close(): Promise<void>;
}

/**
 * Opens a file for findings by its ending: `.csv`, `.parquet`, else JSON Lines. `resume` goes on with a file that was
 * paused when it had so many bytes; what was written after them is dropped. Throws `EnvironmentError` where it can't be made, or Parquet is asked for without DuckDB.
 */
export async function openFindingsFile(file: string, resume: number | null = null): Promise<FindingsFile> {
  const lower = file.toLowerCase();
  if (lower.endsWith(".parquet")) return parquetFile(file, resume);
  const csv = lower.endsWith(".csv");
  const lines = await openLines(file, resume);
  if (csv && resume === null) lines.write(CSV_HEADER);
  return {
    write: (found) => lines.write(csv ? csvLineOf(found) : `${JSON.stringify(found)}\n`),
    async pause() {
      await lines.end();
      return statSync(file).size;
    },
    close: () => lines.end(),
  };
}

/** Parquet is written at the end, by DuckDB, from rows that were kept beside it: it needs all of a column at once. */
async function parquetFile(file: string, resume: number | null): Promise<FindingsFile> {
  const { loadDuckDb, writeParquet } = await import("./parquet.js");
  const duckdb = await loadDuckDb();
  const rows = `${file}.rows`;
  const lines = await openLines(rows, resume);
  return {
    write: (found) => lines.write(`${JSON.stringify(rowOf(found))}\n`),
    async pause() {
      await lines.end();
      return statSync(rows).size;
    },
    async close() {
      await lines.end();
      await writeParquet(duckdb, rows, file);
      rmSync(rows, { force: true });
    },
  };
}

/** Texts are gathered, so that a million findings are not a million writes. */
const GATHER = 1 << 16;

async function openLines(file: string, resume: number | null) {
  if (resume !== null) cutBack(file, resume);
  const stream = createWriteStream(file, { flags: resume === null ? "w" : "a" });
  const refuse = (cause: Error): never => {
    throw new EnvironmentError("findings_file", `${file} can't be written: ${cause.message}.`, { cause });
  };
  await once(stream, "open").catch(refuse);
  stream.on("error", () => undefined); // told when it ends
  let held = "";
  return {
    write(text: string): void {
      held += text;
      if (held.length < GATHER) return;
      stream.write(held);
      held = "";
    },
    async end(): Promise<void> {
      stream.end(held);
      await finished(stream).catch(refuse);
    },
  };
}

/** Cuts a file back to what it was when it was paused. Throws `EnvironmentError` where it is shorter than that. */
function cutBack(file: string, length: number): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? -1;
  if (size >= length) {
    truncateSync(file, length);
    return;
  }
  const found = size < 0 ? "it is not there" : `it has ${size}`;
  throw new EnvironmentError(
    "findings_file",
    `${file} can't be gone on with: it had ${length} bytes, and ${found}.`,
  );
}
