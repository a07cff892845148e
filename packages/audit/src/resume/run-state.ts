import type { Counts } from "../engine/chunk.js";
import type { Input } from "../input/inputs.js";
import type { ChunkTableState } from "../order/chunk-table.js";
import type { SpillFile } from "../order/spill.js";

/** How far an input was read: the offset of the next line in the decompressed input, and how many reads that took. */
export interface Position {
  readonly offset: number;
  readonly reads: number;
  /** Whether it is a plain file of lines: then the offset is one in the file itself. */
  readonly plain: boolean;
}

/** An audit that was stopped after a chunk: all that is needed to go on as if it had not been. */
export interface RunState {
  readonly records: Counts;
  readonly keyUses: readonly number[];
  readonly exact: number;
  readonly bytes: number;
  /** The number of the next chunk. */
  readonly seq: number;
  /** The inputs that were begun. */
  readonly inputs: readonly (Input & { readonly records: number })[];
  /** How far the last of them was read; null where it was read to its end. */
  readonly position: Position | null;
  readonly table: ChunkTableState;
  readonly spilled: readonly SpillFile[];
}
