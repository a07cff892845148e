import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Where the vectors are: beside the code in the published package, else in the repository. */
export function vectorFolder(): string {
  return folderOf("vectors/SHA256SUMS", "vectors");
}

/** Where the schemas are, likewise. */
export function schemaFolder(): string {
  return folderOf("schemas/vectors-common.schema.json", "specs/schemas");
}

function folderOf(packed: string, inRepository: string): string {
  const own = fileURLToPath(new URL("../", import.meta.url));
  if (existsSync(join(own, packed))) return join(own, packed, "..");
  return fileURLToPath(new URL(`../../../${inRepository}`, import.meta.url));
}

/** One line of the manifest: a file, what it should hash to, and whether it does. */
export interface ManifestLine {
  readonly file: string;
  readonly sha256: string;
  readonly matches: boolean;
}

/** Holds every file to the SHA-256 manifest beside it (`SHA256SUMS`, as `sha256sum -c` reads it). */
export function checkManifest(folder = vectorFolder()): readonly ManifestLine[] {
  return readFileSync(join(folder, "SHA256SUMS"), "ascii")
    .trimEnd()
    .split("\n")
    .map((line) => {
      const [sha256 = "", file = ""] = line.split("  ");
      const path = join(folder, file);
      const found = existsSync(path)
        ? createHash("sha256").update(readFileSync(path)).digest("hex")
        : "missing";
      return { file, sha256, matches: found === sha256 };
    });
}
