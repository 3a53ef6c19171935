// What a visitor sees where the core cannot run (no WebAssembly, a missing file, no policy):
// nothing runs, and no can be said. The refusal is remembered on the device and carried out by the
// next page that has a core.

import { keepPress, keys, memory, parsed, pressNow, refusalWaits, type Verdict } from './page.js';

// The notice's own hooks for colours, with its plainest look.
const STYLE = `:host{position:fixed;inset:auto 12px 12px;z-index:2147483000;max-width:30em;padding:14px 18px;border:1px solid var(--avow-line,GrayText);
border-radius:var(--avow-radius,10px);font:16px/1.5 var(--avow-font,system-ui,sans-serif);color:var(--avow-ink,CanvasText);background:var(--avow-paper,Canvas)}
p{margin:0 0 10px}button{font:inherit;font-weight:600;min-height:44px;min-width:96px;border:0;border-radius:var(--avow-radius,10px);
color:var(--avow-on-fill,Canvas);background:var(--avow-fill,CanvasText);cursor:pointer}:focus-visible{outline:3px solid var(--avow-link,Highlight);outline-offset:2px}`;

interface Catalog {
  readonly language: string;
  readonly texts: Readonly<Record<string, string>>;
}

/** The catalog's own words, for where it did not arrive either. */
const SPARE = {
  en: {
    'fallback.text':
      'Privacy choices could not be loaded. Nothing that needs your consent is running; you can refuse here.',
    'act.refuse': 'Refuse',
    'act.open': 'Privacy choices',
  },
  'zh-CN': {
    'fallback.text': '隐私选择未能加载。须经您同意的处理均未启动，您可以在此拒绝。',
    'act.refuse': '拒绝',
    'act.open': '隐私选择',
  },
};

function spare(): Catalog {
  const { lang } = document.querySelector<HTMLScriptElement>('script[data-policy]')?.dataset ?? {};
  const language = /^zh/i.test(lang || document.documentElement.lang || navigator.language)
    ? 'zh-CN'
    : 'en';
  return { language, texts: SPARE[language] };
}

/** `catalog`: its text, or an empty one. */
export function showRefusal(host: HTMLElement, name: string, catalog: string): void {
  const { verdict } = keys(name);
  // no was said already
  if (refusalWaits(name) || parsed<Verdict>(memory.get(verdict))?.withdrawable === false) return;
  const own = parsed<Partial<Catalog>>(catalog);
  const { language, texts } = own?.texts ? (own as Catalog) : spare();
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  const words = Object.assign(document.createElement('p'), {
    textContent: texts['fallback.text'] ?? '',
  });
  const refuse = Object.assign(document.createElement('button'), {
    type: 'button',
    textContent: texts['act.refuse'] ?? '',
  });
  refuse.dataset['act'] = 'refuse';
  refuse.onclick = () => {
    // first, as the loader does: a full storage has room for the press then, and other tabs hear of
    // it
    memory.remove(verdict);
    keepPress(
      name,
      pressNow({ control: 'refuse', layer: '', via: 'notice', trusted: false, selected: [] }),
    );
    host.remove();
  };
  host.lang = language;
  host.setAttribute('role', 'region');
  host.ariaLabel = texts['act.open'] ?? '';
  root.replaceChildren(words, refuse);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  document.body.append(host);
}
