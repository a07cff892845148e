import { describe, expect, it } from "vitest";
import { paramMaps } from "../src/samples.js";
import { isChangeable, unicodeTexts } from "../src/unicode-samples.js";

describe("the params that a client is asked to sign", () => {
  it("hold a plain pair each: of an empty value alone, a dropped pair and a dropped name look the same", () => {
    for (let seed = 1; seed <= 200; seed += 1)
      for (const [, params] of paramMaps(seed, 12))
        expect(Object.values(params).some((value) => value.trim() !== "")).toBe(true);
  });
});

describe("texts from every plane of Unicode", () => {
  const all = Array.from({ length: 40 }, (_, seed) => unicodeTexts(seed));
  const beyond = (text: string): string => [...text].filter((c) => c.length === 2).join("");

  it("fit into an order number, whole and for each seed the same", () => {
    for (const texts of all)
      for (const text of texts) {
        expect(text.length).toBeLessThanOrEqual(32);
        expect(text.length).toBeGreaterThan(4);
        expect(text).not.toMatch(/\p{Cs}/u);
      }
    expect(unicodeTexts(3)).toEqual(all[3]);
  });

  it.each([
    ["NFC", (text: string) => text.normalize("NFC")],
    ["NFD", (text: string) => text.normalize("NFD")],
    ["NFKC", (text: string) => text.normalize("NFKC")],
    ["lower case", (text: string) => text.toLowerCase()],
    ["upper case", (text: string) => text.toUpperCase()],
    ["without what is not seen", (text: string) => text.replace(/\p{Default_Ignorable_Code_Point}/gu, "")],
    ["without private characters", (text: string) => text.replace(/\p{Co}/gu, "")],
    ["without noncharacters", (text: string) => text.replace(/\p{Noncharacter_Code_Point}/gu, "")],
    ["without tags", (text: string) => text.replace(/[\u{e0020}-\u{e007f}]/gu, "")],
    ["digits of any script", (text: string) => text.replace(/\p{Nd}/gu, "0")],
  ])("are changed beyond the BMP and within it by %s, whatever the seed", (_, change) => {
    for (const texts of all) {
      expect(texts.some((text) => change(beyond(text)) !== beyond(text))).toBe(true);
      expect(texts.some((text) => change(text) !== text)).toBe(true);
    }
  });

  it("hold plain letters beyond the BMP, by which UTF-8 is told from the rest", () => {
    for (const texts of all)
      expect(texts.some((text) => beyond(text) !== "" && !isChangeable(text))).toBe(true);
  });
});
