// One layer of the notice on a page, as the tool rendered it. The page around this frame says which
// by `show`; within, the controls lead from layer to layer. Nothing is asked and nothing recorded.

const host = document.querySelector('avow-preview');
const root = host.attachShadow({ mode: 'open' });
const read = async (path, as) => (await fetch(path))[as]();

const loaded = new Map();
const once = (path, as) => {
  if (!loaded.has(path)) loaded.set(path, read(path, as));
  return loaded.get(path);
};
const veil = new CSSStyleSheet();
veil.replaceSync('.veil{position:fixed;inset:0;background:#0a121b8c}');
async function styled(look) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(await once(`/preview/${look}.css`, 'text'));
  return sheet;
}

const kNext = {
  ...{ choose: 'choices', open: 'choices', close: 'first' },
  ...{ accept: 'door', refuse: 'door', save: 'door', withdraw: 'door' },
};

let shown = { language: 'en', layer: 'first', look: 'card.comfortable' };

/** Shows a layer, or the one that is shown in another language or look. */
async function show(wanted) {
  shown = { ...shown, ...wanted };
  const { language, layer, look } = shown;
  const now = shown;
  const [layers, sheet] = await Promise.all([
    once(`/preview/notices/${language}.json`, 'json'),
    styled(look),
  ]);
  if (shown !== now) return; // something else is wanted by now
  root.adoptedStyleSheets = [veil, sheet];
  document.documentElement.lang = language;
  root.innerHTML = layers[layer];
  document.documentElement.dir = root.firstElementChild.dir;
  const dialog = root.querySelector('dialog');
  if (dialog) {
    // Shown without taking the focus from the page around this frame.
    dialog.setAttribute('open', '');
    const behind = document.createElement('div');
    behind.className = 'veil';
    dialog.before(behind);
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
