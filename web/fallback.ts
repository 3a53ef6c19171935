// What a visitor sees where the core cannot run (no WebAssembly, a missing file): nothing runs, and no can be said. The
// refusal is remembered on the device and carried out by the next page that has a core.

import { keepPress, parsed, pressNow, refusalWaits } from './page.js';

const STYLE = `:host{position:fixed;inset:auto 12px 12px;z-index:2147483000;max-width:30em;padding:14px 18px;border:1px solid;border-radius:10px;
font:16px/1.5 system-ui,sans-serif;color:CanvasText;background:Canvas}p{margin:0 0 10px}button{font:inherit;min-height:44px;min-width:96px}`;

export function showRefusal(host: HTMLElement, name: string, catalog: string): void {
  const texts = parsed<{ language: string; texts: Record<string, string> }>(catalog);
  if (!texts || refusalWaits(name)) return; // no was said: it waits
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  const words = Object.assign(document.createElement('p'), { textContent: texts.texts['yours.none'] ?? '' });
  const refuse = Object.assign(document.createElement('button'), { type: 'button', textContent: texts.texts['act.refuse'] ?? '' });
  refuse.dataset['act'] = 'refuse';
  refuse.onclick = () => {
    keepPress(name, pressNow({ control: 'refuse', layer: '', via: 'notice', trusted: false, selected: [] }));
    host.remove();
  };
  host.lang = texts.language;
  host.setAttribute('role', 'region');
  host.ariaLabel = texts.texts['act.open'] ?? '';
  root.replaceChildren(words, refuse);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  document.body.append(host);
}
