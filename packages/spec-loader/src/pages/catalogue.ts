import type { Requirement, Specs } from "../model.js";
import { links, pageTop, sentence, table } from "./markdown.js";

const GROUPS: Readonly<Record<string, string>> = {
  SIG: "Canonical text and signature",
  REQ: "The request",
  RSP: "What the client makes of a cancel answer",
  QRY: "The signed query answer",
  CXL: "Cancel semantics over an order's life",
  RTY: "Retrying",
  WHK: "The webhook",
  SEC: "Hardening",
};

/** docs/reference/requirements.md: every requirement, with why, sources and doubt. */
export function requirementsPage({ requirements }: Specs): string {
  const parts = [
    pageTop(
      "Requirements",
      "specs/requirements",
      "Each is one sentence with an id that is never reused. Basis: *stated* by the documentation, *observed* in production messages or SDKs, *inferred*, or *hardening*, which is this project's own and never part of the documented verdict. What covers each is in [traceability.md](traceability.md).",
    ),
  ];
  let group = "";
  for (const one of requirements) {
    if (one.group !== group) parts.push(`## ${one.group}: ${GROUPS[one.group] ?? "Others"}\n`);
    group = one.group;
    parts.push(entry(one));
  }
  return parts.join("\n");
}

function entry({ id, level, basis, held, text, why, sources, doubt }: Requirement): string {
  return [
    `### ${id}\n`,
    `**${level}**, ${basis}, held: ${held.join(" and ")}. ${sentence(text)}\n`,
    `*Why:* ${sentence(why)}\n`,
    ...(doubt === undefined ? [] : [`*Doubt:* ${sentence(doubt)}\n`]),
    `*Sources:* ${sources.map((name) => `[${name}](sources.md)`).join(", ")}.\n`,
  ].join("\n");
}

/** docs/reference/sources.md. */
export function sourcesPage({ sources }: Specs): string {
  const rows = sources.map(({ id, kind, title, where, recorded, worth }) => [
    `\`${id}\``,
    kind,
    title,
    where.startsWith("https:") ? `<${where}>` : `\`${where}\``,
    recorded,
    worth,
  ]);
  return [
    pageTop(
      "Sources",
      "specs/sources.yaml",
      "Where each fact comes from, and the day on which it was taken down.",
    ),
    table(["id", "kind", "title", "where", "recorded", "worth"], rows),
  ].join("\n");
}

/** docs/reference/doubts.md. */
export function doubtsPage({ doubts }: Specs): string {
  const parts = doubts.map(({ id, title, says, tolerant, strict, sources, requirements }) =>
    [
      `## ${id}: ${title}\n`,
      `${says}\n`,
      `- **Decision (tolerant, the default):** ${tolerant}`,
      `- **Strict:** ${strict}`,
      `- Sources: ${sources.join(", ")}. Requirements: ${links(requirements)}.\n`,
    ].join("\n"),
  );
  const about =
    "Where the documentation contradicts itself, its own SDKs or its own messages, and what this project decided. `ksherproof validate --strict` takes the strict reading.";
  return [pageTop("Doubts and decisions", "specs/doubts.yaml", about), ...parts].join("\n");
}
