import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const docs = fileURLToPath(new URL("..", import.meta.url));

/** The pages of a folder under their headings. */
const pages = (folder) =>
  readdirSync(`${docs}${folder}`)
    .filter((name) => name.endsWith(".md"))
    .map((name) => {
      const heading = /^# (.*)$/m.exec(readFileSync(`${docs}${folder}/${name}`, "utf8"));
      return { text: heading?.[1] ?? name, link: `/${folder}/${name.slice(0, -3)}` };
    });

export default {
  title: "Ksherproof",
  description: "Protocol conformance and signature toolkit for Ksher Gateway Pay's Order Cancel",
  cleanUrls: true,
  rewrites: { "README.md": "index.md" },
  // The pages link to files of the repository too, which the site does not have.
  ignoreDeadLinks: [/\.\.\//, /^\.\/\.\./],
  markdown: { html: true },
  themeConfig: {
    search: { provider: "local" },
    sidebar: [
      { text: "Guides", items: pages("guides") },
      { text: "Architecture", link: "/architecture" },
      { text: "Decisions", collapsed: true, items: pages("decisions") },
      { text: "Reference", items: pages("reference") },
      { text: "API", collapsed: true, items: pages("reference/api") },
    ],
  },
};
