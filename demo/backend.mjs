// A whole backend (docs/PROTOCOL.md), in plain Node: node backend.mjs DIR PORT
import { createHash, createPublicKey, randomUUID, verify } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, unlink } from 'node:fs/promises';
import { createServer } from 'node:http';

const [dir, port] = process.argv.slice(2);
const hex = (text) => Buffer.from(text, 'hex');
const sha = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const read = (name) => readFile(`${dir}/${name}`).catch(() => undefined);
const headerOf = (bytes) => JSON.parse(bytes.subarray(0, bytes.indexOf(10)));
const tombstone = (device) => `erased-${sha(hex(device)).toString('hex')}`;
const sync = async (path, flags, bytes) => { const file = await open(path, flags); if (bytes) await file.writeFile(bytes); await file.sync(); await file.close(); };

async function keep(name, bytes) { // whole or not at all, and on the disk before anybody is told
  const draft = `${dir}/draft-${randomUUID()}`;
  await sync(draft, 'wx', bytes).then(() => rename(draft, `${dir}/${name}`)).then(() => sync(dir, 'r'));
}

async function erase(device, upTo, matches = () => true) {
  const theirs = [];
  for (const name of await readdir(dir)) {
    const header = /^[0-9a-f]{64}$/.test(name) ? headerOf(await read(name)) : {};
    if (header.device === device && header.seq <= upTo) theirs.push({ name, header });
  }
  if (!theirs.some(({ header }) => matches(header))) return theirs.length ? -1 : 0;
  await keep(tombstone(device), String(upTo)); // first, so that no retry slips in between
  for (const { name } of theirs) await unlink(`${dir}/${name}`);
  await sync(dir, 'r');
  return theirs.length;
}

function genuine(id, bytes, header) { // docs/FORMAT.md: the signature covers both hashes, the id all three
  const end = bytes.indexOf(10), line = bytes.toString('latin1', end + 1, end + 90), signature = Buffer.from(line, 'base64');
  if (signature.toString('base64') + '\n' !== line) return false; // one value, one spelling
  const hashes = [sha(bytes.subarray(0, end)), sha(bytes.subarray(end + 90))];
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: hex(header.device).toString('base64url') }, format: 'jwk' });
  return verify(null, Buffer.concat([Buffer.from('avow/v1 record\0'), ...hashes]), key, signature) && sha('avow/v1 id\0', ...hashes, signature).equals(hex(id));
}

async function put(id, body) {
  const stored = { stored: sha(body).toString('hex') }, known = await read(id);
  if (known) return known.equals(body) ? [200, stored] : [422, 'These are not the bytes stored under this id.'];
  let header;
  try { header = headerOf(body); if (!genuine(id, body, header)) throw 0; } catch { return [422, 'Not a record, or not under its id.']; }
  if (header.seq <= Number(await read(tombstone(header.device)) ?? 0)) return [410, 'Erased. Forget this record.'];
  if (header.op !== 'erase') return keep(id, body).then(() => [201, stored]);
  if (await erase(header.device, header.seq) === 0) await keep(tombstone(header.device), String(header.seq));
  return [200, stored];
}

async function eraseBySecret(body) {
  let device, commit;
  try { const asked = JSON.parse(body); device = asked.device; commit = sha('avow/v1 erase\0', hex(asked.secret)).toString('hex'); tombstone(device); } catch { return [422, 'Send {"device","secret"}.']; }
  const erased = await erase(device, Infinity, (header) => header.erase_commit === commit);
  if (erased < 0) return [403, 'Not the erase secret of that device.'];
  return erased || await read(tombstone(device)) ? [200, { erased }] : [404, 'Nothing of that device is stored here.'];
}

await mkdir(dir, { recursive: true });
for (const name of await readdir(dir)) { // what a killed process left: drafts, and records already erased
  const header = /^[0-9a-f]{64}$/.test(name) && headerOf(await read(name));
  if (name.startsWith('draft-') || (header && header.seq <= Number(await read(tombstone(header.device)) ?? 0))) await unlink(`${dir}/${name}`);
}
let last = Promise.resolve(); // one change at a time
createServer(async (request, response) => {
  const id = /^\/v1\/records\/([0-9a-f]{64})$/.exec(request.url)?.[1], chunks = [];
  let size = 0;
  try { for await (const chunk of request) if ((size += chunk.length) <= 65536) chunks.push(chunk); } catch { return; } // it never arrived whole
  const change = size > 65536 ? () => [413, 'At most 65536 bytes.']
    : request.method === 'PUT' && id ? () => put(id, Buffer.concat(chunks))
    : request.method === 'POST' && request.url === '/v1/erase' ? () => eraseBySecret(Buffer.concat(chunks)) : () => [404, 'Nothing is here.'];
  const [status, answer] = await (last = last.then(change).catch((error) => (console.error(error), [503, 'Send it again.'])));
  const problem = typeof answer === 'string' && { type: 'about:blank', status, detail: answer };
  response.writeHead(status, { 'content-type': problem ? 'application/problem+json' : 'application/json' }).end(JSON.stringify(problem || answer));
}).listen(Number(port), '127.0.0.1', function () { console.log(`ready http://127.0.0.1:${this.address().port}/`); });
