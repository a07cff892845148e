export * from "./worker/ask.js";
