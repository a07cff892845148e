export { MESSAGE_FIELDS, type MessageName } from "@ksherproof/spec/validators";
export type { Problem } from "./validate/problem.js";
export { type MessageRole, VALIDATED_ENDPOINTS } from "./validate/role.js";
export { type ValidateOptions, type Validation, validateMessage } from "./validate/validation.js";
