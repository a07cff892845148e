export * from "./generated/bootstrap.js";
