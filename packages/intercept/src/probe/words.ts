import type { CallExpectation, ProbeStep } from "./script.js";

const CUSTOMER: Readonly<Record<string, string>> = {
  open_link: "opens the payment link",
  save_qr: "saves the QR code",
  pay_by_link: "pays through the link",
  pay_by_qr: "pays with the saved QR code",
  start_card: "starts to pay by card",
  pass_otp: "enters the right one-time password",
  fail_otp: "enters a wrong one-time password",
  get_refund: "gets the money back",
  let_link_expire: "lets the payment link expire",
};

/** A step in words. */
export function stepWords(step: ProbeStep): string {
  const because = step.because === undefined ? "" : ` (${step.because})`;
  if ("customer" in step) return `the customer ${CUSTOMER[step.customer] ?? step.customer}${because}`;
  if ("wait" in step) return `${Math.round(step.wait / 1000)} s pass${because}`;
  if ("gateway" in step) {
    const held = Object.entries(step.gateway).map(([name, value]) => `${name} ${value}`);
    return `the gateway holds: ${held.join(", ")}${because}`;
  }
  const many = step.at_once === undefined ? "" : ` ${step.at_once} times at once`;
  const shown = step.certificate === undefined ? "" : `, shown an ${step.certificate} certificate`;
  return `${step.call}${many}${shown}: ${expectWords(step.expect)}${because}`;
}

/** An expectation in words. */
export function expectWords({ outcome, exit, stdout, stderr, requests }: CallExpectation): string {
  const words: string[] = [];
  if (Array.isArray(outcome)) words.push(outcome.join(" or "));
  else if (outcome)
    words.push(
      Object.entries(outcome)
        .map(([name, count]) => `${count} ${name}`)
        .join(", "),
    );
  if (exit !== undefined)
    words.push(exit === "nonzero" ? "another exit code than 0" : `exit code ${exit.join(" or ")}`);
  if (stdout) words.push("stdout as described");
  if (stderr) words.push("stderr as described");
  if (requests) {
    words.push(`${rangeWords(requests)} requests`);
  }
  return words.join("; ");
}

/** `1`, `1 or more`, `1 to 3`. */
export function rangeWords([least, most]: readonly [number, number]): string {
  if (most === Number.POSITIVE_INFINITY) return `${least} or more`;
  return least === most ? String(least) : `${least} to ${most}`;
}
