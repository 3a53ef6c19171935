// The page about looks: what is chosen goes to the preview, to this page's own notice, and into the
// style sheet to copy.

import { openPreview } from './preview.js';

const kThemes = {
  hills: ['#17231f', '#424f49', '#ffffff', '#dcd9cc', '#12463f', '#f6f3ea', '#12564c', 10, 0],
  paper: ['#16202b', '#4a5866', '#ffffff', '#c9d1d9', '#1d4f91', '#ffffff', '#1d4f91', 6, 0],
  blossom: ['#3a1524', '#6a3c4f', '#fff7f9', '#f0cfd9', '#a3184f', '#ffffff', '#8f1546', 22, 2],
  sea: ['#e8f1f5', '#a9c3cf', '#0d2430', '#294757', '#7fd4e8', '#04212b', '#8fdcee', 14, 0],
  ink: ['#111111', '#404040', '#fbfaf6', '#111111', '#111111', '#fbfaf6', '#111111', 0, 1],
};
const kColours = ['ink', 'soft', 'paper', 'line', 'fill', 'on-fill', 'link'];

const form = document.querySelector('#theme');
const code = document.querySelector('#css');
const here = document.querySelector('#here');
const frame = document.querySelector('#preview');
const glass = frame.parentElement;
const field = (name) => form.elements[`--avow-${name}`];

/** What the fields say, as the custom properties of the notice; '' where it keeps its own. */
const chosen = () => ({
  ...Object.fromEntries(kColours.map((name) => [`--avow-${name}`, field(name).value])),
  '--avow-radius': `${field('radius').value}px`,
  '--avow-font': field('font').value,
});

function take(name) {
  const values = kThemes[name];
  for (const [i, colour] of kColours.entries()) field(colour).value = values[i];
  field('radius').value = values[kColours.length];
  field('font').selectedIndex = values[kColours.length + 1];
}

/** WCAG 2.2: relative luminance and contrast. */
function luminance(colour) {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const preview = await openPreview(frame);

function apply() {
  const properties = chosen();
  preview.set(properties);
  const { style } = document.documentElement;
  for (const [name, value] of Object.entries(properties)) {
    if (here.checked && value !== '') style.setProperty(name, value);
    else style.removeProperty(name);
  }
  const [layout, density] = ['layout', 'density'].map((name) => form.elements[name].value);
  preview.show({ look: `${layout}.${density}` });
  document.querySelector('#look').textContent = JSON.stringify({ look: { layout, density } });
  const lines = Object.entries(properties).filter(([, value]) => value !== '');
  code.textContent = `:root {\n${lines.map(([name, value]) => `  ${name}: ${value};`).join('\n')}\n}`;
  for (const row of document.querySelectorAll('[data-pair]')) {
    const [one, other] = row.dataset.pair.split(' ').map((name) => properties[name]);
    const ratio = contrast(one, other);
    row.querySelector('output').value = ratio.toFixed(1);
    row.toggleAttribute('data-low', ratio < 4.5);
  }
}

function showLayer() {
  glass.dataset.screen = document.querySelector('#screen').value;
  preview.show({
    language: frame.dataset.language,
    layer: document.querySelector('#layer').value,
  });
}

for (const button of form.querySelectorAll('[data-preset]')) {
  const [, , paper, , fill] = kThemes[button.dataset.preset];
  button.firstElementChild.style.background = `linear-gradient(135deg, ${fill} 50%, ${paper} 50%)`;
  button.addEventListener('click', () => {
    take(button.dataset.preset);
    apply();
  });
}
form.addEventListener('input', apply);
for (const one of ['#layer', '#screen'])
  document.querySelector(one).addEventListener('change', showLayer);
document.querySelector('#reset').addEventListener('click', () => {
  take('hills');
  apply();
});
const copy = document.querySelector('#copy');
copy.addEventListener('click', async () => {
  const before = copy.textContent;
  await navigator.clipboard.writeText(code.textContent);
  copy.textContent = copy.dataset.done;
  setTimeout(() => {
    copy.textContent = before;
  }, 2000);
});

take('hills');
showLayer();
apply();
