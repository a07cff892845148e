import type { Paint } from "@ksherproof/harness";
import { colours } from "../output.js";

/** The terminal's colours, for reports. */
export const PAINT: Paint = {
  red: colours.red,
  green: colours.green,
  yellow: colours.yellow,
  dim: colours.dim,
  bold: colours.bold,
};
