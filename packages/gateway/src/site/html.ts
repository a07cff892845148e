/** Markup that is safe as it stands. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** Builds markup: values are escaped, markup and lists of markup are not, null and false leave nothing. */
export function html(
  parts: TemplateStringsArray,
  ...values: readonly (string | number | Markup | readonly Markup[] | null | false)[]
): Markup {
  let text = parts[0] ?? "";
  values.forEach((value, at) => {
    text += written(value) + (parts[at + 1] ?? "");
  });
  return new Markup(text);
}

function written(value: string | number | Markup | readonly Markup[] | null | false): string {
  if (value === null || value === false) return "";
  if (value instanceof Markup) return value.text;
  if (typeof value === "object") return value.map(({ text }) => text).join("");
  return String(value).replace(/[&<>"']/g, (unit) => ESCAPES[unit] ?? unit);
}

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** A whole page: styles and script of ours, nothing from anywhere else. */
export function page(title: string, lang: string, kind: string, body: Markup): string {
  return html`<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/site.css">
<script type="module" src="/assets/live.js"></script>
</head>
<body class="${kind}">
${body}
</body>
</html>
`.text;
}
