import { EnvironmentError } from "@ksherproof/core";
import { FINDING_COLUMNS } from "./csv-row.js";

type DuckDb = typeof import("@duckdb/node-api");

/** Loads DuckDB, which is needed for Parquet alone and not installed with us. Throws `EnvironmentError`. */
export async function loadDuckDb(): Promise<DuckDb> {
  try {
    return await import("@duckdb/node-api");
  } catch (cause) {
    const found =
      (cause as NodeJS.ErrnoException).code === "ERR_MODULE_NOT_FOUND"
        ? "which is not installed"
        : `which can't be loaded: ${(cause as Error).message}`;
    throw new EnvironmentError("duckdb_missing", `Parquet is written with @duckdb/node-api, ${found}.`, {
      hint: "Install it beside ksherproof: npm install @duckdb/node-api. Or write .csv or .jsonl, which need nothing.",
      cause,
    });
  }
}

/** Turns rows in JSON Lines into a Parquet file (Zstandard). */
export async function writeParquet(duckdb: DuckDb, rows: string, file: string): Promise<void> {
  const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;
  const columns = FINDING_COLUMNS.map(([name, type]) => `${text(name)}: ${text(type)}`).join(", ");
  const source = `read_json(${text(rows)}, format = 'newline_delimited', columns = {${columns}})`;
  const instance = await duckdb.DuckDBInstance.create(":memory:", { threads: "1" });
  const connection = await instance.connect();
  try {
    await connection.run(
      `COPY (SELECT * FROM ${source}) TO ${text(file)} (FORMAT parquet, COMPRESSION zstd)`,
    );
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
