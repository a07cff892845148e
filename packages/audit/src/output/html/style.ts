/** The style of the page: light and dark, readable on a phone and on paper. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --bg: #fff; --fg: #1b1f24; --soft: #57606a; --line: #d0d7de; --panel: #f6f8fa; --good: #1a7f37; --bad: #b3261e; --warn: #9a6700; --off: #656d76;
  --paid: #2da44e; --refunded: #8250df; --open: #9fb8d6; --closed: #6e7781; --cancelled: #e0913a; --refused: #c4623d; --failed: #cf222e; }
@media (prefers-color-scheme: dark) { :root { --bg: #0f1318; --fg: #e6edf3; --soft: #9aa4af; --line: #30363d; --panel: #161b22; --good: #3fb950; --bad: #ff7b72; --warn: #d29922; --off: #8b949e;
  --paid: #3fb950; --refunded: #a371f7; --open: #4a6484; --closed: #8b949e; --cancelled: #e3a04f; --refused: #d9744c; --failed: #f85149; } }
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; background: var(--bg); color: var(--fg); }
header { padding: 1.5rem clamp(1rem, 4vw, 3rem); border-bottom: 4px solid var(--good); background: var(--panel); }
header.error { border-color: var(--bad); } header.warning { border-color: var(--warn); }
h1 { margin: 0; font-size: 1rem; font-weight: 600; color: var(--soft); }
.verdict { font-size: clamp(1.3rem, 3vw, 1.9rem); font-weight: 700; margin: .25rem 0 0; color: var(--good); text-wrap: balance; }
.error .verdict { color: var(--bad); } .warning .verdict { color: var(--warn); }
main { padding: 0 clamp(1rem, 4vw, 3rem) 2rem; max-width: 84rem; margin: auto; }
h2 { font-size: 1.15rem; margin: 2.2rem 0 .6rem; } h3 { font-size: 1rem; margin: 0; overflow-wrap: anywhere; } h3 small { font-weight: 400; color: var(--soft); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .75rem; margin-top: 1.25rem; }
.tile { border: 1px solid var(--line); border-radius: .6rem; padding: .7rem .9rem; background: var(--panel); }
.tile b { display: block; font-size: 1.45rem; font-variant-numeric: tabular-nums; line-height: 1.2; overflow-wrap: anywhere; } .tile span { color: var(--soft); font-size: .85rem; }
.tile.money { grid-column: span 2; } .tile.bad b { color: var(--bad); } .tile.good b { color: var(--good); }
figure { margin: 0 0 1rem; border: 1px solid var(--line); border-radius: .6rem; padding: .8rem 1rem .3rem; }
figcaption { display: flex; flex-wrap: wrap; gap: .3rem 1.5rem; justify-content: space-between; margin-bottom: .4rem; }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1rem; font-size: .85rem; color: var(--soft); font-variant-numeric: tabular-nums; } .legend b { color: var(--fg); font-weight: 600; }
.dot { display: inline-block; width: .7rem; height: .7rem; border-radius: .2rem; margin-right: .35rem; }
svg { display: block; width: 100%; height: auto; } svg g:hover rect { opacity: .75; }
.grid { stroke: var(--line); stroke-width: 1; } .axis { fill: var(--soft); font-size: 11px; }
.valid, .paid { fill: var(--paid); } .invalid, .failed { fill: var(--failed); } .missing, .cancelled { fill: var(--cancelled); } .refunded { fill: var(--refunded); } .open { fill: var(--open); } .closed { fill: var(--closed); } .cancel-refused { fill: var(--refused); } .none { fill: var(--bg); stroke: var(--off); stroke-width: 2; }
.valid-dot, .paid-dot { background: var(--paid); } .invalid-dot, .failed-dot { background: var(--failed); } .missing-dot, .cancelled-dot { background: var(--cancelled); } .refunded-dot { background: var(--refunded); } .open-dot { background: var(--open); } .closed-dot { background: var(--closed); } .cancel-refused-dot { background: var(--refused); }
.kinds td:nth-child(2) { width: 40%; } .kinds svg { height: 14px; } .kinds rect { rx: 3px; } .fill-error { fill: var(--bad); } .fill-warning { fill: var(--warn); } .fill-note { fill: var(--off); }
article { border: 1px solid var(--line); border-radius: .6rem; padding: .9rem 1rem; margin: .75rem 0; } article p { margin: .3rem 0 .4rem; }
.scroll { overflow-x: auto; } svg.life { width: auto; max-width: none; min-width: 0; }
.link { stroke: var(--line); stroke-width: 2; } .ring { fill: none; stroke: var(--fg); stroke-width: 1.5; stroke-dasharray: 3 3; }
.says { fill: var(--fg); font-size: 12px; font-weight: 600; } .when, .gap { fill: var(--soft); font-size: 11px; font-variant-numeric: tabular-nums; }
.stake { color: var(--bad); font-variant-numeric: tabular-nums; }
.tag { font-size: .78rem; border: 1px solid; border-radius: 1rem; padding: 0 .55rem; white-space: nowrap; } .tag.error { color: var(--bad); } .tag.warning { color: var(--warn); } .tag.note { color: var(--off); }
.filters { display: flex; flex-wrap: wrap; gap: .6rem 1.2rem; align-items: center; margin: .6rem 0; } .filters input[type=search], .filters select { font: inherit; padding: .3rem .6rem; border: 1px solid var(--line); border-radius: .4rem; background: var(--bg); color: var(--fg); }
.filters input[type=search] { flex: 1 1 16rem; }
table { border-collapse: collapse; width: 100%; font-size: .88rem; } td, th { text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); padding: .35rem .5rem .35rem 0; overflow-wrap: anywhere; }
th { color: var(--soft); font-weight: 600; } .n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; } code { font-size: .85em; overflow-wrap: anywhere; }
.order { min-width: 8.5rem; } .where { min-width: 15rem; } .where .soft { white-space: nowrap; } .soft { color: var(--soft); } footer { padding: 1rem clamp(1rem, 4vw, 3rem); color: var(--soft); border-top: 1px solid var(--line); font-size: .88rem; }
[hidden] { display: none !important; }
@media (max-width: 45rem) { main { padding-inline: .8rem; } figure { overflow-x: auto; } figure svg { min-width: 46rem; } figcaption { position: sticky; left: 0; }
  .listed thead { display: none; } .listed :is(tbody, tr, td) { display: block; } :is(.listed, .kinds) tr { border-bottom: 1px solid var(--line); padding: .45rem 0; } :is(.listed, .kinds) td { border: 0; padding: .1rem 0; } .listed td:empty { display: none; }
  .named thead { display: none; } .named :is(tbody, tr) { display: block; } .named tr { border-bottom: 1px solid var(--line); padding: .45rem 0; } .named td { display: flex; gap: .6rem; border: 0; padding: .1rem 0; text-align: left; } .named td:empty { display: none; } .named td::before { content: attr(data-name); flex: 0 0 5rem; color: var(--soft); }
  .kinds tr { display: flex; flex-wrap: wrap; align-items: baseline; gap: .1rem .6rem; } .kinds td:nth-child(2) { width: auto; flex: 1 1 6rem; align-self: center; } .kinds td:last-child { flex-basis: 100%; } }
@media print { .filters { display: none; } article, figure { break-inside: avoid; } }
`;

/** The script of the page: a chart that is too wide is scrolled to its first bar, and the filters over the list of findings. Without it the whole list is there. */
export const PAGE_SCRIPT = `
for (const figure of document.querySelectorAll('figure')) {
  const bar = figure.querySelector('rect');
  if (bar) figure.scrollLeft = bar.getBoundingClientRect().left - figure.getBoundingClientRect().left - 80;
}
const form = document.querySelector('.filters');
if (form) {
  const rows = [...document.querySelectorAll('tr[data-kind]')];
  const none = document.querySelector('.nothing');
  const apply = () => {
    const word = form.word.value.trim().toLowerCase();
    const kind = form.kind.value;
    const levels = new Set([...form.querySelectorAll('input[type=checkbox]:checked')].map((box) => box.value));
    let shown = 0;
    for (const row of rows) {
      const hit = levels.has(row.dataset.level) && (kind === '' || row.dataset.kind === kind) && row.textContent.toLowerCase().includes(word);
      row.hidden = !hit;
      shown += hit ? 1 : 0;
    }
    none.hidden = shown > 0;
  };
  form.hidden = false;
  form.addEventListener('input', apply);
  form.addEventListener('submit', (event) => event.preventDefault());
}
`;
