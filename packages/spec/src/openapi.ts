export { OPENAPI } from "./generated/openapi.js";
