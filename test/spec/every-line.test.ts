import { loadSpecs } from "@ksherproof/spec-loader";
import { describe, expect, it } from "vitest";
import { changed, compiled, errorsOf, source } from "./folder.js";

describe.each(["codes.yaml", "states.yaml"])("every line of specs/%s counts", (path) => {
  const lines = source.read(path).trimEnd().split("\n");

  it("the file as it is loads", () => {
    expect(errorsOf(() => loadSpecs(source, compiled))).toBeNull();
  });

  it("has no line that says nothing", () => {
    expect(lines.filter((line) => line.trim() === "" || line.trim().startsWith("#"))).toEqual([]);
  });

  it("without any one of its lines the build breaks and names the file and a line of the same entry", () => {
    const silent: string[] = [];
    const astray: string[] = [];
    lines.forEach((line, index) => {
      const rest = lines.filter((_, other) => other !== index).join("\n");
      const errors = errorsOf(() => loadSpecs(changed(path, `${rest}\n`), compiled));
      if (errors === null) silent.push(`${index + 1}: ${line}`);
      const [first] = errors ?? [];
      const heads = /^\s*[a-z_]+:$/.test(line);
      if (first && !heads && errors?.every((error) => Math.abs(error.line - index - 1) > 12))
        astray.push(`${index + 1}: ${line} -> line ${first.line}`);
      if (
        first &&
        (first.file !== `specs/${path}` || !first.message.startsWith(`specs/${path}:${first.line}:`))
      )
        astray.push(`${index + 1}: ${line} -> ${first.message}`);
    });
    expect(silent).toEqual([]);
    expect(astray).toEqual([]);
  });
});
