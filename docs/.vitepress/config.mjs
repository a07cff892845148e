import { copyFileSync, readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";

const docs = fileURLToPath(new URL("..", import.meta.url));

const VERIFIER = fileURLToPath(new URL("../../packages/web/dist/verifier.html", import.meta.url));

/** The pages of a folder under their headings. */
const pages = (folder) =>
  readdirSync(`${docs}${folder}`)
    .filter((name) => name.endsWith(".md"))
    .map((name) => {
      const heading = /^# (.*)$/m.exec(readFileSync(`${docs}${folder}/${name}`, "utf8"));
      return { text: heading?.[1] ?? name, link: `/${folder}/${name.slice(0, -3)}` };
    });

const { DOCS_BASE: base = "/", GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = process.env;

/** Links to the repository's other files lead there, where it is known: the site has only docs/. */
function leadOut(md) {
  md.core.ruler.push("lead-out", ({ tokens, env }) => {
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      const href = token.type === "link_open" ? token.attrGet("href") : null;
      if (href === null || /^([a-z]+:|#)/.test(href)) continue;
      const target = posix.join(posix.dirname(env.relativePath ?? ""), href);
      if (target.startsWith("../"))
        token.attrSet("href", `${server}/${repository}/blob/main/${target.slice("../".length)}`);
    }
  });
}

export default {
  base,
  title: "Ksherproof",
  description: "Protocol conformance and signature toolkit for Ksher Gateway Pay's Order Cancel",
  cleanUrls: true,
  rewrites: { "README.md": "index.md" },
  // Without a repository to lead to, as on a machine of one's own, such links stay dead.
  ignoreDeadLinks: [/\.\.\//, /^\.\/\.\./],
  markdown: { html: true, config: (md) => repository && leadOut(md) },
  // The reference is tables: it takes the room of the outline too (theme/wide.css).
  transformPageData({ relativePath, frontmatter }) {
    if (relativePath.startsWith("reference/"))
      Object.assign(frontmatter, { aside: false, pageClass: "reference" });
  },
  // The verifier page stands beside the documentation.
  buildEnd: ({ outDir }) => copyFileSync(VERIFIER, join(outDir, "verifier.html")),
  themeConfig: {
    search: { provider: "local" },
    nav: [{ text: "Verifier", link: "/verifier.html", target: "_self" }],
    sidebar: [
      { text: "Guides", items: pages("guides") },
      { text: "Architecture", link: "/architecture" },
      { text: "Decisions", collapsed: true, items: pages("decisions") },
      { text: "Reference", items: pages("reference") },
      { text: "API", collapsed: true, items: pages("reference/api") },
    ],
  },
};
