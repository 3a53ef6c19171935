// The page about looks: what is chosen goes to the preview, to this page's own notice, and into the
// style sheet to copy.

import { openPreview } from './preview.js';

const kColours = ['ink', 'soft', 'paper', 'line', 'fill', 'on-fill', 'link'];
/** Of each theme its colours in light and in dark, its corners, and which of the fonts. */
const kThemes = {
  hills: {
    light: ['#17231f', '#424f49', '#ffffff', '#dcd9cc', '#12463f', '#f6f3ea', '#12564c'],
    dark: ['#ecefe9', '#b4c0b9', '#1b2421', '#3a4541', '#a8d5c6', '#0d2620', '#a8d5c6'],
    radius: 10,
    font: 0,
  },
  paper: {
    light: ['#16202b', '#4a5866', '#ffffff', '#c9d1d9', '#1d4f91', '#ffffff', '#1d4f91'],
    dark: ['#e8edf2', '#c9d1d9', '#161c23', '#44525f', '#a9cbf5', '#16202b', '#a9cbf5'],
    radius: 6,
    font: 0,
  },
  blossom: {
    light: ['#3a1524', '#6a3c4f', '#fff7f9', '#f0cfd9', '#a3184f', '#ffffff', '#8f1546'],
    dark: ['#fbe9ef', '#dcb8c5', '#2a141c', '#5a3342', '#f4a9c4', '#35101f', '#f4a9c4'],
    radius: 22,
    font: 3,
  },
  sea: {
    light: ['#0d2430', '#3c5765', '#f2f9fb', '#c3dbe4', '#0b5468', '#ffffff', '#0b5468'],
    dark: ['#e8f1f5', '#a9c3cf', '#0d2430', '#294757', '#7fd4e8', '#04212b', '#8fdcee'],
    radius: 14,
    font: 0,
  },
  ink: {
    light: ['#111111', '#404040', '#fbfaf6', '#111111', '#111111', '#fbfaf6', '#111111'],
    dark: ['#f4f2ea', '#c4c2ba', '#141413', '#f4f2ea', '#f4f2ea', '#141413', '#f4f2ea'],
    radius: 0,
    font: 2,
  },
};

const form = document.querySelector('#theme');
const code = document.querySelector('#css');
const here = document.querySelector('#here');
const frame = document.querySelector('#preview');
const glass = frame.parentElement;
const field = (name) => form.elements[`--avow-${name}`];

/** The colours as they were chosen, in light and in dark. */
let colours;
const scheme = () => form.elements.scheme.value;
const both = (name) => [colours.light[name], colours.dark[name]];

/** What the fields say, as the custom properties of the notice; '' where it keeps its own. */
function chosen() {
  const painted = kColours.map((name) => {
    const [light, dark] = both(name);
    return [`--avow-${name}`, light === dark ? light : `light-dark(${light}, ${dark})`];
  });
  return {
    ...Object.fromEntries(painted),
    '--avow-radius': `${field('radius').value}px`,
    '--avow-font': field('font').value,
  };
}

function showColours() {
  for (const name of kColours) field(name).value = colours[scheme()][name];
}

function take(name) {
  const { light, dark, radius, font } = kThemes[name];
  const named = (values) => Object.fromEntries(kColours.map((one, i) => [one, values[i]]));
  colours = { light: named(light), dark: named(dark) };
  field('radius').value = radius;
  field('font').selectedIndex = font;
  showColours();
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
  preview.set({ ...properties, 'color-scheme': scheme() });
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
    const [one, other] = row.dataset.pair
      .split(' ')
      .map((name) => both(name.slice('--avow-'.length)));
    const ratio = Math.min(...one.map((colour, i) => contrast(colour, other[i])));
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
  const [, , paper, , fill] = kThemes[button.dataset.preset].light;
  button.firstElementChild.style.background = `linear-gradient(135deg, ${fill} 50%, ${paper} 50%)`;
  button.addEventListener('click', () => {
    take(button.dataset.preset);
    apply();
  });
}
form.addEventListener('input', ({ target }) => {
  if (target === form.elements.scheme) showColours();
  else if (target.type === 'color')
    colours[scheme()][target.name.slice('--avow-'.length)] = target.value;
  apply();
});
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
