// What scripts/false-alarms.mjs needs, in one file.
export { atOnce, complaints, hold } from "./hold.js";
export { STYLES } from "./styles.js";
