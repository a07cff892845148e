export { COVERAGE, type Coverage } from "./generated/coverage.js";
