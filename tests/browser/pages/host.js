// The site's own controls: each passes on the real event that it got. What came of it is kept for
// the test.
globalThis.outcomes = [];
const told = (promise) =>
  promise.then(
    (choices) => outcomes.push(choices.granted),
    (error) => outcomes.push(error.code ?? String(error)),
  );
document
  .querySelector('#allow')
  .addEventListener('click', (event) => told(avow.grant('analytics', event)));
document
  .querySelector('#allow-abroad')
  .addEventListener('click', (event) => told(avow.grant(['crm'], event)));
