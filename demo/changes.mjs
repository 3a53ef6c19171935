// A change of the demo company's policy, on three days: before it is announced, while it is, and
// once it holds: node changes.mjs WWW POLICY AVOW MODULE [TODAY]
//
// It is announced today, and holds in thirty days. Pages and builds are made for each day; the
// announcement, the mail and the text message come from one file.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [www, older, avow, module, today = new Date().toISOString().slice(0, 10)] =
  process.argv.slice(2);
const words = JSON.parse(readFileSync(new URL('change.json', import.meta.url), 'utf8'));
const scratch = mkdtempSync(join(tmpdir(), 'avow-changes-'));
const newer = join(scratch, 'newer.json');
const change = join(scratch, 'change.json');
const tool = (...args) => execFileSync(avow, args, { encoding: 'utf8' });

const day = (after) => new Date(Date.parse(today) + after * 86_400_000).toISOString().slice(0, 10);
const days = { until: day(-1), coming: today, since: day(30) };

/** The policy as it will be. */
function writeNewer() {
  const policy = JSON.parse(readFileSync(older, 'utf8'));
  policy.version = `${policy.version}-next`;
  policy.effective_at = days.since;
  policy.controller.phone = '400-000-0099';
  policy.purposes.find(({ id }) => id === 'analytics').retention[0].period = 'P24M';
  writeFileSync(newer, JSON.stringify(policy));
}

/** What the tool finds different, with the words that only the company has. */
function writeChange() {
  const { why, ...told } = words;
  const draft = JSON.parse(tool('change', older, newer));
  for (const one of draft.changed) {
    const place = one.pointer.replace(/^\/purposes\/\d+/, `/purposes/${one.what}`);
    if (!why[place]) throw new Error(`demo/change.json does not say why ${place} changes`);
    one.why = why[place];
  }
  const until = { notify_from: today, feedback_until: day(23) };
  writeFileSync(change, JSON.stringify({ ...draft, ...told, ...until }));
}

const escaped = (text) => text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** The page of each day; the first stands where the links lead. */
function writePages(file, language) {
  const html = readFileSync(join(www, file), 'utf8');
  const written = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' });
  const render = (as) =>
    tool('render', '--change', change, '--lang', language, '--as', as, older, newer).trim();
  const texts = { MAIL: escaped(render('mail')), SMS: escaped(render('sms')) };
  for (const stage of Object.keys(days)) {
    const page = html
      .replaceAll('/change/STAGE/', `/change/${stage}/`)
      .replace(`data-day="${stage}"`, '$& aria-current="page"')
      .replace(/ISO-(\w+)/g, (_, one) => days[one])
      .replace(/DAY-(\w+)/g, (_, one) => written.format(Date.parse(days[one])))
      .replace(/\b(MAIL|SMS)\b/g, (name) => texts[name]);
    const name = stage === 'until' ? file : file.replace(/\.html$/, `.${stage}.html`);
    writeFileSync(join(www, name), page);
  }
  // The site's policy of content allows no style in a page.
  const style = /<style>(.*?)<\/style>/s;
  const whole = render('page');
  writeFileSync(join(www, 'change/announcement.css'), style.exec(whole)[1]);
  writeFileSync(
    join(www, `change/announcement.${language}.html`),
    whole.replace(style, '<link rel="stylesheet" href="/change/announcement.css">'),
  );
}

try {
  writeNewer();
  writeChange();
  mkdirSync(join(www, 'change'), { recursive: true });
  for (const [stage, on] of Object.entries(days)) {
    const out = join(www, 'change', stage);
    const where = ['--out', out, '--base', `/change/${stage}/`, '--store', 'change'];
    const what = ['--supersedes', older, '--change', change, '--on', on];
    tool('build', '--module', module, ...where, ...what, newer);
  }
  writePages('change.html', 'zh-CN');
  writePages('en/change.html', 'en');
} finally {
  rmSync(scratch, { recursive: true });
}
