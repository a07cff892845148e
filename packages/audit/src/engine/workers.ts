import { statSync } from "node:fs";
import { availableParallelism } from "node:os";

/** Under so many bytes a second thread gains nothing: about 50,000 records. */
const WORTH_WORKERS = 32 << 20;

/** Worker threads that fit the machine and the inputs; 0 where one thread is as fast. */
export function workersFor(files: readonly string[]): number {
  const compressed = (file: string): boolean => /\.(gz|zst|zstd)$/i.test(file);
  const weight = (file: string): number => statSync(file).size * (compressed(file) ? 8 : 1);
  const unknown = files.some((file) => file === "-" || !statSync(file).isFile());
  const small = !unknown && files.reduce((sum, file) => sum + weight(file), 0) < WORTH_WORKERS;
  return small ? 0 : Math.max(1, Math.min(availableParallelism(), 16));
}
