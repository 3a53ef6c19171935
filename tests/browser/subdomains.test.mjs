// The sub-domains that a policy names ask once for all of them: what is said on one holds on the
// others, and a no is heard there as soon as a yes.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { inEachEngine, kPatience, layer, press, ready, runs, seen, shows } from './notice.mjs';
import { startSite } from './site.mjs';

const kCookie = 'shop_choice';
const on = (site, host, path = '/pages/host.html') => {
  const url = new URL(path, site.url);
  url.hostname = host;
  return url.href;
};
const told = (page) =>
  page.evaluate(
    (name) =>
      document.cookie
        .split('; ')
        .find((one) => one.startsWith(`${name}=`))
        ?.slice(name.length + 1) ?? null,
    kCookie,
  );
/** What runs may run before the others are told. */
const tells = async (page) => {
  await page.waitFor((name) => document.cookie.includes(`${name}=`), {
    ...kPatience,
    args: [kCookie],
  });
  return told(page);
};

inEachEngine(({ name, visit: visitAs }) => {
  // Firefox and WebKit take no cookies for a name under localhost; Chromium knows no other of this
  // machine.
  const domain = name === 'chromium' ? 'shop.localhost' : 'shop.test';
  const [kA, kB] = [`www.${domain}`, `help.${domain}`];
  const policy = (authored) => {
    authored.site = domain;
    authored.subdomains = { domain, cookie: kCookie };
  };
  // In WebKit it is the proxy that finds them, which stands there for the sake of a script.
  const visit = (t, url) => visitAs(t, url, name === 'webkit' ? { javascript: ' ' } : {});

  test('a yes on one holds on the others, and a no takes it back on all', async (t) => {
    const site = await startSite(t, { policy });
    const page = await visit(t, on(site, kA));
    await press(page, 'accept');
    await runs(page, 'analytics', 'marketing', 'video');
    const text = await tells(page);
    assert.match(text, /^2\.n\.\d+~/);

    // The other one asks nobody: nothing of a question is ever shown.
    await page.goto(on(site, kB));
    await runs(page, 'analytics', 'marketing', 'video');
    await shows(page, 'door');
    assert.equal(await page.evaluate(() => avow.choices.ask), false);
    assert.equal(await page.evaluate(() => avow.choices.number), null, 'its record is elsewhere');
    assert.equal(await told(page), text);
    // From then on the loader's own verdict does.
    site.asked.length = 0;
    await page.reload();
    await runs(page, 'analytics', 'marketing', 'video');
    assert.ok(!site.asked.some((path) => /core/.test(path)), 'the core is fetched once');

    await press(page, 'withdraw');
    await runs(page);
    await page.waitFor((before) => !document.cookie.includes(before), {
      ...kPatience,
      args: [text],
    });
    await page.goto(on(site, kA));
    await ready(page);
    await runs(page);
    assert.equal(await page.evaluate(() => avow.choices.ask), false);
    await press(page, 'open');
    await shows(page, 'yours');
    assert.deepEqual((await seen(page)).errors, []);
  });

  for (const declared of [false, true])
    test(`a withdrawal on one clears what the others keep${declared ? ', with head.html' : ''}`, async (t) => {
      const site = await startSite(t, {
        policy: (authored) => {
          policy(authored);
          authored.stored = [
            { purpose: 'analytics', cookies: ['_st'], local_storage: ['stats:*'] },
          ];
        },
      });
      if (declared) site.declare();
      const page = await visit(t, on(site, kA));
      await press(page, 'accept');
      await runs(page, 'analytics', 'marketing', 'video');
      await tells(page);
      await page.goto(on(site, kB));
      await runs(page, 'analytics', 'marketing', 'video');
      await page.evaluate(() => {
        document.cookie = '_st=1';
        for (const key of ['stats:id', 'cart']) localStorage.setItem(key, '1');
      });
      const before = await told(page);
      await page.goto(on(site, kA));
      await runs(page, 'analytics', 'marketing', 'video');
      await shows(page, 'door');
      await press(page, 'withdraw');
      await runs(page);
      await page.waitFor((text) => !document.cookie.includes(text), {
        ...kPatience,
        args: [before],
      });
      await page.goto(on(site, kB));
      await runs(page);
      await page.waitFor(
        () => !document.cookie.includes('_st=') && localStorage.getItem('stats:id') === null,
        kPatience,
      );
      assert.equal(await page.evaluate(() => localStorage.getItem('cart')), '1');
    });

  // What follows is the same in every engine, and takes its time.
  if (name !== 'chromium') return;

  test('what the cookie says says nothing of a visitor, and ends with the answer', async (t) => {
    const site = await startSite(t, { policy });
    const texts = [];
    for (let visitor = 0; visitor < 2; visitor++) {
      const page = await visit(t, on(site, kA));
      await press(page, 'accept');
      await runs(page, 'analytics', 'marketing', 'video');
      texts.push(await tells(page));
      const [stored] = await page.evaluate(
        async (wanted) => (await cookieStore.getAll()).filter((one) => one.name === wanted),
        kCookie,
      );
      assert.equal(stored.domain, 'shop.localhost');
      const days = (stored.expires - Date.now()) / 86_400_000;
      assert.ok(days > 360 && days < 368, `${days} days`);
    }
    assert.equal(texts[0], texts[1]);
  });

  test('a cookie that nobody of ours wrote opens nothing, and is written over', async (t) => {
    const site = await startSite(t, { policy });
    const page = await visit(t, on(site, kA, '/pages/blank.html'));
    for (const text of ['yes', '2.n.20787~analytics.y.00000000.99999.400']) {
      await page.evaluate(
        (spelled) => (document.cookie = `${spelled};path=/;domain=shop.localhost`),
        `${kCookie}=${text}`,
      );
      await page.goto(on(site, kA));
      await shows(page, 'first');
      await runs(page);
    }
    await press(page, 'refuse');
    await shows(page, 'door');
    await page.waitFor((wanted) => new RegExp(`${wanted}=2\\.n\\.\\d+~`).test(document.cookie), {
      ...kPatience,
      args: [kCookie],
    });
  });

  test('a page with its notice in its HTML never shows it to who has answered elsewhere', async (t) => {
    const site = await startSite(t, { policy });
    site.change('/pages/declared.html', {
      status: 200,
      headers: { 'content-type': 'text/html; charset=utf-8' },
      body: () => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Declared</title>
        ${site.made('head.html')}<script>
        globalThis.stood = 0;
        const look = () => {
          const root = document.querySelector('avow-consent')?.shadowRoot;
          const banner = root?.querySelector('[data-layer=first]');
          if (banner?.checkVisibility()) stood++;
          requestAnimationFrame(look);
        };
        look();
        </script></head><body>${site.made('inline.en.html')}<p>Text</p></body></html>`,
    });
    const page = await visit(t, on(site, kA));
    await press(page, 'accept');
    await runs(page, 'analytics', 'marketing', 'video');
    await page.goto(on(site, kB, '/pages/declared.html'));
    await runs(page, 'analytics', 'marketing', 'video');
    await shows(page, 'door');
    assert.equal(await page.evaluate(() => stood), 0);
  });

  test('a cookie that the browser does not keep is told of, and each asks for itself', async (t) => {
    const site = await startSite(t, { policy });
    const page = await visit(t, on(site, 'localhost'));
    await press(page, 'accept');
    await runs(page, 'analytics', 'marketing', 'video');
    assert.equal(await told(page), null);
    const { errors } = await seen(page);
    assert.equal(errors.length, 1);
    assert.match(errors[0], /not-shared.* no cookie of shop\.localhost from localhost/);
    await page.reload();
    await runs(page, 'analytics', 'marketing', 'video');
    assert.equal(await layer(page), 'door');
  });
});
