import type { Finding } from "../record/finding.js";
import { groupRows } from "./group.js";
import { judgeGroup } from "./judge-order.js";
import { type ChunkStart, PARTITIONS } from "./rows.js";
import { readFiles, type SpillFolder } from "./spill.js";

/** Judges every order and nonce of a spill folder, partition by partition; returns how many orders there were. */
export function reduceSpill(
  folder: SpillFolder,
  startOf: (chunk: number) => ChunkStart,
  take: (finding: Finding) => void,
): number {
  let orders = 0;
  for (let partition = 0; partition < PARTITIONS; partition += 1) {
    const size = folder.size(partition);
    if (size === 0) continue;
    orders += groupRows(readFiles(folder.files(partition), size), startOf, (facts) => {
      for (const found of judgeGroup(facts)) take(found);
    });
  }
  return orders;
}
