// Plays the film: a clock, the scene that is on, and the hour of the day.

const scenes = [...document.querySelectorAll('main section')];
const lengths = scenes.map((scene) => Number(scene.dataset.seconds));
const whole = lengths.reduce((sum, one) => sum + one, 0);
const button = document.querySelector('footer button');
const bar = document.querySelector('footer ol');

const marks = lengths.map((long, i) => {
  const mark = document.createElement('li');
  mark.style.setProperty('--long', long);
  mark.append(document.createElement('i'));
  mark.addEventListener('click', () => {
    at = lengths.slice(0, i).reduce((sum, one) => sum + one, 0);
    show();
  });
  bar.append(mark);
  return mark.firstChild;
});

let at = 0; // seconds
let before = null; // when the clock was last looked at; null while it stands

function show() {
  let begin = 0;
  for (const [i, long] of lengths.entries()) {
    const done = Math.min(1, Math.max(0, (at - begin) / long));
    marks[i].style.transform = `scaleX(${done})`;
    const last = i === lengths.length - 1;
    scenes[i].toggleAttribute('data-now', at >= begin && (at < begin + long || last));
    begin += long;
  }
  document.documentElement.style.setProperty('--day', at / whole);
}

function label() {
  const { play, pause, again } = button.dataset;
  button.textContent = before !== null ? pause : at >= whole ? again : play;
  document.body.classList.toggle('paused', before === null);
}

function tick(now) {
  if (before === null) return;
  // A hidden tab gives no frames; what it missed is not played in one leap.
  at = Math.min(whole, at + Math.min(0.25, (now - before) / 1000));
  before = at < whole ? now : null;
  show();
  if (before === null) label();
  else requestAnimationFrame(tick);
}

function play() {
  if (at >= whole) at = 0;
  before = performance.now();
  label();
  requestAnimationFrame(tick);
}

button.addEventListener('click', () => {
  if (before === null) return play();
  before = null;
  label();
});

show();
label();
if (!matchMedia('(prefers-reduced-motion: reduce)').matches) play();
