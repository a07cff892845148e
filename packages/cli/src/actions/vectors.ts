import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { UsageError } from "@ksherproof/core";
import {
  allVectors,
  checkManifest,
  checkVectorSchemas,
  type ExportFormat,
  exportVectors,
  ofProfile,
  openVectors,
  type Profile,
  releaseArchive,
  releasedFiles,
  VECTOR_FILES,
  type VectorFileName,
} from "@ksherproof/vectors";
import { readInput } from "../input.js";
import { fileError } from "../intercept/options.js";
import { colours, print, printJson } from "../output.js";
import { gradeResults } from "../vectors/grade-file.js";
import { judgeVector } from "../vectors/judge.js";
import { readResults } from "../vectors/result-lines.js";
import { RSA } from "../vectors/rsa.js";
import { showGrades, showVector } from "../vectors/show.js";
import { statsOf } from "../vectors/stats.js";
import { VERSION } from "../version.js";

const RESULTS = { what: "a result a line", hint: "`ksherproof vectors check --help` shows the form." };

export async function verify(options: { rsa: "node" | "portable"; json?: true }): Promise<void> {
  const all = ofProfile(allVectors(), "documented");
  const problems = await checkVectorSchemas();
  const changed = checkManifest().filter(({ matches }) => !matches);
  const files = VECTOR_FILES.map((file) => {
    const own = all.filter((vector) => vector.file === file);
    const wrong = own.flatMap((vector) => {
      const [first] = judgeVector(vector, RSA[options.rsa]);
      return first ? [{ id: vector.test.id, ...first }] : [];
    });
    return { file, vectors: own.length, wrong };
  });
  const failed = files.reduce((sum, { wrong }) => sum + wrong.length, 0);
  const good = failed === 0 && problems.length === 0 && changed.length === 0;
  if (options.json) {
    const names = changed.map(({ file }) => file);
    printJson({
      conforms: good,
      rsa: options.rsa,
      vectors: all.length,
      failed,
      files,
      schema_problems: problems,
      changed_files: names,
    });
  } else {
    for (const { file, vectors: count, wrong } of files) {
      const mark = wrong.length === 0 ? colours.green("ok") : colours.red(`${wrong.length} WRONG`);
      print(`${file.padEnd(10)} ${String(count).padStart(4)} vectors  ${mark}`);
      for (const { id, layer } of wrong) print(`  ${id}: ${layer} differs`);
    }
    for (const { file, pointer, detail } of problems) print(`${file}${pointer}: ${detail}`);
    for (const { file } of changed) print(`${file} is not what SHA256SUMS says`);
    print(
      good
        ? `All ${all.length} vectors, made by Python and openssl, come out the same here.`
        : `${failed} of ${all.length} vectors come out otherwise.`,
    );
  }
  process.exitCode = good ? 0 : 1;
}

export function exportTo(options: {
  format: ExportFormat;
  file?: readonly string[];
  profile: Profile;
  output?: string;
  archive?: string;
}): void {
  if (options.archive !== undefined) {
    writeArchive(options.archive);
    return;
  }
  const chosen = ofProfile(allVectors(filesOf(options.file)), options.profile);
  const text = exportVectors(chosen, options.format);
  if (options.output === undefined) process.stdout.write(text);
  else {
    try {
      writeFileSync(options.output, text);
    } catch (cause) {
      throw fileError("The vectors cannot be written to", options.output, cause);
    }
    process.stderr.write(`${chosen.length} vectors written to ${options.output}\n`);
  }
}

export function check(file: string, options: { profile: Profile; json?: true }): void {
  const name = file === "-" ? "Standard input" : file;
  const report = gradeResults(readResults(readInput(file, RESULTS), name), options.profile, name);
  if (options.json) printJson(report);
  else showGrades(report);
  process.exitCode = report.conforms ? 0 : 1;
}

export function show(id: string, options: { json?: true }): void {
  const found = allVectors().find(({ test }) => test.id === id);
  if (!found) {
    throw new UsageError("vector_unknown", `There is no vector ${id}.`, { hint: nearest(id) });
  }
  const { notes } = openVectors(found.file);
  if (options.json) printJson({ file: found.file, key: found.keyName, ...found.test });
  else
    showVector(
      found,
      found.test.flags.map((flag) => [flag, notes[flag]?.effect ?? ""]),
    );
}

export function stats(options: { json?: true }): void {
  const stats = statsOf(allVectors());
  if (options.json) printJson(stats);
  else {
    print(`${stats.vectors} vectors`);
    for (const part of ["files", "results", "profiles", "requirements", "flags"] as const) {
      print(`\n${part}`);
      for (const [name, count] of Object.entries(stats[part]))
        print(`  ${String(count).padStart(5)}  ${name}`);
    }
  }
}

function writeArchive(file: string): void {
  const folder = `ksherproof-vectors-${VERSION}`;
  const files = releasedFiles();
  const archive = releaseArchive(folder, files);
  try {
    writeFileSync(file, archive);
  } catch (cause) {
    throw fileError("The archive cannot be written to", file, cause);
  }
  process.stderr.write(`${files.length} files in ${folder}/ written to ${file}\n`);
  print(`${createHash("sha256").update(archive).digest("hex")}  ${file}`);
}

function filesOf(names: readonly string[] | undefined): readonly VectorFileName[] {
  return (names ?? VECTOR_FILES).map((name) => {
    const file = VECTOR_FILES.find((one) => one === name);
    if (file) return file;
    throw new UsageError("vector_file_unknown", `There is no vector file ${name}.`, {
      hint: `Give one of: ${VECTOR_FILES.join(", ")}.`,
    });
  });
}

/** Ids that begin alike, or how to list them. */
function nearest(id: string): string {
  const words = id.split("-");
  for (let length = words.length; length > 0; length -= 1) {
    const start = words.slice(0, length).join("-");
    const near = allVectors().filter(({ test }) => test.id.startsWith(start));
    if (near.length > 0) {
      const names = near.slice(0, 3).map(({ test }) => test.id);
      return `${near.length} begin with ${start}: ${names.join(", ")}${near.length > 3 ? ", ..." : ""}`;
    }
  }
  return "`ksherproof vectors export --format jsonl` gives every id.";
}
