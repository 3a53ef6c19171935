// The page about languages: a list of all that there are, and the notice in the one that is chosen.

import { openPreview } from './preview.js';
import { read } from './read.js';

const list = document.querySelector('#languages');
const find = document.querySelector('#find');
const layer = document.querySelector('#layer');
const { own } = list.dataset;
const inOwn = new Intl.DisplayNames([own], { type: 'language' });

const [preview, languages] = await Promise.all([
  openPreview(document.querySelector('#preview')),
  read('/preview/languages.json'),
]);

// In the colours that this site gave its own notice.
const site = getComputedStyle(document.documentElement);
const kColours = ['ink', 'soft', 'paper', 'line', 'fill', 'on-fill', 'link'];
preview.set(
  Object.fromEntries(
    kColours.map((name) => [`--avow-${name}`, site.getPropertyValue(`--avow-${name}`)]),
  ),
);

let chosen = own;
function show() {
  preview.show({ language: chosen, layer: layer.value });
  for (const button of list.querySelectorAll('button'))
    button.setAttribute('aria-pressed', button.value === chosen);
}

for (const { language, direction, name } of languages) {
  const item = document.createElement('li');
  const button = document.createElement('button');
  button.type = 'button';
  button.value = language;
  const itself = document.createElement('b');
  itself.lang = language;
  itself.dir = direction;
  itself.textContent = name;
  const told = document.createElement('span');
  told.textContent = inOwn.of(language);
  button.append(itself, told);
  button.addEventListener('click', () => {
    chosen = language;
    show();
  });
  item.append(button);
  list.append(item);
}

function count() {
  const wanted = find.value.trim().toLocaleLowerCase(own);
  let found = 0;
  for (const item of list.children) {
    const text = `${item.textContent} ${item.firstChild.value}`.toLocaleLowerCase(own);
    item.hidden = !text.includes(wanted);
    found += item.hidden ? 0 : 1;
  }
  document.querySelector('#count').value = found;
}
find.addEventListener('input', count);
layer.addEventListener('change', show);
count();
show();
