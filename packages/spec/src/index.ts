export * from "./generated/catalogue.js";
export * from "./generated/codes.js";
export * from "./generated/diagram.js";
export * from "./generated/fields.js";
export * from "./generated/outcomes.js";
export * from "./generated/protocol.js";
export * from "./generated/requirements.js";
export * from "./generated/states.js";
