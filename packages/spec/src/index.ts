export * from "./generated/bootstrap.js";
export * from "./generated/requirements.js";
