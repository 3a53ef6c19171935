// The notice as a screen reader meets it: what a browser tells assistive technology over AT-SPI,
// the interface of Debian's Orca, and presses that come over it alone. One engine, Firefox, is
// enough to show that names, states and news arrive there.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';

import { names } from './engine.mjs';
import { program } from './engines/program.mjs';
import { said, startSite } from './site.mjs';

const kPatience = 60_000;
const kHelper = fileURLToPath(new URL('assistive.py', import.meta.url));

const kSettings = {
  'accessibility.force_disabled': -1, // that is: enabled, whatever the desktop says
  // A new profile greets with pages of its own, and asks questions.
  'browser.aboutwelcome.enabled': false,
  'browser.newtab.preload': false,
  'browser.preonboarding.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
};

/** A browser that shows this page, and a screen reader beside it. Both end with the test. */
async function startReader(t, url) {
  const folder = await mkdtemp(join(tmpdir(), 'avow-assistive-'));
  const settings = Object.entries(kSettings).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${value});\n`,
  );
  await writeFile(join(folder, 'user.js'), settings.join(''));
  const browser = [program('firefox-esr', 'firefox'), '--no-remote', '--profile', folder, url];
  // Debian's Python has Debian's bindings. Nothing is passed on of a desktop that the test is run
  // from, or the two would read each other's windows.
  const python = program('/usr/bin/python3', 'python3');
  const child = spawn(program('dbus-run-session'), ['--', python, kHelper, ...browser], {
    detached: true, // it leads a process group, which is ended as one
    env: {
      PATH: process.env.PATH,
      LANG: 'C.UTF-8',
      HOME: folder,
      XDG_RUNTIME_DIR: folder,
      GSETTINGS_BACKEND: 'memory',
    },
    stdio: ['pipe', 'ignore', 'pipe', 'pipe'],
  });
  const kill = () => {
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // Everything in it has ended.
    }
  };
  const ended = once(child, 'exit');
  process.on('exit', kill);
  t.after(async () => {
    child.stdin.end();
    await Promise.race([ended, sleep(10_000, null, { ref: false })]);
    kill();
    process.off('exit', kill);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  let trouble = '';
  child.stderr.on('data', (piece) => (trouble = (trouble + piece).slice(-2_000)));
  child.stdin.on('error', () => {}); // told by the answer that does not come
  const answers = createInterface({ input: child.stdio[3] })[Symbol.asyncIterator]();
  return new Reader(async (question) => {
    child.stdin.write(`${question}\n`);
    const silence = sleep(kPatience, { done: true }, { ref: false });
    const { done, value } = await Promise.race([answers.next(), silence]);
    assert.ok(!done, `no answer to "${question}": ${trouble}`);
    return JSON.parse(value);
  });
}

class Reader {
  #ask;
  #news = [];
  /** All words of live regions so far. */
  live = [];

  constructor(ask) {
    this.#ask = ask;
  }

  /** The page from top to bottom, a line for each thing that is said; only those that match. */
  async page(wanted = /^/) {
    const page = await this.#ask('page');
    return (page?.children ?? []).flatMap(spoken).filter((line) => wanted.test(line));
  }

  /** Does what a thing offers first, and gives back what that is called. */
  press(role, name) {
    const find = (node) =>
      roleOf(node) === role && node.name === name
        ? node
        : node.children.reduce((found, child) => found ?? find(child), undefined);
    return until(`the ${role} "${name}"`, async () => {
      const page = await this.#ask('page');
      const found = page && find(page);
      return found && this.#ask(`press ${found.number}`);
    });
  }

  /**
   * Waits for something to be told unasked, later than what was waited for before: where the focus
   * goes, what is ticked, live words.
   */
  hears(line) {
    return until(line, async () => {
      const news = (await this.#ask('news')).map(toldUnasked);
      this.#news.push(...news);
      this.live.push(...news.filter((one) => one.startsWith('polite: ')));
      return this.#news.splice(0, this.#news.indexOf(line) + 1).length > 0;
    });
  }
}

/** Later versions say "button"; what kind of landmark something is, only its HTML role says. */
const roleOf = ({ role, attributes }) =>
  attributes['xml-roles'] ?? (role === 'push button' ? 'button' : role);

/** Of these only their own text is said: the name of one repeats what is in it. */
const kPlain = ['label', 'list', 'list item', 'panel', 'paragraph', 'section'];

function spoken(node) {
  const role = roleOf(node);
  const plain = kPlain.includes(role);
  const text = node.text.replaceAll('\uFFFC', '').trim(); // which stands for what is in it
  const words = plain ? text : node.name || text;
  const is = (state) => node.states.includes(state);
  const line = [
    is('focused') ? '>' : '',
    plain ? '' : role,
    words ? JSON.stringify(words) : '',
    role === 'heading' ? `level ${node.attributes.level}` : '',
    is('checkable') ? (is('checked') ? 'on' : 'off') : '',
    is('expandable') ? (is('expanded') ? 'unfolded' : 'folded') : '',
    is('modal') ? 'modal' : '',
    node.attributes.live ?? '',
    node.description ? `(${JSON.stringify(node.description)})` : '',
  ];
  return [line.filter(Boolean).join(' '), ...node.children.flatMap(spoken)].filter(Boolean);
}

function toldUnasked({ event, on, words, ...thing }) {
  const what = `${roleOf(thing)} ${JSON.stringify(thing.name)}`;
  if (event.startsWith('object:state-changed:focused')) return on ? `focus: ${what}` : '';
  if (event.startsWith('object:state-changed:checked')) return `${on ? 'on' : 'off'}: ${what}`;
  const live = thing.attributes['container-live'];
  return live ? `${live}: ${roleOf(thing)} ${JSON.stringify(words)}` : '';
}

/** Asks until the answer is truthy, and gives it back. */
async function until(what, look) {
  for (const end = Date.now() + kPatience; ; await sleep(50)) {
    const found = await look();
    if (found) return found;
    assert.ok(Date.now() < end, `waited ${kPatience} ms for ${what}`);
  }
}

/** Asks until the answer is this one. */
async function becomes(look, wanted) {
  for (const end = Date.now() + kPatience; ; await sleep(50)) {
    const found = await look();
    if (isDeepStrictEqual(found, wanted)) return;
    if (Date.now() > end) assert.deepEqual(found, wanted);
  }
}

/** The same lines, with the focus on the first that begins so. */
function at(start, lines) {
  const index = lines.findIndex((line) => line.startsWith(start));
  return lines.with(index, `> ${lines[index]}`);
}

const kPage = [
  'button "Count my visits"',
  'button "Use the file abroad"',
  'button "Privacy"',
  'group "Videos"',
  '"A video"',
  '"From Yunmu Video Technology Ltd"',
  '"This stays off until you agree to “Videos”. If you show it, once or always, you agree. You can withdraw your consent at any time."',
  'button "Show once"',
  'button "Always show"',
  'button "Choose one by one"',
  'link "Open on the original site"',
];

const kFirst = [
  'region "Your data, your choice"',
  'heading "Your data, your choice" level 2',
  '"If you agree, Mingyuan Business Services Co., Ltd. uses your data for: Visit statistics, Targeted ads and Videos. Change your mind at any time. Asked separately: Sending enquiries abroad."',
  'button "Refuse"',
  'button "Accept"',
  'button "Choose one by one"',
  'link "Privacy policy"',
];

/** Of a sheet, what it is, how it is divided, and what can be done there. */
const kControls = /^(> )?(dialog|heading|button|check box)/;

const choices = ({ analytics = 'off', marketing = 'off' } = {}) => [
  'dialog "Choose one by one" modal',
  'heading "Choose one by one" level 2',
  'button "Close"',
  'heading "I agree to the use of my data for" level 3',
  `check box "Visit statistics" ${analytics} ("To count visits to our pages and learn what is hard to find or to understand, so that we can improve this website.")`,
  'button "Details: Visit statistics" folded',
  `check box "Targeted ads" ${marketing} ("To show you our advertisements on other websites according to the services you viewed here, and to measure how they perform.")`,
  'button "Details: Targeted ads" folded',
  'check box "Videos" off ("To load and play our explanatory videos, which our processor hosts, inside the page.")',
  'button "Details: Videos" folded',
  'heading "We ask separately" level 3',
  'check box "I agree separately to: Sending enquiries abroad" off ("To register your enquiry in a customer relationship system in Singapore, so that our advisers for cross-border matters can follow up. If you do not agree, we handle your enquiry in our system in mainland China only.")',
  'button "No consent needed" folded',
  'button "What is collected" folded',
  'button "Who receives what" folded',
  'button "Save or print these lists"',
  'button "Who is responsible, and your rights" folded',
  'button "Refuse"',
  'button "Accept"',
  'button "Save my choices"',
];

const kRefused = [
  'dialog "Your choices" modal',
  '> heading "Your choices" level 2',
  'button "Close"',
  '"Nothing that needs your consent is allowed on this device. The device remembers that, and nothing about who you are. If we keep a record of it, the record names nobody."',
  ...['Visit statistics', 'Targeted ads', 'Videos', 'Sending enquiries abroad'].flatMap((title) => [
    JSON.stringify(title),
    '"Off"',
  ]),
];

if (names.includes('firefox'))
  test('what a screen reader is told, and what counts of what it presses', async (t) => {
    const site = await startSite(t);
    const reader = await startReader(t, `${site.url}/pages/host.html`);
    const page = (wanted) => () => reader.page(wanted);

    // The notice comes before the page, says what it is, and takes no focus.
    await becomes(page(), [...kFirst, ...kPage]);

    // The sheet takes the focus, and the page is gone from around it.
    assert.equal(await reader.press('button', 'Choose one by one'), 'press');
    await reader.hears('focus: heading "Choose one by one"');
    await becomes(page(kControls), at('heading "Choose', choices()));
    assert.equal(await reader.press('check box', 'Visit statistics'), 'check');
    await reader.hears('on: check box "Visit statistics"');
    await becomes(page(kControls), at('check box "Visit', choices({ analytics: 'on' })));

    // Closed, it gives the focus back; a tick alone answers nothing.
    assert.equal(await reader.press('button', 'Close'), 'press');
    await reader.hears('focus: button "Choose one by one"');
    await becomes(page(), at('button "Choose', [...kFirst, ...kPage]));
    assert.deepEqual(await site.collector.exported(), []);

    // A refusal: what is left of the notice has the focus, then the news is spoken.
    assert.equal(await reader.press('button', 'Refuse'), 'press');
    await reader.hears('focus: button "Privacy choices"');
    await reader.hears('polite: status "Refused. Saved."');
    await becomes(
      page(/^(?!status)/), // the news does not stay
      at('button "Privacy choices"', [
        'navigation "Privacy choices"',
        'button "Privacy choices"',
        ...kPage,
      ]),
    );

    assert.equal(await reader.press('button', 'Privacy choices'), 'press');
    await reader.hears('focus: heading "Your choices"');
    await becomes(async () => (await reader.page()).slice(0, 12), kRefused);
    assert.equal(await reader.press('button', 'Close'), 'press');
    await reader.hears('focus: button "Privacy choices"');
    assert.equal(await reader.press('button', 'Privacy choices'), 'press');
    await reader.hears('focus: heading "Your choices"');

    // A consent counts only where the browser vouches for each tick and for the press on "save".
    assert.equal(await reader.press('button', 'Change'), 'press');
    await reader.hears('focus: heading "Choose one by one"');
    await becomes(page(kControls), at('heading "Choose', choices()));
    assert.equal(await reader.press('check box', 'Visit statistics'), 'check');
    assert.equal(await reader.press('label', 'Targeted ads'), 'click');
    await reader.hears('on: check box "Targeted ads"');
    assert.equal(await reader.press('button', 'Save my choices'), 'press');
    await reader.hears('focus: button "Privacy choices"');
    await reader.hears('polite: status "Your choices are saved."');
    // Each was said once, though the door came back in between.
    assert.deepEqual(reader.live, [
      'polite: status "Refused. Saved."',
      'polite: status "Your choices are saved."',
    ]);
    assert.deepEqual(
      (await site.arrived(2)).map(({ payload }) => said(payload)),
      [
        {
          control: 'refuse',
          layer: 'first',
          via: 'notice',
          yes: [],
          no: ['analytics', 'marketing', 'video', 'crm'],
        },
        {
          control: 'save',
          layer: 'choices',
          via: 'notice',
          yes: ['analytics', 'marketing'],
          no: ['video', 'crm'],
        },
      ],
    );
    assert.deepEqual(site.hits(), { analytics: 1 });
  });
