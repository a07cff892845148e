import { QUERY_DATA_FIELDS } from "@ksherproof/spec";
import { integerOf, type JsonNode, member } from "./json.js";
import { accept, type Result, reject } from "./rejection.js";

/**
 * Checks the shape of a query answer's or webhook's `data` after its signature: every documented member there, of its
 * documented type (QRY-007). Nothing separates the signed pairs, so a valid signature alone also covers `data` whose
 * fields were merged across their borders. Members that are not documented are tolerated (QRY-004, RSP-005).
 */
export function checkQueryShape(data: JsonNode | undefined): Result<JsonNode> {
  if (data?.kind !== "object") {
    return reject(
      "data_not_object",
      "QRY-007",
      `Expected data to be an object, found ${data?.kind ?? "none"}.`,
      {
        field: "data",
      },
    );
  }
  for (const field of QUERY_DATA_FIELDS) {
    const value = member(data, field.name);
    if (!value) {
      return reject("member_missing", "QRY-007", `The documented member ${field.name} is missing.`, {
        field: field.name,
      });
    }
    const fits = field.types.some((type) =>
      type === "string" ? value.kind === "string" : integerOf(value) !== undefined,
    );
    if (!fits) {
      return reject(
        "member_type",
        "QRY-007",
        `Expected ${field.name} to be ${field.types.join(" or ")}, found ${value.kind}.`,
        { field: field.name },
      );
    }
  }
  return accept(data);
}
