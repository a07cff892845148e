import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { schemaFolder, vectorFolder } from "../folder.js";

/** One file of the release: its path there, with /, and its bytes. */
export interface ReleasedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Everything that is released: vectors, keys, scenarios and schemas in the order of their paths, and then the manifest. */
export function releasedFiles(vectors = vectorFolder(), schemas = schemaFolder()): readonly ReleasedFile[] {
  const names = readdirSync(schemas).filter((name) => name.startsWith("vectors-"));
  const files = [
    ...filesUnder(vectors, "vectors"),
    ...names.map((name) => ({ path: `schemas/${name}`, bytes: readFileSync(join(schemas, name)) })),
  ].sort((a, b) => (a.path < b.path ? -1 : 1));
  const lines = files.map(
    ({ path, bytes }) => `${createHash("sha256").update(bytes).digest("hex")}  ${path}\n`,
  );
  return [...files, { path: "SHA256SUMS", bytes: Buffer.from(lines.join(""), "ascii") }];
}

function filesUnder(folder: string, path: string): readonly ReleasedFile[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const [from, to] = [join(folder, entry.name), `${path}/${entry.name}`];
    return entry.isDirectory() ? filesUnder(from, to) : [{ path: to, bytes: readFileSync(from) }];
  });
}

/**
 * The release archive, a gzipped tar of one folder: the same files give the same bytes, whenever and by whomever it is
 * made (no times, no owners).
 */
export function releaseArchive(folder: string, files: readonly ReleasedFile[] = releasedFiles()): Uint8Array {
  const blocks = files.flatMap(({ path, bytes }) => [
    tarHeader(`${folder}/${path}`, bytes.length),
    bytes,
    Buffer.alloc(-bytes.length & 511),
  ]);
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]), { level: 9 });
}

/** A ustar header of 512 bytes (POSIX.1-1988): a plain file of mode 0644, dated 1970. */
function tarHeader(path: string, size: number): Buffer {
  if (path.length > 100) throw new RangeError(`${path} is longer than the 100 characters of a tar header`);
  const header = Buffer.alloc(512);
  const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, "0")}\0`;
  header.write(path, 0);
  header.write(octal(0o644, 7), 100);
  header.write(octal(0, 7), 108);
  header.write(octal(0, 7), 116);
  header.write(octal(size, 11), 124);
  header.write(octal(0, 11), 136);
  header.write("        0", 148);
  header.write("ustar\u000000", 257);
  header.write(
    `${octal(
      header.reduce((sum, byte) => sum + byte, 0),
      6,
    )} `,
    148,
  );
  return header;
}
