// A whole backend (docs/PROTOCOL.md), in plain Node, 22.13 or newer: node backend.mjs DIR PORT
import { createHash, createPublicKey, verify } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { DatabaseSync } from 'node:sqlite';

const [dir, port] = process.argv.slice(2);
mkdirSync(dir, { recursive: true });
// on the disk before anybody is told, and nothing of what is deleted stays
const db = new DatabaseSync(`${dir}/records.sqlite`);
db.exec(`PRAGMA synchronous = EXTRA; PRAGMA secure_delete = ON;
  CREATE TABLE IF NOT EXISTS record (id PRIMARY KEY, device, seq, erase_commit, bytes, received_at DEFAULT CURRENT_TIMESTAMP);
  CREATE TABLE IF NOT EXISTS tombstone (device PRIMARY KEY, seq);
  CREATE TRIGGER IF NOT EXISTS erase AFTER INSERT ON tombstone BEGIN DELETE FROM record WHERE device = NEW.device AND seq <= NEW.seq; END`);
const sql = (text, ...values) => db.prepare(text).all(...values);
const hex = (text) => Buffer.from(text, 'hex');
const sha = (...parts) =>
  createHash('sha256')
    .update(Buffer.concat(parts.map((part) => Buffer.from(part))))
    .digest();

// Ed25519's field and order, and the y of the points whose signatures fit any message
const P = 2n ** 255n - 19n,
  L = 2n ** 252n + 27742317777372353535851937790883648493n,
  Y8 = 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n,
  SMALL = [0n, 1n, Y8, P - Y8, P - 1n];
const integer = (bytes) => BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
function sound(point) {
  const y = BigInt.asUintN(255, integer(point));
  return y < P && !SMALL.includes(y);
}

function genuine(id, bytes, device) {
  // docs/FORMAT.md: the signature covers both hashes, the id all three
  const end = bytes.indexOf(10),
    line = bytes.toString('latin1', end + 1, end + 90),
    signature = Buffer.from(line, 'base64');
  const hashes = [sha(bytes.subarray(0, end)), sha(bytes.subarray(end + 90))];
  const key = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: device.toString('base64url') },
    format: 'jwk',
  });
  return (
    `${signature.toString('base64')}\n` === line &&
    sha('avow/v1 id\0', ...hashes, signature).equals(hex(id)) &&
    sound(device) &&
    sound(signature.subarray(0, 32)) &&
    integer(signature.subarray(32)) < L &&
    verify(null, Buffer.concat([Buffer.from('avow/v1 record\0'), ...hashes]), key, signature)
  );
}

function put(id, bytes) {
  const done = { stored: sha(bytes).toString('hex') },
    [known] = sql('SELECT bytes FROM record WHERE id = ?', id);
  if (known)
    return bytes.equals(known.bytes) ? [200, done] : [422, 'Other bytes are stored under this id.'];
  const { device, seq, op, erase_commit } = JSON.parse(bytes.subarray(0, bytes.indexOf(10)));
  if (!(Number.isSafeInteger(seq) && seq > 0) || !genuine(id, bytes, hex(device)))
    return [422, 'Not a record, or not under its id.'];
  if (sql('SELECT 1 FROM tombstone WHERE device = ? AND seq >= ?', sha(hex(device)), seq).length)
    return [410, 'Erased. Forget this record.'];
  if (op === 'erase') sql('INSERT OR REPLACE INTO tombstone VALUES (?, ?)', sha(hex(device)), seq);
  else
    sql(
      'INSERT INTO record (id, device, seq, erase_commit, bytes) VALUES (?, ?, ?, ?, ?)',
      id,
      sha(hex(device)),
      seq,
      erase_commit,
      bytes,
    );
  return [op === 'erase' ? 200 : 201, done];
}

function erase({ device, secret }) {
  const theirs = sql('SELECT erase_commit FROM record WHERE device = ?', sha(hex(device))),
    commit = sha('avow/v1 erase\0', hex(secret)).toString('hex');
  if (theirs.length && !theirs.some((one) => one.erase_commit === commit))
    return [403, 'Not the erase secret of that device.'];
  if (theirs.length) sql('INSERT OR REPLACE INTO tombstone VALUES (?, 9e999)', sha(hex(device)));
  return theirs.length || sql('SELECT 1 FROM tombstone WHERE device = ?', sha(hex(device))).length
    ? [200, { erased: theirs.length }]
    : [404, 'Nothing of that device is stored here.'];
}

createServer((request, response) => {
  const id = /^\/v1\/records\/([0-9a-f]{64})$/.exec(request.url)?.[1],
    chunks = [];
  let size = 0;
  request
    .on('data', (chunk) => (size += chunk.length) <= 65536 && chunks.push(chunk))
    .on('end', () => {
      const [status, answer] = (() => {
        try {
          return size > 65536
            ? [413, 'At most 65536 bytes.']
            : request.method === 'PUT' && id
              ? put(id, Buffer.concat(chunks))
              : request.method === 'POST' && request.url === '/v1/erase'
                ? erase(JSON.parse(Buffer.concat(chunks)))
                : [404, 'Nothing is here.'];
        } catch (error) {
          if (!error.errcode) return [422, 'Not what docs/PROTOCOL.md describes.'];
          console.error(error); // the disk, or the database
          return [503, 'Send it again.'];
        }
      })();
      const problem = typeof answer === 'string' && { type: 'about:blank', status, detail: answer };
      response
        .writeHead(status, {
          'content-type': problem ? 'application/problem+json' : 'application/json',
        })
        .end(JSON.stringify(problem || answer));
    });
}).listen(Number(port), '127.0.0.1', function () {
  console.log(`ready http://127.0.0.1:${this.address().port}/`);
});
