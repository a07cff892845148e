import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { Tail } from "../../src/adapter/tail.js";

const tailOf = (most: number, ...texts: readonly string[]): Tail => {
  const tail = new Tail(most);
  for (const text of texts) tail.push(Buffer.from(text));
  return tail;
};

describe("the last bytes of what a process wrote", () => {
  it("are all of it while there are few, and the newest where there are many", () => {
    expect(tailOf(4, "ab", "cd").text()).toBe("abcd");
    expect(tailOf(4, "ab", "cd", "e").text()).toBe("bcde");
    expect(tailOf(4, "0123456789", "ab").text()).toBe("89ab");
    expect(tailOf(4, ...Array.from({ length: 1000 }, (_, i) => String(i % 10))).text()).toBe("6789");
  });

  it("are a text even where a character was cut between two chunks, or at the beginning", () => {
    const tail = new Tail(64);
    const bytes = Buffer.from("ก");
    tail.push(bytes.subarray(0, 1));
    tail.push(bytes.subarray(1));
    expect(tail.text()).toBe("ก");
    expect(tailOf(4, "กa").text()).toBe("กa");
    expect(tailOf(3, "กa").text()).toBe("\ufffd\ufffda");
  });

  it("are all that is held of a process that writes without end", () => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    const tail = new Tail(1024);
    collect();
    const before = process.memoryUsage().arrayBuffers;
    for (let i = 0; i < 64; i += 1) tail.push(Buffer.alloc(1 << 20, "x"));
    collect();
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 << 20);
    expect(tail.text()).toBe("x".repeat(1024));
  });

  it("are gone once they were taken", () => {
    const tail = tailOf(4, "abc");
    tail.clear();
    expect(tail.text()).toBe("");
  });
});
