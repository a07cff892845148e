import type { Specs } from "../model.js";
import { links, pageTop, table } from "./markdown.js";

/** docs/reference/codes.md: codes, results and outcomes. */
export function codesPage({ codes, outcomes }: Specs): string {
  const parts = [
    pageTop(
      "Codes, results and outcomes",
      "specs/codes.yaml and specs/outcomes.yaml",
      "The code decides, never the text beside it (RSP-004). *Final* says whether asking again could give another answer.",
    ),
  ];
  for (const [endpoint, rows] of Object.entries(codes.endpoints)) {
    parts.push(`## ${endpoint}\n`);
    parts.push(
      table(
        ["code", "outcome", "meaning", "documented text", "final", "what to do", "requirements"],
        rows.map((row) => [
          String(row.code),
          `\`${row.outcome}\``,
          row.meaning,
          row.documented,
          row.final ? "yes" : "no",
          row.act,
          links(row.requirements),
        ]),
      ),
    );
  }
  parts.push("## result, in the signed data of a query answer\n");
  parts.push(
    table(
      ["result", "outcome", "meaning", "final", "what to do", "requirements"],
      codes.results.map((row) => [
        `\`${row.result}\``,
        `\`${row.outcome}\``,
        row.meaning,
        row.final ? "yes" : "no",
        row.act,
        links(row.requirements),
      ]),
    ),
  );
  for (const [operation, rows] of Object.entries(outcomes.operations)) {
    parts.push(`## Outcomes of ${operation}\n`);
    parts.push(
      table(
        ["outcome", "meaning", "what to do"],
        rows.map(({ outcome, means, act }) => [`\`${outcome}\``, means, act]),
      ),
    );
  }
  return parts.join("\n");
}

/** docs/reference/states.md: the order machine, with its diagram. */
export function statesPage({ states }: Specs): string {
  return [
    pageTop("The life of an order", "specs/states.yaml", ABOUT),
    "![The states of an order, and the events between them](../assets/order-states.svg)\n",
    "Blue: the payment link takes payments. Grey: it is closed. Green: money was taken. `ksherproof spec states --mermaid` prints the machine as text.\n",
    "## States\n",
    table(
      ["state", "meaning", "link", "paid", "cancel answers", "query answers", "requirements"],
      states.states.map((row) => [
        `\`${row.state}\``,
        row.means,
        row.link,
        row.paid ? "yes" : "no",
        withSetting(String(row.cancel), row.cancel_setting),
        withSetting(row.result, row.result_setting),
        links(row.requirements),
      ]),
    ),
    "## Events\n",
    table(
      ["event", "by", "meaning", "needs"],
      states.events.map(({ event, actor, means, needs }) => [`\`${event}\``, actor, means, needs]),
    ),
    "## Transitions\n",
    table(
      ["event", "from", "to", "requirements"],
      states.transitions.map(({ event, from, to, setting, requirements }) => [
        `\`${event}\``,
        from.join(", "),
        withSetting(to === "same" ? "the same state" : to, setting),
        links(requirements),
      ]),
    ),
  ].join("\n");
}

const ABOUT =
  "What is not in the table of transitions may not happen. Where sources leave an answer open, the default is given with the setting of the simulator that decides otherwise.";

function withSetting(text: string, setting: string | null): string {
  return setting === null ? text : `${text} (setting \`${setting}\`)`;
}
