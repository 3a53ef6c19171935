// An HTTP proxy on loopback that asks for pages in a language and puts scripts at the top of each
// HTML document: what other drivers call preload scripts. A policy in the CSP header gets the
// hashes of these scripts besides; a policy in a <meta> comes after them. Everything else passes as
// it is. Names under .test are this machine.

import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request } from 'node:http';

export async function startProxy({ lang, scripts }) {
  const all = [...scripts];
  if (lang) {
    all.unshift(`for (const [name, value] of [['language', ${JSON.stringify(lang)}], ['languages', Object.freeze([${JSON.stringify(lang)}])]]) {
      Object.defineProperty(Navigator.prototype, name, { configurable: true, enumerable: true, get: () => value });
    }`);
  }
  const texts = all.map((script) =>
    `document.currentScript.remove();${script}`.replaceAll('</script', '<\\/script'),
  );
  const tags = texts.map((text) => `<script>${text}</script>`).join('');
  const hashes = texts
    .map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`)
    .join(' ');

  const server = createServer((incoming, outgoing) => {
    const url = new URL(incoming.url);
    const page = incoming.headers.accept?.includes('text/html');
    const headers = {
      ...incoming.headers,
      ...(lang && { 'accept-language': lang }),
      ...(page && { 'accept-encoding': 'identity' }),
    };
    delete headers['proxy-connection'];
    if (page) delete headers['if-none-match'], delete headers['if-modified-since'];
    const onward = request({
      // No name under .test is anybody's (RFC 6761): tests have their sites under such ones.
      hostname: url.hostname.endsWith('.test') ? '127.0.0.1' : url.hostname,
      port: url.port || 80,
      path: url.pathname + url.search,
      method: incoming.method,
      headers,
    });
    onward.on('response', async (response) => {
      try {
        if (!page || !/^text\/html\b/.test(response.headers['content-type'])) {
          outgoing.writeHead(response.statusCode, response.headers);
          response.pipe(outgoing);
          return;
        }
        const chunks = await response.toArray();
        const body = Buffer.from(withTags(Buffer.concat(chunks).toString('utf8'), tags));
        const changed = { ...response.headers, 'content-length': body.length };
        delete changed['transfer-encoding'];
        if (changed['content-security-policy'])
          changed['content-security-policy'] = withHashes(
            changed['content-security-policy'],
            hashes,
          );
        outgoing.writeHead(response.statusCode, changed);
        outgoing.end(body);
      } catch {
        outgoing.destroy();
      }
    });
    // the page sees what it would have seen: a network error
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: server.address().port,
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function withTags(html, tags) {
  const opening =
    /<head\b[^>]*>/i.exec(html) ?? /<html\b[^>]*>/i.exec(html) ?? /<!doctype[^>]*>/i.exec(html);
  const at = opening ? opening.index + opening[0].length : 0;
  return html.slice(0, at) + tags + html.slice(at);
}

function withHashes(policies, hashes) {
  return policies
    .split(',')
    .map((policy) => {
      const directives = policy
        .split(';')
        .map((directive) => directive.trim())
        .filter(Boolean);
      const find = (name) =>
        directives.findIndex((directive) => directive.toLowerCase().split(/\s+/)[0] === name);
      const allow = (directive) => `${directive.replace(/\s+'none'/i, '')} ${hashes}`;
      const scripts = find('script-src');
      const rest = find('default-src');
      if (scripts >= 0) directives[scripts] = allow(directives[scripts]);
      else if (rest >= 0) directives.push(allow(directives[rest].replace(/^\S+/, 'script-src')));
      return directives.join('; ');
    })
    .join(', ');
}
