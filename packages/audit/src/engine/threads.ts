import { statSync } from "node:fs";
import { availableParallelism } from "node:os";

/** Under so many bytes a second thread gains nothing: about 50,000 records. */
const WORTH_THREADS = 32 << 20;

/** Which threads judge: so many workers, and this thread beside them. */
export interface Threads {
  readonly workers: number;
  readonly here: boolean;
}

/**
 * The threads that judge: `asked` of them, or as many as fit the machine and the inputs. This thread is one of them where all
 * inputs are plain files, which it need not read; where it unpacks or takes in a stream, it does that alone.
 */
export function threadsFor(files: readonly string[], asked: number | null): Threads {
  const plain = files.every((file) => file !== "-" && !packed(file) && statSync(file).isFile());
  const threads = asked ?? (isSmall(files) ? 0 : Math.max(1, Math.min(availableParallelism(), 16)));
  if (plain) return { workers: Math.max(0, threads - 1), here: true };
  return { workers: threads, here: threads === 0 };
}

const packed = (file: string): boolean => /\.(gz|zst|zstd)$/i.test(file);

function isSmall(files: readonly string[]): boolean {
  if (files.some((file) => file === "-" || !statSync(file).isFile())) return false;
  const weight = (file: string): number => statSync(file).size * (packed(file) ? 8 : 1);
  return files.reduce((sum, file) => sum + weight(file), 0) < WORTH_THREADS;
}
