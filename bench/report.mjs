// From samples to figures, and from figures to a table, a document and a chart.

/** The q-th quantile, between neighbours in proportion. */
function quantile(values, q) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * q;
  const below = sorted[Math.floor(at)];
  return below + (sorted[Math.ceil(at)] - below) * (at - Math.floor(at));
}

const spread = (values) => ({
  median: quantile(values, 0.5),
  q1: quantile(values, 0.25),
  q3: quantile(values, 0.75),
  min: Math.min(...values),
  max: Math.max(...values),
});

/** One entry a competitor; the first of them is the static banner, and the others' measure. */
export function summary(competitors) {
  const results = competitors.map(({ name, label, inline, samples }) => {
    const of = (pick) => spread(samples.map(pick));
    return {
      name,
      label,
      shown: of(({ shown }) => shown),
      reaction: of(({ reaction }) => reaction),
      firstKB: of(({ firstBytes }) => (firstBytes + inline) / 1_000),
      againKB: of(({ againBytes }) => (againBytes + inline) / 1_000),
      sentKB: of(({ sentBytes }) => sentBytes / 1_000),
      returned: of(({ returned }) => returned),
      shift: of(({ shift }) => shift),
      mainThread: of(({ mainThread }) => mainThread),
      samples,
    };
  });
  const [base] = results;
  for (const result of results) {
    result.shownTimes = result.shown.median / base.shown.median;
    result.returnedTimes = result.returned.median / base.returned.median;
    result.reactionOver = result.reaction.median - base.reaction.median;
    result.mainThreadOver = result.mainThread.median - base.mainThread.median;
  }
  return results;
}

const whole = (value) => String(Math.round(value));
const tenths = (value) => value.toFixed(1);
const range = ({ median, q1, q3 }, text = whole) => `${text(median)} (${text(q1)}–${text(q3)})`;
/** A layout shift that is nothing at all is written so; a small one is not rounded to it. */
const shiftText = ({ max }) => (max === 0 ? '0' : max.toFixed(max < 0.001 ? 5 : 3));

const kColumns = [
  ['', ({ label }) => label],
  ['notice visible, ms', ({ shown }) => range(shown)],
  ['× static', ({ shownTimes }) => shownTimes.toFixed(2)],
  ['press → script, ms', ({ reaction }) => range(reaction, tenths)],
  ['over static, ms', ({ reactionOver }) => tenths(reactionOver)],
  ['first visit, KB', ({ firstKB }) => tenths(firstKB.median)],
  ['return, KB', ({ againKB }) => tenths(againKB.median)],
  ['return → script, ms', ({ returned }) => range(returned)],
  ['× static', ({ returnedTimes }) => returnedTimes.toFixed(2)],
  ['layout shift', ({ shift }) => shiftText(shift)],
  ['main thread over static, ms', ({ mainThreadOver }) => whole(mainThreadOver)],
];

const rows = (results) => [
  kColumns.map(([head]) => head),
  ...results.map((result) => kColumns.map(([, cell]) => cell(result))),
];

/** For a terminal. */
export function table({ results }) {
  const all = rows(results);
  const widths = kColumns.map((_, i) => Math.max(...all.map((row) => row[i].length)));
  return all
    .map((row) =>
      row.map((cell, i) => (i ? cell.padStart(widths[i]) : cell.padEnd(widths[i]))).join('  '),
    )
    .join('\n');
}

const megabits = ({ downloadThroughput }) => (downloadThroughput * 8) / 1_000_000;

