// What the lean loader fetches when there is more to do than to apply a verdict.

export { start } from './run.js';
