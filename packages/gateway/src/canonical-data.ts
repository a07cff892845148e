import { canonicalText } from "@ksherproof/core";

/** The canonical text of our own `data`: texts as they are, whole numbers in plain decimal (SIG-011). */
export function canonicalData(data: Readonly<Record<string, string | number>>): string {
  return canonicalText(new Map(Object.entries(data).map(([name, value]) => [name, String(value)])));
}