/** docs/PERFORMANCE.md. */
export function markdown(report) {
  const { browser, load, machine, made, network, results, rounds, slowdown } = report;
  const [head, ...body] = rows(results);
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const sent = results.find(({ name }) => name === 'avow').sentKB.median;
  return `<!-- Written by bench/run --write: change bench/report.mjs, not this file. -->
# What a notice costs a page

![Notice visible and kilobytes of a first visit, side by side](pictures/performance.svg)

${line(head)}
|---${'|--:'.repeat(head.length - 1)}|
${body.map(line).join('\n')}

Medians of ${rounds} rounds, with quartiles in brackets; layout shift is the worst of all rounds.
Made on ${made} with ${browser} on ${machine}; the machine's load was ${tenths(load[0])} at the
start and ${tenths(load[1])} at the end. Compare within the table, not with other tables.
\`bench/run --write\` makes it anew.

## How it is measured

Everything runs in one Chromium, its CPU slowed down ${slowdown} times, its network held to
${megabits(network)} Mbit/s with ${network.latency} ms before each answer. Each round visits every
competitor once and begins with another one. Every first visit has a fresh profile; the return has
that profile's storage and an empty cache. A local server sends files compressed with brotli's best.
All pages have the same body, ask for the same two purposes (Avow's policy, the demo's, has two
more) with notices of about the same words, and mark the same two inline scripts each in its tool's
own way.

- **static banner**: markup, style and a few lines of script in the page itself. It is the physical
  limit; it keeps no record and is not a consent tool.
- **Avow** is what \`avow build\` makes of \`demo/policy.json\`: by one tag, and with the notice in
  the page. It alone seals, signs and stores a record of the press; the others store a cookie or an
  entry of localStorage.
- **the peers** are set up as their own documentation says, with the files their packages ship. Only
  c15t is bundled, as its package asks, together with React; it runs in its offline mode, which asks
  no server. vanilla-cookieconsent's hiding from driven browsers is switched off.

What the columns say:

- **notice visible**: from the start of navigation until the main thread has finished the first
  frame in which at least half of the accept button is in the viewport, with a size and an opacity
  above 0.
- **press → script**: a mouse press on Accept, once the page has asked for nothing for a second:
  from the release of the button to the first line of the gated script. That script is inline, so
  the network has no part in it. The browser's own way from there to a click is in it, for all; over
  static it is not.
- **first visit**: all that the tool loads, before and after the press, and what it adds to the page
  itself. What is sent is not in it (Avow: ${tenths(sent)} KB).
- **return**: the same for a visitor who has answered; **return → script** is the time from the
  start of navigation to the first line of the gated script.
- **layout shift**: the sum of all shifts before the press.
- **main thread**: CPU time of the page's main thread, slowed down, until all is loaded, over the
  static banner's.

KB are 1,000 bytes, without response headers.
`;
}

/** docs/pictures/performance.svg: two columns of bars, lower is better. */
export function chart({ results }) {
  const width = 900;
  const label = 220;
  const row = 30;
  const top = 44;
  const gap = 60;
  const panel = (width - label - gap - 20) / 2;
  const panels = [
    { title: 'Notice visible, ms', value: ({ shown }) => shown.median, text: whole },
    { title: 'First visit, KB', value: ({ firstKB }) => firstKB.median, text: tenths },
  ];
  const height = top + row * results.length + 12;
  const colour = ({ name }) =>
    name.startsWith('avow') ? '#1f6f54' : name === 'static' ? '#9aa4ae' : '#c08a3e';
  const parts = results.map(
    ({ label: text }, i) =>
      `<text x="${label - 10}" y="${top + row * i + 19}" text-anchor="end">${text}</text>`,
  );
  panels.forEach(({ title, value, text }, p) => {
    const x = label + p * (panel + gap);
    const most = Math.max(...results.map(value));
    parts.push(`<text x="${x}" y="28" font-weight="bold">${title}</text>`);
    results.forEach((result, i) => {
      const long = Math.max(1, (value(result) / most) * (panel - 40));
      const y = top + row * i;
      parts.push(
        `<rect x="${x}" y="${y + 4}" width="${tenths(long)}" height="20" rx="2" ` +
          `fill="${colour(result)}"/>`,
        `<text x="${tenths(x + long + 6)}" y="${y + 19}">${text(value(result))}</text>`,
      );
    });
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img"
  aria-label="Notice visible and kilobytes of a first visit" font-family="sans-serif" font-size="14"
  fill="#1c252d">
<rect width="${width}" height="${height}" fill="#fff"/>
${parts.join('\n')}
</svg>
`;
}
