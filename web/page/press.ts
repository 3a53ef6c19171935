// What weighs a press: whether the notice was to be seen, and whether an event of the host's is a
// visitor's click; and what the notice needs of the page that it stands on. A page that shows its notice fetches it at once, before anybody can have read.

export { freshClick } from './click.js';
export { keepClear } from './room.js';
export { stood } from './stood.js';
