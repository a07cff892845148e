/** Our verdict that a message breaks a requirement. Returned, never thrown. */
export interface Rejection {
  /** Stable and machine-readable, `duplicate_member`. */
  readonly code: string;
  /** The requirement that is broken, or null where the input is not even a message. */
  readonly requirement: string | null;
  /** The member or field concerned, by name or JSON pointer. */
  readonly field?: string;
  /** Offset into the input: bytes for form bodies and bytes, UTF-16 units for text. */
  readonly at?: number;
  /** One sentence: what was expected and what was found. */
  readonly detail: string;
}

/** A value, or the reason why there is none. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly rejection: Rejection };

/** Wraps a good value. */
export function accept<T>(value: T): Result<T> {
  return { ok: true, value };
}

/** Wraps a rejection. */
export function reject(
  code: string,
  requirement: string | null,
  detail: string,
  where: { readonly field?: string; readonly at?: number } = {},
): { readonly ok: false; readonly rejection: Rejection } {
  return { ok: false, rejection: { code, requirement, detail, ...where } };
}
