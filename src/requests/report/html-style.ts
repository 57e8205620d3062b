/** Styles of the report, in light and dark as the reader's system prefers. They load nothing. */
export const htmlStyle = `
:root {
  color-scheme: light dark;
  --text: #1f2328; --dim: #59636e; --line: #d1d9e0; --back: #ffffff; --panel: #f6f8fa;
  --good: #1a7f37; --bad: #cf222e; --odd: #9a6700;
}
@media (prefers-color-scheme: dark) {
  :root {
    --text: #e6edf3; --dim: #9198a1; --line: #3d444d; --back: #0d1117; --panel: #151b23;
    --good: #3fb950; --bad: #ff7b72; --odd: #d29922;
  }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 1.5rem; color: var(--text); background: var(--back);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
h1 { font-size: 1.4rem; margin: 0 0 .25rem; }
h2 { font-size: 1.05rem; margin: 2rem 0 .5rem; overflow-wrap: anywhere; }
p { margin: .25rem 0; }
.dim { color: var(--dim); }
.counts { display: flex; flex-wrap: wrap; gap: .5rem; padding: 0; margin: .75rem 0 0; list-style: none; }
.counts li { border: 1px solid var(--line); border-radius: 1rem; padding: .1rem .75rem; }
.passed { color: var(--good); }
.failed, .error { color: var(--bad); }
.skipped, .cancelled { color: var(--odd); }
table { width: 100%; border-collapse: collapse; }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-top: 1px solid var(--line);
  overflow-wrap: anywhere; }
thead th { border-top: 0; color: var(--dim); font-weight: 600; }
.status { width: 7rem; font-weight: 600; }
.number { width: 6rem; white-space: nowrap; }
.dialect { width: 7rem; white-space: nowrap; }
tr.about > td { border-top: 0; padding: 0 0 .75rem 7rem; }
.differences { background: var(--panel); border: 1px solid var(--line); border-radius: .375rem; margin: .25rem 0;
  width: auto; min-width: 50%; }
.differences th, .differences td { padding: .25rem .75rem; }
.differences th { white-space: nowrap; }
.differences td { min-width: 7rem; }
code, pre { font: 13px/1.45 ui-monospace, "Cascadia Code", Menlo, Consolas, monospace; }
pre { background: var(--panel); border: 1px solid var(--line); border-radius: .375rem; margin: .25rem 0; padding: .5rem .75rem;
  overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
details { margin: .25rem 0; }
summary { cursor: pointer; color: var(--dim); }
@media (max-width: 40rem) { tr.about > td { padding-left: 0; } .dialect { display: none; } }
`;
