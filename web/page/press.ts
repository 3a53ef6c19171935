// What a page that asks has need of besides the loader, fetched as soon as its notice stands,
// before anybody can have read: what weighs a press (whether the notice was to be seen, whether an
// event of the host's is a visitor's click), when the core comes, and the room that the notice
// takes.

export { attend } from './attend.js';
export { freshClick } from './click.js';
export { keepClear } from './room.js';
export { stood } from './seen.js';
