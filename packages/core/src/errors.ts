/** What every error of this project carries: a stable code, and a hint for whoever must act. */
export interface ErrorOptions {
  readonly hint?: string;
  readonly cause?: unknown;
}

abstract class ProofError extends Error {
  readonly code: string;
  readonly hint: string | undefined;
  constructor(code: string, message: string, options: ErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
  }
}

/** The programmer or the person at the keyboard asked for something that makes no sense. */
export class UsageError extends ProofError {
  override readonly name = "UsageError";
}

/** A key could not be read or used; the operator must act. Never holds key material. */
export class KeyError extends ProofError {
  override readonly name = "KeyError";
}

/** A call did not complete; `elapsedMs` says after how long. The client turns it into `unknown`. */
export class TransportError extends ProofError {
  override readonly name = "TransportError";
  readonly elapsedMs: number;
  constructor(code: string, message: string, elapsedMs: number, options: ErrorOptions = {}) {
    super(code, message, options);
    this.elapsedMs = elapsedMs;
  }
}

/** The client under test or its adapter broke; `stderr` is the tail of what it wrote there. */
export class HarnessError extends ProofError {
  override readonly name = "HarnessError";
  readonly stderr: string;
  constructor(code: string, message: string, stderr: string, options: ErrorOptions = {}) {
    super(code, message, options);
    this.stderr = stderr;
  }
}

/** Something that this machine should have is missing: a file, a program, a port. */
export class EnvironmentError extends ProofError {
  override readonly name = "EnvironmentError";
}
