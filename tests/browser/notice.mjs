// The notice as a visitor meets it, in each engine.

import { after, describe } from 'node:test';

import { launch, names } from './engine.mjs';

export const kPatience = { timeout: 20_000 };
const kIn = { inShadowOf: 'avow-consent', ...kPatience };

// One browser of a kind for all the files of a process: it takes longer to start than a test.
const engines = new Map();
const engine = (name) => engines.get(name) ?? engines.set(name, launch(name)).get(name);
async function closeEngines() {
  for (const started of engines.values()) await (await started).close();
  engines.clear();
}

/**
 * Runs the same tests in every engine. `visit` opens a page for a visitor nobody has seen before.
 */
export function inEachEngine(tests) {
  after(closeEngines);
  for (const name of names) {
    describe(name, () => {
      tests({
        name,
        async visit(t, url, options) {
          const context = await (await engine(name)).context(options);
          t.after(() => context.close());
          return context.open(url);
        },
      });
    });
  }
}

/** Presses a control of the notice with the mouse. */
export const press = (page, act) => page.click(`[data-act=${act}]`, kIn);
/** Unfolds what holds a control. */
export async function unfold(page, act) {
  const fold = `details:has([data-act=${act}])`;
  const unfolded = () =>
    page.evaluate(
      (of) => document.querySelector('avow-consent').shadowRoot.querySelector(of)?.open,
      fold,
    );
  // A click may come as the layer does, and be lost.
  for (let tries = 0; tries < 3 && !(await unfolded()); tries++)
    await page.click(`${fold}>summary`, kIn);
}
/** Unfolds all that the notice shows. */
export const unfoldAll = (page) =>
  page.evaluate(() => {
    for (const fold of document
      .querySelector('avow-consent')
      .shadowRoot.querySelectorAll('details'))
      fold.open = true;
  });

/** What the file holds that hands the visitor their key: their identity, what erases, records. */
export async function keyFile(page) {
  await page.evaluate(() => {
    const { createObjectURL } = URL;
    URL.createObjectURL = (blob) => {
      URL.createObjectURL = createObjectURL;
      blob.text().then((text) => (globalThis.handedKey = JSON.parse(text)));
      return createObjectURL.call(URL, blob);
    };
  });
  await page.evaluate(() => avow.open());
  await shows(page, 'yours');
  await unfold(page, 'key');
  await press(page, 'key');
  const file = await page.waitFor(() => globalThis.handedKey, kPatience);
  await press(page, 'close');
  return file;
}
export const tick = (page, purpose) => page.click(`input[data-purpose=${purpose}]`, kIn);

/** Waits until the notice shows this layer. */
export const shows = (page, layer) =>
  page.waitFor(
    (wanted) =>
      document.querySelector('avow-consent')?.shadowRoot?.querySelector('[data-layer]')?.dataset
        .layer === wanted,
    { ...kPatience, args: [layer] },
  );

/** What the notice says in one of its slots. */
export const slot = (page, name) =>
  page.evaluate(
    (wanted) =>
      document.querySelector('avow-consent').shadowRoot.querySelector(`[data-slot=${wanted}]`)
        ?.textContent ?? null,
    name,
  );
export const slotSays = (page, name, text) =>
  page.waitFor(
    (wanted, words) =>
      document.querySelector('avow-consent').shadowRoot.querySelector(`[data-slot=${wanted}]`)
        ?.textContent === words,
    { ...kPatience, args: [name, text] },
  );

/** The layer that is shown now, or null. */
export const layer = (page) =>
  page.evaluate(
    () =>
      document.querySelector('avow-consent')?.shadowRoot?.querySelector('[data-layer]')?.dataset
        .layer ?? null,
  );

/** Waits for the gate to be set, and gives the choices that hold. */
export const ready = (page) => page.waitFor(() => globalThis.avow?.ready, kPatience);
export const choices = (page) => page.evaluate(() => avow.choices);

/** Waits until the last record has come this far. */
export const reaches = (page, delivery) =>
  page.waitFor((wanted) => globalThis.avow?.choices.delivery === wanted && avow.choices, {
    ...kPatience,
    args: [delivery],
  });

/** Purposes of the demo company that need no consent. */
export const kNeedless = ['service', 'security', 'records'];
/** Purposes that run because somebody said so. */
export const granted = async (page) =>
  (await ready(page), await choices(page)).granted
    .filter((purpose) => !kNeedless.includes(purpose))
    .toSorted();

