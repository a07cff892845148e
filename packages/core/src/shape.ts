import { ENDPOINTS, QUERY_DATA_FIELDS } from "@ksherproof/spec";
import { couldBeQueryAnswer } from "./ambiguity.js";
import { integerOf, type JsonNode, member } from "./json.js";
import { accept, type Rejection, type Result, reject } from "./rejection.js";

/** Whether a signed message is a query answer or webhook: by its endpoint, or by its canonical text where that is one's. */
export function isQueryAnswer(endpoint: string | null, canonical: string): boolean {
  const named = endpoint === ENDPOINTS.gateway_order_query.name || endpoint === ENDPOINTS.mch_notify_url.name;
  return named || couldBeQueryAnswer(canonical);
}

/** What is wrong with the shape of a signed message's `data`; null where it is right, or no query answer's (QRY-007). */
export function queryShapeProblem(
  data: JsonNode | undefined,
  endpoint: string | null,
  canonical: string,
): Rejection | null {
  if (!isQueryAnswer(endpoint, canonical)) return null;
  const shape = checkQueryShape(data);
  return shape.ok ? null : shape.rejection;
}

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
