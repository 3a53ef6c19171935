// The visitor's records as a page to read, to print and to keep.

import type { Export } from '../public/types.js';

/** What a receipt says in the visitor's language, by catalog key, and what it names. */
export interface ReceiptWords {
  readonly [key: string]: string | Readonly<Record<string, string>>;
  readonly titles: Readonly<Record<string, string>>;
}

interface Opened {
  readonly number: string;
  readonly id: string;
  readonly opened?: {
    readonly kind: string;
    readonly created_at: string;
    readonly notice: string | null;
    readonly policy: string;
    readonly answers: readonly { readonly purpose: string; readonly granted: boolean }[];
  };
}

const escaped = (text: unknown): string =>
  String(text).replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

const STYLE = `body{font:16px/1.6 system-ui,sans-serif;max-width:40em;margin:40px auto;padding:0 20px;
color:#16202b}section{border-top:1px solid #c9d1d9;margin-top:24px}li{display:flex;gap:16px;
justify-content:space-between;padding:6px 0}ul{list-style:none;padding:0}dl{display:grid;
grid-template-columns:auto 1fr;gap:4px 16px}dt{color:#44525f}dd{margin:0;overflow-wrap:anywhere}
section{break-inside:avoid}`;

/** The records as a page to read, to print and to keep; the newest first. */
export function receipt(
  { records }: Pick<Export, 'records'>,
  words: ReceiptWords,
  language: string,
): string {
  const word = (key: string): string => escaped(words[key]);
  const when = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'long' });
  const row = (label: string, value: string): string => `<dt>${label}</dt><dd>${value}</dd>`;
  const sections = (records as readonly Opened[])
    .filter(({ opened }) => opened)
    .map(({ number, id, opened }) => {
      const { created_at, notice, policy, answers } = opened!;
      const given = answers.map(
        ({ purpose, granted }) =>
          `<li><span>${escaped(words.titles[purpose] ?? purpose)}</span><b>` +
          `${word(granted ? 'yours.yes' : 'yours.no')}</b></li>`,
      );
      return (
        `<section><h2>${escaped(when.format(new Date(created_at)))}</h2>` +
        `<ul>${given.join('')}</ul><dl>${row(word('yours.number'), `${escaped(number)}<br>${escaped(id)}`)}` +
        `${row(word('yours.text'), escaped(notice ?? policy))}</dl></section>`
      );
    })
    .reverse();
  return (
    `<!doctype html><html lang="${escaped(language)}" dir="${word('direction')}"><meta charset="utf-8">` +
    `<title>${word('receipt.title')}</title><style>${STYLE}</style><h1>${word('receipt.title')}</h1>` +
    `<p>${word('controller')}</p><p>${word('receipt.intro')}</p>${sections.join('')}</html>`
  );
}
