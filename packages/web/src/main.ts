// The one script of the page: in the window it draws, in the worker (which is this same text) it computes.
import { startPage } from "./page/page.js";
import { startWorker } from "./worker/worker.js";

if (typeof document === "undefined") {
  startWorker(globalThis as unknown as Parameters<typeof startWorker>[0]);
} else {
  startPage(document.currentScript?.textContent ?? "");
}
