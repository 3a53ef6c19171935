// The page that every competitor stands on, and the words that every notice shows. This file
// imports nothing, so that a competitor's own bundle may import it too.

/** What the notice says: Avow's words, given to the peers so that all lay out as much text. */
export const words = {
  title: 'Your data, your choice',
  text:
    'If you agree, Mingyuan Business Services uses your data for: Visit statistics and ' +
    'Targeted ads. Change your mind at any time.',
  accept: 'Accept',
  refuse: 'Refuse',
  choose: 'Choose one by one',
  save: 'Save my choices',
  rules: '/privacy.html',
};

/** The two purposes that are asked for. */
export const purposes = [
  {
    id: 'statistics',
    title: 'Visit statistics',
    description:
      'To count visits to our pages and learn what is hard to find or to understand, so that we ' +
      'can improve this website.',
  },
  {
    id: 'marketing',
    title: 'Targeted ads',
    description:
      'To show you our advertisements on other websites according to the services you viewed ' +
      'here, and to measure how they perform.',
  },
];

/** The gated script of a purpose: it notes when it first ran, by the page's clock. */
export const gated = (purpose) => `(self.ran??={}).${purpose}??=performance.now()`;

const style = `body{margin:0;font:16px/1.5 sans-serif;color:#223}header,main,footer{max-width:60rem;
margin:0 auto;padding:1rem}main{min-height:100vh}nav a{margin-right:1rem}
h1{font-size:2.2rem;line-height:1.2}
ul{display:grid;grid-template-columns:repeat(3,1fr);gap:1rem;padding:0;list-style:none}
li{padding:1rem;background:#eef2f6}footer{color:#567}`;

const services = [
  [
    'Registration',
    'Name, articles, registration, seals, bank account and taxes: every document in one list.',
  ],
  [
    'Transfer',
    'Due diligence, contract, change of registration, and a plan for handing over customer files.',
  ],
  [
    'Closing',
    'Liquidation group, notice to creditors, tax clearance, and proof of what became of the data.',
  ],
];

/**
 * A whole page: `head` stands at the end of <head>, `first` and `last` at both ends of <body>.
 */
export function document({ head = '', first = '', last = '' } = {}) {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Mingyuan Business Services</title>
<link rel="icon" href="data:,">
<style>${style}</style>
${head}
</head>
<body>
${first}
<header><nav>
<a href="#services">Services</a><a href="#steps">Steps</a><a href="#contact">Contact</a>
</nav></header>
<main>
<h1>Every step of your company, clear from the first day.</h1>
<p>From the name to the last tax return, one adviser stays with you. What it costs, how long it
takes and which papers it needs is written down before you sign.</p>
<h2 id="services">How a company begins, changes hands and ends</h2>
<ul>
${services.map(([title, text]) => `<li><h3>${title}</h3><p>${text}</p></li>`).join('\n')}
</ul>
<h2 id="steps">Four steps</h2>
<p>You tell us what you plan. We write an offer with every price in it. You bring the papers of the
list; we do the rest, and you can follow it day by day. At the end you receive a file with each
decision, each receipt, and the dates to keep in mind.</p>
<h2 id="contact">Talk to us</h2>
<p>We answer within one working day.</p>
</main>
<footer><p>Mingyuan Business Services</p></footer>
${last}
</body>
</html>
`;
}

/** The page without a notice, its two scripts not gated: a notice's bytes are counted over it. */
export const bare = document({
  last: purposes.map(({ id }) => `<script>${gated(id)}</script>`).join('\n'),
});
