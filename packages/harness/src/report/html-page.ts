/** The style of the HTML report: light and dark, readable on a phone. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --bg: #fff; --fg: #1b1f24; --soft: #57606a; --line: #d0d7de; --panel: #f6f8fa; --good: #1a7f37; --bad: #b3261e; --warn: #9a6700; --off: #656d76; }
@media (prefers-color-scheme: dark) { :root { --bg: #0f1318; --fg: #e6edf3; --soft: #9aa4af; --line: #30363d; --panel: #161b22; --good: #3fb950; --bad: #ff7b72; --warn: #d29922; --off: #8b949e; } }
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; background: var(--bg); color: var(--fg); }
header { padding: 1.5rem clamp(1rem, 4vw, 3rem); border-bottom: 4px solid var(--good); background: var(--panel); }
header.bad { border-color: var(--bad); }
h1 { margin: 0; font-size: 1.4rem; } h1 small { font-weight: 400; color: var(--soft); }
.verdict { font-size: 1.8rem; font-weight: 700; margin: .25rem 0; color: var(--good); } .bad .verdict { color: var(--bad); }
main { padding: 0 clamp(1rem, 4vw, 3rem) 2rem; max-width: 80rem; }
h2 { font-size: 1.1rem; margin-top: 2rem; } h3 { font-size: 1rem; margin: 0 0 .25rem; }
.group { margin: .25rem 0; display: grid; grid-template-columns: 3rem 1fr; line-height: 1.8; } .group div { display: flex; flex-wrap: wrap; gap: .3rem; line-height: 1.5; }
.cell { padding: .15rem .5rem; border-radius: .3rem; text-decoration: none; color: #fff; font-variant-numeric: tabular-nums; }
.cell.pass { background: #1a7f37; } .cell.fail { background: #b3261e; font-weight: 700; } .cell.not_exercised { background: #8a3b00; } .cell.not_supported { background: #57606a; }
.cell:focus-visible { outline: 3px solid var(--warn); }
.filters { display: flex; flex-wrap: wrap; gap: 1rem; margin: 1rem 0; }
article { border: 1px solid var(--line); border-radius: .5rem; padding: 1rem; margin: .75rem 0; overflow-wrap: anywhere; }
article:target { border-color: var(--warn); }
.tag { font-size: .8rem; border: 1px solid; border-radius: 1rem; padding: 0 .6rem; } .tag.pass { color: var(--good); } .tag.fail, .tag.not_exercised { color: var(--bad); } .tag.not_supported { color: var(--off); }
.why { color: var(--soft); margin: 0 0 .5rem; }
.story { padding-left: 1.4rem; } .story li { padding-left: 5.75rem; text-indent: -5.75rem; } .story b { display: inline-block; min-width: 5.5rem; text-indent: 0; } .story .customer { color: var(--warn); } .story .client { color: var(--bad); } .story .gateway { color: var(--good); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; } dt { color: var(--soft); } dd { margin: 0; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--panel); padding: .5rem; border-radius: .3rem; margin: .25rem 0; font-size: .85rem; }
ins { background: color-mix(in srgb, var(--good) 30%, transparent); text-decoration: none; } del { background: color-mix(in srgb, var(--bad) 30%, transparent); text-decoration: none; }
table { border-collapse: collapse; width: 100%; font-size: .85rem; } td, th { text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); padding: .3rem; } .wire { table-layout: fixed; } .wire th:first-child { width: 5.5rem; } .n { white-space: nowrap; text-align: right; }
.control { color: var(--warn); font-size: .75em; } .gaps { columns: 18rem; font-size: .85rem; }
footer { overflow-wrap: anywhere; padding: 1rem clamp(1rem, 4vw, 3rem); color: var(--soft); border-top: 1px solid var(--line); }
`;

/** The script of the HTML report: filters, and a requirement that is linked to is shown whatever the filter says. */
export const PAGE_SCRIPT = `
const boxes = [...document.querySelectorAll('.filters input[type=checkbox]')];
const search = document.querySelector('.filters input[type=search]');
const articles = [...document.querySelectorAll('article')];
const none = document.querySelector('.none');
function apply() {
  const wanted = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
  const word = search.value.trim().toLowerCase();
  let shown = 0;
  for (const article of articles) {
    const linked = '#' + article.id === location.hash;
    const hit = word !== '' ? article.textContent.toLowerCase().includes(word) : wanted.has(article.dataset.verdict);
    article.hidden = !hit && !linked;
    if (!article.hidden) shown += 1;
  }
  none.hidden = shown > 0;
}
for (const box of boxes) box.addEventListener('change', apply);
search.addEventListener('input', apply);
document.querySelector('.filters').addEventListener('submit', (event) => event.preventDefault());
addEventListener('hashchange', () => { apply(); document.getElementById(location.hash.slice(1))?.scrollIntoView(); });
apply();
`;
