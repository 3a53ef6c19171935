// Follows one answer: what the visitor said, the bytes that left the browser for it, and what the
// company's key makes of them.

import { read } from './read.js';

const kRecord = /\/v1\/records\/([0-9a-f]{64})$/;
const kPause = 300; // milliseconds between two looks at the company's desk
const kLooks = 100;

const latin = (bytes) => String.fromCharCode(...bytes);

/** A record's parts (docs/FORMAT.md): header line, signature line of 89 bytes, age file. */
function parts(bytes) {
  const end = bytes.indexOf(10);
  return { header: JSON.parse(latin(bytes.subarray(0, end))), sealed: bytes.subarray(end + 90) };
}

/** How a sealed part begins: its first lines are text, what follows is not. */
function excerpt(sealed) {
  const text = latin(sealed.subarray(0, 700));
  const stanza = text.indexOf('\n', text.indexOf('->')) + 1;
  return `${text.slice(0, stanza)}${btoa(text.slice(stanza))}…`;
}

export function followAnswer(journey) {
  if (!journey) return;
  const box = (name) => journey.querySelector(`[data-box=${name}]`);
  const [answer, sent, opened] = ['answer', 'sent', 'opened'].map(box);
  const asked = [...answer.querySelectorAll('[data-purpose]')].map((one) => one.dataset.purpose);
  const switched = (root, purpose, on) => {
    root.querySelector(`[data-purpose=${purpose}]`).dataset.is = on ? 'on' : 'off';
  };

  function showAnswer() {
    const { ask, granted } = globalThis.avow.choices;
    answer.dataset.is = ask ? 'none' : 'answered';
    for (const purpose of asked) switched(answer, purpose, granted.includes(purpose));
    if (!ask && sent.dataset.is === undefined) sent.dataset.is = 'earlier';
  }

  const lengths = {};
  function showSent(op, sealed) {
    sent.dataset.is = 'sent';
    sent.querySelector('code').textContent = excerpt(sealed);
    if (op === 'erase') return;
    const yes = asked.some((one) => globalThis.avow.choices.granted.includes(one));
    lengths[yes ? 'yes' : 'no'] = sealed.length;
    const longest = Math.max(...Object.values(lengths));
    for (const [said, length] of Object.entries(lengths)) {
      const row = sent.querySelector(`[data-said=${said}]`);
      row.toggleAttribute('data-known', true);
      row.style.setProperty('--long', length / longest);
      row.querySelector('output').value = `${length.toLocaleString()} ${row.dataset.unit}`;
    }
  }

  function showOpened({ payload }) {
    opened.dataset.is = 'opened';
    for (const { purpose, granted } of payload.answers) switched(opened, purpose, granted);
    const say = (name, text) => {
      opened.querySelector(`[data-of=${name}]`).textContent = text;
    };
    say('control', payload.press.control);
    say('time', payload.created_at);
    say('language', payload.language);
    say('notice', payload.notice ?? '–');
  }

  let latest;
  /** The company's desk lists what it has opened by the first digits of the record's id. */
  async function open(id) {
    opened.dataset.is = 'opening';
    for (let looks = 0; latest === id && looks < kLooks; ++looks) {
      try {
        const { numbers } = await read('/desk.json');
        if (numbers.includes(id.slice(0, 10))) {
          const found = await read(`/opened/${id}.json`);
          if (latest === id) showOpened(found);
          return;
        }
      } catch {
        break;
      }
      await new Promise((done) => setTimeout(done, kPause));
    }
    if (latest === id) opened.dataset.is = 'absent';
  }

  // Every request of the page passes here unchanged; of a record the bytes are looked at.
  const { fetch } = globalThis;
  globalThis.fetch = async (resource, options) => {
    const id = options?.method === 'PUT' && kRecord.exec(String(resource))?.[1];
    const response = fetch(resource, options);
    if (!id) return response;
    const { header, sealed } = parts(options.body);
    showSent(header.op, sealed);
    if ((await response).ok) {
      latest = id;
      if (header.op === 'erase') opened.dataset.is = 'erased';
      else open(id);
    }
    return response;
  };

  document.addEventListener('avow-change', showAnswer);
  document.addEventListener('avow-ready', showAnswer);
  globalThis.avow?.ready.then(showAnswer);
}
