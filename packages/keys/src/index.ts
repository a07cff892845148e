export * from "./document-key.js";
export * from "./key-file.js";
export * from "./node-signer.js";
export * from "./worth.js";
