// avow render: the notice for who must approve it.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { dailyKey, expect, jsonLines, root, sample, scratch, vectors, visitors } from './tool.mjs';

const given = scratch();
const render = (...words) => expect(0, ['render', ...words]).out;
const layers = ['first', 'choices', 'yours', 'door', 'fallback'];

describe('avow render', () => {
  test("speaks the language asked for, else the policy's first", () => {
    assert.match(render('--lang', 'en', sample), /lang="en".*Accept/s);
    assert.match(render('--lang', 'zh-CN', sample), /lang="zh-CN".*同意/s);
    assert.equal(render(sample), render('--lang', 'zh-CN', sample));
  });
  test('every layer', () => {
    for (const layer of layers)
      assert.match(render('--layer', layer, sample), new RegExp(`data-layer="${layer}"`));
    assert.match(
      render('--layer', 'frame', '--purpose', 'video', '--lang', 'en', sample),
      /data-layer="frame".*Shiye Video/s,
    );
    assert.equal(render('--layer', 'first', sample), render(sample));
  });
  test('the place decides the words: a question, or a notice', () => {
    const at = (...place) => render('--lang', 'en', ...place, sample);
    assert.match(at('--place', 'CN'), /If you agree/);
    assert.match(at('--place', 'US-CA'), /You can refuse now/);
    assert.match(at('--place', 'SG'), /You can object now/);
    assert.equal(at(), at('--place', 'CN'));
  });
  test('the first layer has at most 60 words', () => {
    const words = render('--lang', 'en', sample)
      .replace(/<[^>]*>/g, ' ')
      .trim()
      .split(/\s+/);
    assert.ok(words.length <= 60, `${words.length}: ${words.join(' ')}`);
  });
  test('--id is the SHA-256 of the very bytes, and what a record of that press names', () => {
    const html = render('--lang', 'en', '--place', 'CN', sample);
    const id = render('--lang', 'en', '--place', 'CN', '--id', sample);
    assert.equal(id, `${createHash('sha256').update(html).digest('hex')}\n`);
    const path = given.write('one.ndjson', `${visitors([1, 1])[0]}\n`);
    const [opened] = jsonLines(expect(0, ['open', '-i', dailyKey, path]).out);
    assert.equal(`${opened.payload.notice}\n`, id);
  });
  test('--document is a whole document with the very bytes in it, and no script', () => {
    const facts = expect(0, ['public', '--facts', sample]).out;
    for (const layer of layers) {
      const html = render('--layer', layer, sample);
      const page = render('--layer', layer, '--document', sample);
      assert.ok(page.startsWith('<!doctype html>\n<html lang="zh-CN" dir="ltr">'));
      assert.ok(page.includes(html));
      assert.match(page, /<template shadowrootmode="open"><style>/);
      assert.doesNotMatch(page, /<script/);
      assert.ok(page.includes(createHash('sha256').update(html).digest('hex')));
      assert.ok(page.includes(createHash('sha256').update(facts).digest('hex')), 'the policy id');
    }
  });
  test('texts of a policy stay texts', () => {
    const hostile = join(vectors, 'hostile.json');
    for (const layer of [['first'], ['choices'], ['yours'], ['frame', '--purpose', 'statistics']]) {
      for (const page of [[], ['--document']]) {
        const html = render('--lang', 'en', '--layer', ...layer, ...page, hostile);
        assert.doesNotMatch(html, /<script|<img|onerror=[^&]*>(?!.*&lt;)|<\/template><\/dialog>\{/);
        assert.match(html, /&lt;script&gt;/);
        // Every tag that is there is one of ours.
        const tags = new Set(
          [...html.replace(/<style>.*<\/style>/s, '').matchAll(/<\/?([a-z0-9-]+)/gi)].map(
            (m) => m[1],
          ),
        );
        const ours =
          'html meta title body avow-notice template style section div h2 h3 h4 p button dialog header footer ul li label input span b br a address dl dt dd details summary output nav svg path'.split(
            ' ',
          );
        for (const tag of tags) assert.ok(ours.includes(tag), tag);
      }
    }
  });
  test('--page is the privacy page: all that the policy says, in one language', () => {
    const policy = JSON.parse(readFileSync(sample, 'utf8'));
    for (const language of policy.languages) {
      const page = render('--page', '--lang', language, sample);
      assert.match(page, new RegExp(`^<article lang="${language}" dir="ltr">`));
      assert.doesNotMatch(page, /<script|<style|<template|style=/);
      const shown = page.replace(/<[^>]*>/g, '');
      const plain = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
      const said = (text) => assert.ok(shown.includes(plain(text[language] ?? text)), text);
      said(policy.version);
      said(policy.controller.name);
      for (const { id, title, description, method } of policy.purposes) {
        assert.ok(page.includes(`id="purpose-${id}"`), id);
        assert.ok(page.includes(`href="#purpose-${id}"`), `${id} is in a list`);
        for (const text of [title, description, method]) said(text);
      }
      for (const { procedure } of policy.rights) said(procedure);
      for (const { name, contact } of policy.recipients) [name, contact].forEach(said);
    }
    for (const more of [['--id'], ['--document'], ['--layer', 'first'], ['--place', 'CN']])
      assert.match(expect(2, ['render', '--page', ...more, sample]).err, /--page/);
  });
  test('--lists is what a visitor can save: who is given which data, as a document', () => {
    const policy = JSON.parse(readFileSync(sample, 'utf8'));
    for (const language of policy.languages) {
      const lists = render('--lists', '--lang', language, sample);
      assert.ok(lists.startsWith(`<!doctype html>\n<html lang="${language}" dir="ltr">`));
      assert.doesNotMatch(lists, /<script|<template/);
      for (const { name } of [...policy.categories, ...policy.recipients, policy.controller])
        assert.ok(lists.includes(name[language] ?? name), JSON.stringify(name));
    }
    for (const more of [['--id'], ['--document'], ['--layer', 'first'], ['--place', 'CN']])
      assert.match(expect(2, ['render', '--lists', ...more, sample]).err, /--lists/);
  });
  test('the privacy page escapes what a policy says', () => {
    const page = render('--page', '--lang', 'en', join(vectors, 'hostile.json'));
    assert.match(page, /&lt;script&gt;/);
    const tags = new Set([...page.matchAll(/<\/?([a-z0-9-]+)/gi)].map((found) => found[1]));
    const ours = 'article section h1 h2 h3 p a b br address time dl dt dd ul li'.split(' ');
    for (const tag of tags) assert.ok(ours.includes(tag), tag);
  });
  test('German is written in Switzerland as it is there', () => {
    const policy = JSON.parse(readFileSync(sample, 'utf8'));
    const spoken = (language) => {
      const text = JSON.stringify({
        ...policy,
        languages: [language, 'en'],
        fallbacks: { [language]: 'en' },
      });
      const path = given.write(
        `${language}.json`,
        text.replaceAll(/"zh-CN":("[^"]*"|\{[^}]*\}),/g, ''),
      );
      return render('--page', '--lang', language, path);
    };
    for (const language of ['de', 'de-AT', 'de-Latn-DE'])
      assert.match(spoken(language), /Rechtmäßigkeit/, language);
    for (const language of ['de-CH', 'de-LI', 'de-ch', 'de-Latn-CH', 'de-CH-1996']) {
      assert.match(spoken(language), /Rechtmässigkeit/);
      assert.doesNotMatch(spoken(language), /ß/);
    }
  });
  test('another language comes with its own catalog', () => {
    const policy = JSON.parse(readFileSync(sample, 'utf8'));
    policy.languages = ['eo'];
    const single = (value) =>
      value && typeof value === 'object' && 'en' in value
        ? value.en
        : value && typeof value === 'object'
          ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, single(v)]))
          : value;
    const walk = (value) =>
      Array.isArray(value)
        ? value.map(walk)
        : value && typeof value === 'object' && !('en' in value)
          ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, walk(v)]))
          : single(value);
    const path = given.write('eo.json', JSON.stringify(walk(policy)));
    assert.match(expect(2, ['render', path]).err, /--catalog/);
    const catalog = JSON.parse(readFileSync(join(root, 'locales/en.json'), 'utf8'));
    const own = given.write('eo-catalog.json', JSON.stringify({ ...catalog, language: 'eo' }));
    assert.match(render('--catalog', own, path), /lang="eo"/);
    assert.match(
      expect(2, ['render', '--catalog', join(root, 'locales/en.json'), path]).err,
      /"en"/,
    );
    delete catalog.texts['act.refuse'];
    const incomplete = given.write(
      'incomplete.json',
      JSON.stringify({ ...catalog, language: 'eo' }),
    );
    assert.match(
      expect(1, ['render', '--catalog', incomplete, path]).err,
      /\/texts\/act\.refuse: catalog-incomplete/,
    );
  });
  test('usage and bad policies', () => {
    expect(2, ['render', '--lang', 'fr', sample]);
    expect(2, ['render', '--layer', 'second', sample]);
    expect(2, ['render', '--layer', 'frame', sample]);
    expect(2, ['render', '--layer', 'frame', '--purpose', 'no-such', sample]);
    expect(2, ['render', '--purpose', 'video', sample]);
    for (const place of ['china', '*', 'cn', 'US-'])
      expect(2, ['render', '--place', place, sample]);
    expect(2, ['render', '--document', '--id', sample]);
    expect(2, ['render', given.path('nowhere.json')]);
    const { out, err } = expect(1, ['render', join(vectors, 'bad/empty.json')]);
    assert.equal(out, '');
    assert.match(err, /\/site: missing-field/);
  });
});
