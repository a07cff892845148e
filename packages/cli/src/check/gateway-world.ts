import { spawn } from "node:child_process";
import { EnvironmentError, UsageError } from "@ksherproof/core";
import {
  type GatewayWorld,
  PREPARED_STATES,
  type PreparedOrders,
  type PreparedState,
  splitCommandLine,
} from "@ksherproof/harness";

/** The customers of a simulated gateway, over its control API: `POST <control>/orders/<number>/<act>`. */
export function controlWorld(control: string): GatewayWorld {
  return {
    async act(order, act) {
      const url = `${control.replace(/\/$/, "")}/orders/${encodeURIComponent(order)}/${act}`;
      let answer: Response;
      try {
        answer = await fetch(url, { method: "POST" });
      } catch (cause) {
        const why = ((cause as Error).cause as Error | undefined)?.message ?? (cause as Error).message;
        throw new EnvironmentError(
          "control_unreachable",
          `The control API does not answer: ${url}: ${why}.`,
          {
            cause,
          },
        );
      }
      if (answer.status === 200) return true;
      if (answer.status === 409) return false;
      throw new EnvironmentError(
        "control_answer",
        `The control API answered ${url} with HTTP ${answer.status}: ${(await answer.text()).slice(0, 200)}`,
      );
    },
  };
}

/** The customers of any gateway, over a command of the tester: `<command> <act> <order>`; exit code 0 done, 1 refused. */
export function hookWorld(line: string): GatewayWorld {
  const [program, ...args] = splitCommandLine(line);
  return {
    act: (order, act) =>
      new Promise((resolve, reject) => {
        const broken = (why: string, cause?: unknown): void =>
          reject(new EnvironmentError("hook", `The hook broke at ${act} ${order}: ${why}.`, { cause }));
        const child = spawn(program, [...args, act, order], { stdio: ["ignore", "ignore", "inherit"] });
        child.on("error", (error) => broken(error.message, error));
        child.on("close", (code) => {
          if (code === 0 || code === 1) resolve(code === 0);
          else broken(`expected exit code 0 (done) or 1 (refused), found ${code}`);
        });
      }),
  };
}

/** Orders of `--orders open=A1,paid=B1,paid=B2`. Throws `UsageError` for a state that there is not. */
export function preparedOrders(text: string): PreparedOrders {
  const found: Partial<Record<PreparedState, string[]>> = {};
  for (const pair of text.split(",")) {
    const at = pair.indexOf("=");
    const state = PREPARED_STATES.find((one) => one === pair.slice(0, Math.max(0, at)).trim());
    const order = pair.slice(at + 1);
    if (!state || order === "")
      throw new UsageError(
        "orders_form",
        `--orders: expected state=number, found ${JSON.stringify(pair)}; states are ${PREPARED_STATES.join(", ")}.`,
      );
    found[state] = [...(found[state] ?? []), order];
  }
  return found;
}
