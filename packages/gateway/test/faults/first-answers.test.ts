import { expect, it } from "vitest";
import { firstAnswers } from "../../src/faults/first-answers.js";
import { textAnswer } from "../../src/wire.js";

const answer = (text: string) => textAnswer(200, "text/plain", text);

it("the first answer to a call stays; at the limit the oldest is forgotten", () => {
  const store = firstAnswers(2);
  for (const [call, text] of [
    ["a", "1"],
    ["a", "2"],
    ["b", "3"],
    ["c", "4"],
  ] as const)
    store.keep(call, answer(text));
  expect(["a", "b", "c"].map((call) => store.get(call))).toEqual([undefined, answer("3"), answer("4")]);
  store.keep("b", answer("5"));
  expect(store.get("b")).toEqual(answer("3"));
});
