export { loadRequirements, type Requirement } from "./requirements.js";
export { SpecError } from "./spec-error.js";
export { parseYamlFile, type YamlFile } from "./yaml-file.js";
