import { KNOWN_ENDPOINTS } from "@ksherproof/core";
import { finding } from "../record/finding.js";
import { Batch } from "./batch.js";
import { CsvReader } from "./csv.js";
import { ElementCutter } from "./elements.js";
import { unreadable } from "./foreign.js";
import type { Format } from "./format.js";
import type { Read, ReadOptions } from "./inputs.js";
import { LONGEST_LINE } from "./lines.js";
import { type Columns, columnsOf, exchangeOfEntry, exchangeOfRow } from "./wrap.js";

/** Records of HAR, CSV and JSON that is no lines, put into chunks of lines with the places that they came from. */
export async function* valueReads(
  stream: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  file: string,
  format: Format,
  options: ReadOptions,
): AsyncGenerator<Read> {
  const batch = new Batch(file);
  if (format === "csv") yield* csvReads(stream, file, options.column, batch);
  else {
    const cutter = new ElementCutter(format === "har");
    const take = function* (
      elements: Iterable<{ bytes: Uint8Array; offset: number; index: number; whole: boolean }>,
    ): Generator<Read> {
      for (const { bytes, offset, index, whole } of elements) {
        const record = format === "har" && whole ? exchangeOfEntry(bytes, KNOWN_ENDPOINTS) : bytes;
        if (record === "no_body") yield recordFault(file, "har_no_body", NO_BODY, index, offset);
        else if (record) yield* batch.add(record, index, offset);
      }
    };
    for await (const bytes of stream) yield* take(cutter.push(bytes));
    yield* take(cutter.end());
    yield* batch.flush();
    if (cutter.fault) yield unreadable(file, `${format}_${cutter.fault}`, FAULTS[cutter.fault]);
  }
  yield* batch.flush();
}

const NO_BODY = "The HAR was saved without the body of this answer: save it with content.";

const FAULTS = {
  cut: "ends before its brackets are closed. What came before is audited",
  no_entries: "expected a HAR with log.entries, found none",
};

async function* csvReads(
  stream: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  file: string,
  column: string | null,
  batch: Batch,
): AsyncGenerator<Read> {
  const reader = new CsvReader(LONGEST_LINE);
  let columns: Columns | null | undefined;
  const take = function* (
    rows: Iterable<{ cells: readonly Uint8Array[]; line: number; offset: number }>,
  ): Generator<Read> {
    for (const { cells, line, offset } of rows) {
      if (columns === undefined) {
        columns = columnsOf(cells, column);
        if (columns === null) yield noColumn(file, column, cells);
      } else if (columns !== null && !(cells.length === 1 && cells[0]?.length === 0)) {
        if (cells.length > columns.answer) yield* batch.add(exchangeOfRow(cells, columns), line, offset);
        else {
          const words = `Expected the answer in cell ${columns.answer + 1}, found a row of ${cells.length}.`;
          yield recordFault(file, "csv_short_row", words, line, offset);
        }
      }
    }
  };
  for await (const bytes of stream) yield* take(reader.push(bytes));
  yield* take(reader.end());
}

/** A finding about one record that its input lacks the answer of. */
function recordFault(file: string, reason: string, detail: string, line: number, offset: number): Read {
  const found = finding("unreadable", { place: { file, line, offset }, requirement: null, reason, detail });
  return { kind: "finding", record: true, lineBase: null, lines: 1, finding: found };
}

function noColumn(file: string, asked: string | null, header: readonly Uint8Array[]): Read {
  const names = header
    .map((cell) =>
      Buffer.from(cell)
        .toString("utf8")
        .replace(/^\ufeff/, ""),
    )
    .join(", ");
  const words = `expected a column ${asked ?? "response"} with the answers, found ${names}. Name it with --column`;
  return unreadable(file, "csv_no_column", words);
}
