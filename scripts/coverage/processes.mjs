// What the processes that the tests started have run, from the files that Node leaves where NODE_V8_COVERAGE says.
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sourceLines } from "./source-lines.mjs";

/** Reads such files as they come, adds what they say to `reached` (a set of lines by source file) and removes them. */
export class ProcessCoverage {
  reached = new Map();
  processes = 0;
  #folder;
  #root;
  #places = new Map();

  constructor(folder, root) {
    this.#folder = folder;
    this.#root = root;
  }

  /** Takes every file that is whole; one that is still being written waits for the next time. */
  collect() {
    for (const name of readdirSync(this.#folder)) {
      const file = join(this.#folder, name);
      let scripts;
      try {
        scripts = JSON.parse(readFileSync(file, "utf8")).result;
      } catch {
        continue;
      }
      const own = scripts.filter(({ url }) => url.startsWith("file:") && this.#isOurs(fileURLToPath(url)));
      if (own.length > 0) this.processes += 1;
      for (const script of own) this.#add(fileURLToPath(script.url), script.functions);
      rmSync(file);
    }
  }

  #isOurs(path) {
    return (
      path.startsWith(`${this.#root}packages/`) && /^[^/]+\/dist\//.test(path.slice(this.#root.length + 9))
    );
  }

  #add(path, functions) {
    let waiting = this.#places.get(path) ?? sourceLines(path);
    // The innermost range that holds an offset says how often it ran; outer ranges come before inner ones.
    const ranges = functions
      .flatMap((one) => one.ranges)
      .sort((a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset);
    const open = [];
    let next = 0;
    waiting = waiting.filter(({ offset, file, line }) => {
      for (; next < ranges.length && ranges[next].startOffset <= offset; next += 1) {
        while (open.length > 0 && open.at(-1).endOffset <= ranges[next].startOffset) open.pop();
        open.push(ranges[next]);
      }
      while (open.length > 0 && open.at(-1).endOffset <= offset) open.pop();
      if (!open.at(-1)?.count) return true;
      if (!this.reached.has(file)) this.reached.set(file, new Set());
      this.reached.get(file).add(line);
      return false;
    });
    this.#places.set(path, waiting);
  }
}
