// An opener by a stranger: docs/FORMAT.md, node:crypto and an age implementation; nothing of
// Avow's.
//   node stranger.mjs RECORD IDENTITY-FILE
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { Decrypter } from 'age-encryption';

const sha256 = (...parts) =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const need = (condition, what) => {
  if (!condition) throw new Error(what);
};

/**
 * RFC 8785. JavaScript sorts by UTF-16 code units and escapes as JSON.stringify does, which is what
 * it asks for.
 */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${members.join(',')}}`;
}

function readCanonical(bytes, what) {
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error(`${what}: not JSON`);
  }
  need(canonical(value) === text, `${what}: not canonical`);
  return value;
}

const HEX = /^[0-9a-f]{64}$/;

function checkHeader(header) {
  need(header?.v === 'avow/v1', 'header: another version');
  need(Object.keys(header).length === 7, 'header: other members');
  need(HEX.test(header.device) && HEX.test(header.erase_commit), 'header: device, erase_commit');
  need(header.op === 'set' || header.op === 'erase', 'header: op');
  need(Number.isSafeInteger(header.seq) && header.seq >= 1, 'header: seq');
  need(header.seq === 1 ? header.prev === null : HEX.test(header.prev), 'header: prev');
  need(/^[a-z0-9.-]{1,253}$/.test(header.site), 'header: site');
}

const FIELD = 2n ** 255n - 19n;
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const littleEndian = (bytes) => BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
/** The y of the eight points of small order: 1, -1, 0, and two for order eight. */
const EIGHTH = 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n;
const SMALL = [0n, 1n, FIELD - 1n, EIGHTH, FIELD - EIGHTH];

/** Ed25519 as FORMAT.md has it: what node:crypto leaves open is refused before it is asked. */
function checkSignature(device, message, signature) {
  for (const [what, point] of [
    ['device', device],
    ['R', signature.subarray(0, 32)],
  ]) {
    const y = BigInt.asUintN(255, littleEndian(point)); // the highest bit is the sign of x
    need(y < FIELD, `signature: ${what} is not canonical`);
    need(!SMALL.includes(y), `signature: ${what} is of small order`);
  }
  need(littleEndian(signature.subarray(32)) < ORDER, 'signature: S is not below the order');
  const key = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: device.toString('base64url') },
    format: 'jwk',
  });
  need(verify(null, message, key, signature), 'signature: does not match');
}

function number(id) {
  const bits = BigInt(`0x${id.subarray(0, 5).toString('hex')}`);
  const letters = Array.from(
    { length: 8 },
    (_, i) => '0123456789ABCDEFGHJKMNPQRSTVWXYZ'[Number((bits >> BigInt(35 - 5 * i)) & 31n)],
  );
  return `${letters.slice(0, 4).join('')}-${letters.slice(4).join('')}`;
}

/** {header, id, number, sealed} of a record whose signature is good; throws otherwise. */
export function verifyRecord(record) {
  need(record.length <= 65536, 'record: too large');
  const first = record.indexOf(10);
  need(first >= 0 && first <= 546, 'record: no header line');
  const line = record.subarray(0, first);
  const header = readCanonical(line, 'header');
  checkHeader(header);
  need(record[first + 89] === 10, 'record: no signature line');
  const spelled = record.subarray(first + 1, first + 89).toString('latin1');
  const signature = Buffer.from(spelled, 'base64');
  need(
    signature.length === 64 && signature.toString('base64') === spelled,
    'signature: not canonical base64',
  );
  const sealed = record.subarray(first + 90);
  need(sealed.length > 0, 'record: nothing is sealed');
  const message = Buffer.concat([Buffer.from('avow/v1 record\0'), sha256(line), sha256(sealed)]);
  checkSignature(Buffer.from(header.device, 'hex'), message, signature);
  const id = sha256('avow/v1 id\0', sha256(line), sha256(sealed), signature);
  return {
    header,
    binds: sha256(line).toString('hex'),
    id: id.toString('hex'),
    number: number(id),
    sealed,
  };
}

/** The same, with the payload. */
export async function openRecord(record, identity) {
  const { sealed, binds, ...known } = verifyRecord(record);
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const plaintext = Buffer.from(await decrypter.decrypt(sealed));
  let end = plaintext.length;
  while (end > 0 && plaintext[end - 1] === 32) --end;
  const payload = readCanonical(plaintext.subarray(0, end), 'payload');
  need(payload?.v === 'avow/v1', 'payload: another version');
  need(payload.binds === binds, 'payload: of another header');
  need(payload.device === known.header.device, 'payload: of another device');
  return { ...known, payload, padded: plaintext.length };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [, , recordPath, identityPath] = process.argv;
  const identity = /^AGE-SECRET-KEY-1\w+$/m.exec(readFileSync(identityPath, 'utf8'))[0];
  console.log(JSON.stringify(await openRecord(readFileSync(recordPath), identity), null, 2));
}
