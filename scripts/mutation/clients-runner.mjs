// A test runner for Stryker: the cases of clients.ts in one process that is loaded once. A run of vitest for each mutant
// takes seconds before the first client is called; a client takes some hundredths of one.
import { createViteServer } from "vitest/node";

const NAMESPACE = "__stryker__";

class ClientsRunner {
  async init() {
    // A mutant may leave a promise behind that nobody waits for: what it spoils, a case says.
    process.on("unhandledRejection", () => undefined);
    process.on("uncaughtException", () => undefined);
    this.state = globalThis[NAMESPACE] ??= {};
    this.vite = await createViteServer({
      configFile: "vitest.config.ts",
      logLevel: "error",
      optimizeDeps: { noDiscovery: true, include: [] },
      server: { middlewareMode: true, watch: null, hmr: false, ws: false },
    });
    const { clientCases } = await this.vite.ssrLoadModule("/scripts/mutation/clients.ts");
    this.cases = clientCases(process.env.KSHERPROOF_MUTATION_CLIENTS.split(","));
  }

  capabilities() {
    return { reloadEnvironment: false };
  }

  async dryRun() {
    const tests = [];
    for (const { name, run } of this.cases) {
      this.state.currentTestId = name;
      const began = performance.now();
      const message = await failureOf(run);
      const about = { id: name, name, fileName: "scripts/mutation/clients.ts" };
      const timeSpentMs = performance.now() - began;
      tests.push(
        message === null
          ? { ...about, timeSpentMs, status: 0 }
          : { ...about, timeSpentMs, status: 1, failureMessage: message },
      );
    }
    this.state.currentTestId = undefined;
    return { status: "complete", tests, mutantCoverage: this.state.mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit }) {
    Object.assign(this.state, { activeMutant: activeMutant.id, hitCount: hitLimit && 0, hitLimit });
    let nrOfTests = 0;
    try {
      for (const { name, run } of this.cases) {
        if (testFilter && !testFilter.includes(name)) continue;
        nrOfTests += 1;
        const failureMessage = await failureOf(run);
        if (this.state.hitCount > hitLimit) return { status: "timeout", reason: "it went round too often" };
        if (failureMessage !== null) return { status: "killed", killedBy: [name], failureMessage, nrOfTests };
      }
      return { status: "survived", nrOfTests };
    } finally {
      this.state.activeMutant = undefined;
    }
  }

  async dispose() {
    await this.vite?.close();
  }
}

/** What a case rejects with; null where it holds. */
async function failureOf(run) {
  try {
    await run();
    return null;
  } catch (error) {
    return String(error?.message ?? error);
  }
}

export const strykerPlugins = [{ kind: "TestRunner", name: "clients", injectableClass: ClientsRunner }];
