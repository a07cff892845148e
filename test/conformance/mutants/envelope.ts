import { integerOf, type Json, memberOf, textOf } from "../client/json.js";

export type Envelope = Json | null | "doubled";

/** The texts of an answer, one behind the other. */
export const messageOf = (envelope: Envelope): string =>
  envelope === null || envelope === "doubled"
    ? ""
    : `${textOf(memberOf(envelope, "msg")) ?? ""} ${textOf(memberOf(envelope, "message")) ?? ""}`;

/** The code of an answer; undefined where there is none. */
export const codeOf = (envelope: Envelope): number | undefined =>
  envelope === null || envelope === "doubled" ? undefined : integerOf(memberOf(envelope, "code"));
