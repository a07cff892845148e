import { readFileSync } from "node:fs";
import { join } from "node:path";
import { vectorFolder } from "./folder.js";
import { type FoundVector, VECTOR_FILES, type VectorFile, type VectorFileName } from "./types.js";

/** Opens one file of vectors. The answers in it were made by Python and openssl, never by this project's signer. */
export function openVectors<N extends VectorFileName>(name: N, folder = vectorFolder()): VectorFile<N> {
  return JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as VectorFile<N>;
}

/** Every vector of every file, each with its group and its key. */
export function allVectors(
  names: readonly VectorFileName[] = VECTOR_FILES,
  folder = vectorFolder(),
): readonly FoundVector[] {
  return names.flatMap((name) => {
    const { groups, keys } = openVectors(name, folder);
    return groups.flatMap(({ tests, ...group }) =>
      tests.map((test) => {
        const keyName = "key" in test ? test.key : (group.key ?? null);
        const key = keyName === null ? null : (keys[keyName] ?? null);
        return { file: name, test, group, key, keyName } as FoundVector;
      }),
    );
  });
}

/** The vectors that bind a profile: those of everybody, and its own. */
export function ofProfile(
  vectors: readonly FoundVector[],
  profile: "documented" | "observed",
): readonly FoundVector[] {
  return vectors.filter(({ test }) => test.profile === "any" || test.profile === profile);
}
