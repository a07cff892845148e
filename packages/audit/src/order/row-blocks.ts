/** Memory in which rows are gathered, one block for each partition. */
export interface RowBlocks {
  readonly words: Uint32Array<ArrayBuffer>;
  /** Bytes that are in each block. */
  readonly lengths: Uint32Array<ArrayBuffer>;
  /** Bytes of a block. */
  readonly size: number;
  /** Bytes of a block up to which it may be filled. */
  readonly limit: number;
}

/** Blocks in memory of their own. */
export function rowBlocks(partitions: number, size: number): RowBlocks {
  return {
    words: new Uint32Array((size * partitions) >> 2),
    lengths: new Uint32Array(partitions),
    size,
    limit: size,
  };
}

/** What a block holds. */
export function blockRows({ words, lengths, size }: RowBlocks, partition: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(words.buffer, words.byteOffset + partition * size, lengths[partition] ?? 0);
}
