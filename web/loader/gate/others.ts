// What else of a page waits, or comes late: marked images, media and style sheets, marked
// templates, and what a released script wrote. Fetched for pages that have any of it.

import type { Rules } from '../markup.js';
import type { Extra, Gate, Listener } from './gate.js';
import { purposesOf } from '../../page/mark.js';
import { teller, tellUnknown, web, type Tell } from './marked.js';
import { dom } from '../../page/dom.js';

/** Runs a script of the page beside it, as one of this type. */
type Run = (script: HTMLScriptElement, type?: string) => Promise<unknown>;

export interface Others {
  readonly gate: Gate;
  readonly run: Run;
  /** Vouches for what the page itself has vouched for. */
  readonly rules: Rules;
}

export function start({ gate, run, rules }: Others): Extra {
  const tell = teller();
  const all = [elements(gate, tell), templates(gate, run, tell, rules)];
  const put: NonNullable<Extra['put']> = async ([script, ...asked]) => {
    const written = asked.filter((one) => !Array.isArray(one));
    const html = written.join('');
    const template = dom.createElement('template');
    // Under Trusted Types, text that nobody vouched for goes by the page's own default policy, as
    // it would have without us.
    const trusted = written.every((one) => one === '' || one === '\n' || typeof one !== 'string');
    template.innerHTML = trusted ? rules.createHTML(html) : html;
    const scripts = [...template.content.querySelectorAll('script')];
    script.after(template.content);
    for (const one of asked) if (Array.isArray(one)) serve(...one);
    // As a parser would: each when the one before has run. From innerHTML none has started.
    for (const one of scripts) {
      // Text that a script writes has the page's word only where it has the page's nonce.
      if (!gate.vouched(one))
        tell(one, 'was written without the nonce of the tag: it does not run.');
      else if (one.isConnected) await run(one, one.type);
      one.type = 'text/plain';
    }
  };
  // Who opens a page to look at it need not press anything to hear of what is seen without a core.
  mistakes(undefined, gate, tell);
  return {
    follow: () => all.forEach((one) => one()),
    put,
    tell: (known) => mistakes(known, gate, tell),
  };
}

/** Calls a listener of an event that came before it did. */
function serve(on: EventTarget, type: string, listener: Listener, options?: unknown): void {
  setTimeout(() => {
    const { once, signal } = Object(options) as AddEventListenerOptions;
    if (!listener || signal?.aborted) return;
    // A page that comes back is shown again.
    if (type === 'pageshow' && !once) on.addEventListener(type, listener, options as boolean);
    const event = type === 'pageshow' ? new PageTransitionEvent(type) : new Event(type);
    // All of them are told of the document.
    Object.defineProperties(event, { target: { value: document }, currentTarget: { value: on } });
    if (typeof listener === 'function') listener.call(on, event);
    else listener.handleEvent?.(event); // a handler may be set to anything
  });
}

/** The attribute by which each loads. */
const LOADS: Readonly<Record<string, string>> = {
  img: 'src',
  source: 'src',
  video: 'src',
  audio: 'src',
  track: 'src',
  embed: 'src',
  object: 'data',
  link: 'href',
};

/** Images, media, style sheets: their address is given and taken away. */
function elements(gate: Gate, tell: Tell): () => void {
  const given = new WeakSet<HTMLElement>();
  const marked = '[data-avow]:not(script,iframe,template,avow-consent)';
  return () => {
    for (const element of dom.querySelectorAll<HTMLElement>(marked)) {
      const { localName, dataset } = element;
      const name = LOADS[localName];
      const written = dataset[name === 'href' ? 'avowHref' : 'avowSrc'];
      if (!name || !written || element.hasAttribute('srcset')) {
        tell(
          element,
          'is not gated: its mark wants one address, in data-avow-src or data-avow-href.',
        );
        continue;
      }
      if (element.hasAttribute('poster'))
        tell(element, 'has a poster, which it loads before anybody is asked.');
      const address = web(written);
      if (!gate.allows(dataset['avow']!)) {
        if (!element.hasAttribute(name)) continue;
        if (!given.has(element))
          tell(element, `has a ${name}, which it loads before anybody is asked.`);
        element.removeAttribute(name);
      } else if (!address || element.getAttribute(name) === address) continue;
      else {
        given.add(element);
        element.setAttribute(name, address);
      }
      // A player looks for its sources only when it is told to.
      const media = element.closest<HTMLMediaElement>('video,audio');
      if (media && localName !== 'track') media.load();
    }
  };
}

