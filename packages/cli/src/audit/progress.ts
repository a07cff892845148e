import { statSync } from "node:fs";

/** How often the line is drawn again, in milliseconds. */
const EVERY = 200;
const WIDTH = 16;

/**
 * A line on standard error with how far an audit is, its rate and the time left: nothing where that is no terminal. The
 * total is known of plain files alone; of what is compressed or comes by standard input only what was read is told.
 */
export function auditProgress(files: readonly string[]): {
  readonly tell: (bytes: number, records: number) => void;
  readonly clear: () => void;
} {
  const { stderr } = process;
  if (!stderr.isTTY) return { tell: () => undefined, clear: () => undefined };
  const plain = files.every((file) => file !== "-" && !/\.(gz|zst|zstd)$/i.test(file));
  const total = plain ? files.reduce((sum, file) => sum + statSync(file).size, 0) : 0;
  const start = performance.now();
  let drawn = start;
  return {
    tell(bytes, records) {
      const now = performance.now();
      if (now - drawn < EVERY) return;
      drawn = now;
      const line = progressLine({ bytes, records, total, seconds: (now - start) / 1000 });
      stderr.write(`\r\u001b[K${line.slice(0, (stderr.columns ?? 80) - 1)}`);
    },
    clear: () => {
      if (drawn !== start) stderr.write("\r\u001b[K");
    },
  };
}

/** The line itself; `total` 0 where it is not known. */
export function progressLine(so: {
  readonly bytes: number;
  readonly records: number;
  readonly total: number;
  readonly seconds: number;
}): string {
  const { bytes, records, total, seconds } = so;
  const rate = `${Math.round(records / seconds).toLocaleString("en")} records/s`;
  const read = `${records.toLocaleString("en")} records, ${(bytes / 2 ** 20).toFixed(0)} MiB, ${rate}`;
  if (total === 0) return read;
  const part = Math.min(1, bytes / total);
  const full = Math.floor(part * WIDTH);
  const left = part === 0 ? "" : `, ${duration((seconds / part) * (1 - part))} left`;
  return `${"\u2588".repeat(full)}${"\u2591".repeat(WIDTH - full)} ${Math.floor(part * 100)} %  ${read}${left}`;
}

function duration(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  const rest = `${Math.floor(seconds % 60)}`.padStart(2, "0");
  return minutes < 60 ? `${minutes}:${rest}` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
