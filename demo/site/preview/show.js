// One layer of the notice on a page, as the tool rendered it. The page around this frame says which
// by `show`; within, the controls lead from layer to layer. Nothing is asked and nothing recorded.

const host = document.querySelector('avow-preview');
const root = host.attachShadow({ mode: 'open' });
const read = async (path, as) => (await fetch(path))[as]();

const style = read('/preview/notice.css', 'text').then((css) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  const veil = new CSSStyleSheet();
  veil.replaceSync('.veil{position:fixed;inset:0;background:#0a121b8c}');
  root.adoptedStyleSheets = [veil, sheet];
});
const notices = new Map();
const notice = (language) => {
  if (!notices.has(language))
    notices.set(language, read(`/preview/notices/${language}.json`, 'json'));
  return notices.get(language);
};

const kNext = {
  ...{ choose: 'choices', change: 'choices', open: 'yours', close: 'first' },
  ...{ accept: 'door', refuse: 'door', save: 'door', withdraw: 'door', erase: 'first' },
};

let shown = { language: 'en', layer: 'first' };

/** Shows a layer, or the one that is shown in another language. */
async function show(wanted) {
  shown = { ...shown, ...wanted };
  const { language, layer } = shown;
  const [layers] = await Promise.all([notice(language), style]);
  if (shown.language !== language || shown.layer !== layer) return;
  document.documentElement.lang = language;
  root.innerHTML = layers[layer];
  document.documentElement.dir = root.firstElementChild.dir;
  const sheet = root.querySelector('dialog');
  if (sheet) {
    // Shown without taking the focus from the page around this frame.
    sheet.setAttribute('open', '');
    const veil = document.createElement('div');
    veil.className = 'veil';
    sheet.before(veil);
  }
}

root.addEventListener('click', (event) => {
  const control = event.target.closest('[data-act], a');
  if (!control) return;
  if (control.matches('a')) event.preventDefault();
  const next = kNext[control.dataset.act];
  if (next) show({ layer: next });
});

globalThis.show = show;