/** What is wrong with the marks on the page, one line for each kind and element. */
function mistakes(known: readonly string[] | undefined, gate: Gate, tell: Tell): void {
  for (const one of dom.querySelectorAll<HTMLElement>('[data-avow]')) {
    if (one.localName === 'avow-consent') continue;
    const mark = one.dataset['avow']!;
    const unknown = known && purposesOf(mark).find((purpose) => !known.includes(purpose));
    if (unknown !== undefined) tellUnknown(tell, one, unknown);
    if (one.localName === 'script') {
      if ((one as HTMLScriptElement).type !== 'text/plain')
        tell(one, `for "${mark}" has no type="text/plain": it runs before anybody is asked.`);
      else if (!gate.vouched(one as HTMLScriptElement))
        tell(one, `for "${mark}" has not the nonce of the tag, and does not run.`);
    }
  }
  // Next's <Script>, for example, has the browser fetch ahead what it renders later.
  for (const link of dom.querySelectorAll<HTMLLinkElement>('link[rel=preload]'))
    for (const script of dom.querySelectorAll<HTMLScriptElement>('script[data-avow]'))
      if (script.src && script.src === link.href)
        tell(link, `fetches ${link.href}, which is marked, before anybody is asked.`);
  for (const one of dom.querySelectorAll('*'))
    if (one.localName !== 'avow-consent' && one.shadowRoot?.querySelector('[data-avow]'))
      tell(one, 'has marks in its shadow root, where none is seen: avow-embed works there.');
}

/** The content of a marked template stands after it while its purposes are allowed. */
function templates(gate: Gate, run: Run, tell: Tell, rules: Rules): () => void {
  const shown = new Map<HTMLTemplateElement, ChildNode[]>();
  const ran = new WeakSet<HTMLTemplateElement>();
  return () => {
    for (const [template, nodes] of shown) {
      if (template.isConnected && gate.allows(template.dataset['avow']!)) continue;
      for (const node of nodes) node.remove();
      shown.delete(template);
    }
    const marked = dom.querySelectorAll<HTMLTemplateElement>('template[data-avow]');
    for (const template of marked) {
      const mark = template.dataset['avow']!;
      if (shown.has(template) || !gate.allows(mark)) continue;
      const content = template.content.cloneNode(true) as DocumentFragment;
      const scripts = [...content.querySelectorAll('script')];
      const types = scripts.map((script) => script.type);
      // They run as copies, in order, and as every marked script: vouched for, and once.
      for (const script of scripts) script.type = 'text/plain';
      // Firefox fetches ahead what it takes for the page's own scripts, those in templates too.
      if (content.querySelector('script[src]'))
        tell(template, 'has a script with a src, which may load early: data-avow-src is gated.');
      for (const one of content.querySelectorAll<HTMLElement>('[data-avow-src]:not([data-avow])')) {
        const address = web(one.dataset['avowSrc']!);
        if (!address) continue;
        const script = one.localName === 'script';
        one.setAttribute('src', script ? rules.createScriptURL(address) : address);
      }
      shown.set(template, [...content.childNodes]);
      template.after(content);
      if (ran.has(template)) continue;
      ran.add(template);
      let row: Promise<unknown> = Promise.resolve();
      scripts.forEach((script, i) => {
        row = row.then(async () => {
          if (!gate.vouched(script) || !script.isConnected) return;
          gate.rows.set(mark, gate.rows.get(mark)); // that something of it runs
          await run(script, types[i]);
        });
      });
      row.catch(console.error);
    }
  };
}