/** Waits until exactly these purposes run. */
export const runs = (page, ...purposes) =>
  page
    .waitFor(
      (wanted, needless) =>
        globalThis.avow?.choices.granted
          .filter((one) => !needless.includes(one))
          .toSorted()
          .join() === wanted,
      { ...kPatience, args: [purposes.toSorted().join(), kNeedless] },
    )
    .catch(async (error) => {
      const { errors } = (await seen(page).catch(() => null)) ?? {};
      throw new Error(`${error.message}; the page has told: ${JSON.stringify(errors)}`);
    });

/** What watch.js noted. */
export const seen = (page) => page.evaluate(() => globalThis.seen);

/** Goes to another page of the site and waits for its gate. */
export async function moveOn(page, url) {
  await page.goto(url);
  await ready(page);
}

/** Asks for the records to be deleted, as a page offers it: the notice's own control does it. */
export async function erase(page) {
  await page.evaluate(() => avow.erase());
  await shows(page, 'yours');
  await press(page, 'erase');
  await shows(page, 'door');
}

/** Waits until nothing is left to be sent. */
export const sent = (page) =>
  page.waitFor(() => localStorage.getItem('avow:waiting') === null, kPatience);

/** A first visit's answer; then the next page, once that has arrived and the device knows it. */
export async function answered(site, page, act) {
  await press(page, act);
  await site.arrived(1);
  await sent(page);
  await moveOn(page, `${site.url}/pages/host.html`);
}

/** Run on a page: leaves no room in localStorage. */
export const fillLocalStorage = () => {
  for (let size = 1 << 22, n = 0; size >= 1; ) {
    try {
      localStorage.setItem(`filler ${n++}`, 'x'.repeat(size));
    } catch {
      size >>= 1;
    }
  }
};

/** Everything that this origin keeps on the device, bytes as hex. */
export const everythingStored = (page) =>
  page.evaluate(async () => {
    const hex = (bytes) => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
    const plain = (value) =>
      JSON.parse(
        JSON.stringify(value, (_, one) => (one instanceof Uint8Array ? hex(one) : one)) ?? 'null',
      );
    const asked = (request) =>
      new Promise((resolve, reject) =>
        Object.assign(request, {
          onsuccess: () => resolve(request.result),
          onerror: () => reject(request.error),
        }),
      );
    const out = {
      local: { ...localStorage },
      session: { ...sessionStorage },
      cookies: document.cookie,
      databases: {},
    };
    const all = indexedDB.databases
      ? (await indexedDB.databases()).map((one) => one.name)
      : ['avow'];
    for (const name of all) {
      const database = await asked(indexedDB.open(name));
      const tables = (out.databases[name] = {});
      for (const table of database.objectStoreNames) {
        const store = database.transaction(table).objectStore(table);
        const [keys, values] = await Promise.all([
          asked(store.getAllKeys()),
          asked(store.getAll()),
        ]);
        tables[table] = keys.map((key, i) => [key, plain(values[i])]);
      }
      database.close();
    }
    return out;
  });

/** Waits until the database keeps a table's rows, [[key, value], ...], as `isSo` wants them. */
export const keeps = async (page, table, isSo) => {
  let rows;
  for (let tries = 0; tries < 200; ++tries) {
    rows = (await everythingStored(page)).databases.avow[table];
    if (isSo(rows)) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`waited for ${isSo}: the table ${table} keeps ${JSON.stringify(rows)}`);
};

/**
 * The marks by which tabs know that a press was carried out are gone: they hold its moment, and do
 * not stay.
 */
export const forgotten = (page) =>
  keeps(page, 'state', (rows) => rows.every(([key]) => key === 'now'));

/** Makes the device forget this origin, as a visitor who clears the site's data would. */
export const forget = (page) =>
  page.evaluate(async () => {
    localStorage.clear();
    sessionStorage.clear();
    const all = indexedDB.databases
      ? (await indexedDB.databases()).map((one) => one.name)
      : ['avow'];
    for (const name of all) {
      await new Promise((resolve, reject) =>
        Object.assign(indexedDB.deleteDatabase(name), {
          onsuccess: resolve,
          onerror: reject,
          onblocked: resolve,
        }),
      );
    }
  });
