export * from "./check-schemas.js";
export * from "./export/archive.js";
export * from "./export/formats.js";
export * from "./folder.js";
export * from "./open.js";
export * from "./types.js";
