#!/usr/bin/env python3
"""Writes sealed.age, sealed-passphrase.age, record.avow and signatures/ from docs/FORMAT.md,
c2sp.org/age and RFC 8032 alone.

It shares no code with the core (python3-cryptography instead of libsodium), so that equal bytes mean something.
The tests compare with the files; nothing runs this but a person who changes the format.
"""
import base64
import hashlib
import hmac
import itertools
import json
import pathlib

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

HERE = pathlib.Path(__file__).parent


def counting(size, first=0):
    return bytes((first + i) % 256 for i in range(size))


def public(private):
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def hkdf(secret, salt, info):
    return HKDF(SHA256(), 32, salt, info).derive(secret)


def b64(data):
    return base64.b64encode(data).rstrip(b"=")


def wrap(key, file_key):
    return ChaCha20Poly1305(key).encrypt(bytes(12), file_key, None)


def finish(stanzas, file_key, nonce, plaintext):
    header = b"age-encryption.org/v1\n"
    for arguments, body in stanzas:
        header += b"-> " + b" ".join(arguments) + b"\n" + b64(body) + b"\n"
    header += b"---"
    mac = hmac.digest(hkdf(file_key, b"", b"header"), header, "sha256")
    assert len(plaintext) <= 65536
    payload = ChaCha20Poly1305(hkdf(file_key, nonce, b"payload")).encrypt(bytes(11) + b"\1", plaintext, None)
    return header + b" " + b64(mac) + b"\n" + nonce + payload


def seal(plaintext, recipients, entropy):
    file_key, nonce, entropy = entropy[:16], entropy[16:32], entropy[32:]
    stanzas = []
    for recipient in recipients:
        ephemeral, entropy = entropy[:32], entropy[32:]
        share = public(ephemeral)
        secret = X25519PrivateKey.from_private_bytes(ephemeral).exchange(X25519PublicKey.from_public_bytes(recipient))
        key = hkdf(secret, share + recipient, b"age-encryption.org/v1/X25519")
        stanzas.append(((b"X25519", b64(share)), wrap(key, file_key)))
    return finish(stanzas, file_key, nonce, plaintext)


def seal_with_passphrase(plaintext, passphrase, work_factor, entropy):
    file_key, nonce, salt = entropy[:16], entropy[16:32], entropy[32:48]
    key = hashlib.scrypt(passphrase, salt=b"age-encryption.org/v1/scrypt" + salt, n=1 << work_factor, r=8, p=1, dklen=32)
    return finish([((b"scrypt", b64(salt), b"%d" % work_factor), wrap(key, file_key))], file_key, nonce, plaintext)


def canonical(value):
    # Enough for these values: ASCII keys, integers, no characters that JSON writes in two ways.
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def header_of(key, erase_secret):
    return canonical({
        "device": key.hex(),
        "erase_commit": hashlib.sha256(b"avow/v1 erase\0" + erase_secret).hexdigest(),
        "op": "set", "prev": None, "seq": 1, "site": "shop.example", "v": "avow/v1",
    })


def sealed_under(header, key, content, recipients, entropy):
    bound = {**content, "v": "avow/v1", "binds": hashlib.sha256(header).hexdigest(), "device": key.hex()}
    plaintext = canonical(bound).ljust(512)
    assert len(plaintext) == 512
    return seal(plaintext, recipients, entropy)


def signed_message(header, sealed):
    return b"avow/v1 record\0" + hashlib.sha256(header).digest() + hashlib.sha256(sealed).digest()


def join(header, signature, sealed):
    return header + b"\n" + base64.b64encode(signature) + b"\n" + sealed


def record(content, recipients, seed, erase_secret, entropy):
    device = Ed25519PrivateKey.from_private_bytes(seed)
    key = device.public_key().public_bytes_raw()
    header = header_of(key, erase_secret)
    sealed = sealed_under(header, key, content, recipients, entropy)
    return join(header, device.sign(signed_message(header, sealed)), sealed)


# The curve of RFC 8032, section 5.1, in its plainest form: what an attacker does with points and
# numbers that no library signs with. Not constant in time, and for no secret.
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P


def add(a, b):
    (x1, y1), (x2, y2) = a, b
    t = D * x1 * x2 * y1 * y2
    x = (x1 * y2 + x2 * y1) * pow(1 + t, -1, P) % P
    return x, (y1 * y2 + x1 * x2) * pow(1 - t, -1, P) % P


def times(n, point):
    out = (0, 1)
    for bit in bin(n)[2:]:
        out = add(out, out)
        if bit == "1":
            out = add(out, point)
    return out


def encode(point):
    x, y = point
    return (y | (x & 1) << 255).to_bytes(32, "little")


def point_at(y):
    """The point with this y and an even x; nothing where the curve has none."""
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * pow(2, (P - 1) // 4, P) % P
    return (x if x % 2 == 0 else P - x, y) if x * x % P == square else None


BASE = point_at(4 * pow(5, -1, P) % P)
EIGHTH = next(
    of_eight for y in itertools.count(2) if (point := point_at(y))
    and times(4, of_eight := times(L, point)) != (0, 1))
assert times(L, BASE) == times(8, EIGHTH) == (0, 1)


def forged(device, secret, share=None, wanted=lambda k: True, add_to_s=0):
    """A record whose S = r + k * secret: with `share` for R (r is 0 then), tried with one seal after
    the other until `wanted` likes k, which is SHA-512(R, key, message) modulo the order."""
    header = header_of(device, counting(32))
    for tried in range(256):
        sealed = sealed_under(header, device, SAID, [company, visitor], counting(96, tried))
        message = signed_message(header, sealed)
        r = 0 if share else 7 + tried
        first = share or encode(times(r, BASE))
        # Below the order, as everybody computes it: what that does to its eighths is why a
        # cofactorless and a cofactored verifier differ.
        k = int.from_bytes(hashlib.sha512(first + device + message).digest(), "little") % L
        if wanted(k):
            s = (r + k * secret) % L + add_to_s
            return join(header, first + s.to_bytes(32, "little"), sealed)
    raise AssertionError("no seal gives such a k")


def number(n):
    return n.to_bytes(32, "little")


NEGATIVE_ZERO = number(1 | 1 << 255)  # the neutral point, with a sign for its x of zero
SECRET = 0x2026
SAID = {"kind": "choice", "answers": [{"purpose": "measure", "granted": True}]}


def signatures():
    honest = encode(times(SECRET, BASE))
    mixed = encode(add(times(SECRET, BASE), EIGHTH))
    folder = HERE / "signatures"

    def eighths(n):
        return lambda k: k % 8 == n

    # Each satisfies S * B = R + k * A as it stands, unless it says otherwise.
    refused = {
        "small-order-key-neutral": forged(encode((0, 1)), 0),
        "small-order-key-of-order-two": forged(encode((0, P - 1)), 0, wanted=lambda k: k % 2 == 0),
        "small-order-key-of-order-four": forged(number(0), 0, wanted=lambda k: k % 4 == 0),
        "small-order-key-of-order-eight": forged(encode(EIGHTH), 0, wanted=eighths(0)),
        "small-order-key-of-order-eight-other-y": forged(encode(times(3, EIGHTH)), 0,
                                                         wanted=eighths(0)),
        "small-order-key-negative-zero": forged(NEGATIVE_ZERO, 0),
        "small-order-r-neutral": forged(honest, SECRET, encode((0, 1))),
        "small-order-r-of-order-eight": forged(mixed, SECRET, encode(times(7, EIGHTH)),
                                               wanted=eighths(1)),
        "small-order-r-negative-zero": forged(honest, SECRET, NEGATIVE_ZERO),
        # Nobody knows the logarithm of a point that has two spellings and is of great order: these
        # are all that can be made.
        "non-canonical-key-neutral": forged(number(P + 1), 0),
        "non-canonical-key-of-order-four": forged(number(P), 0, wanted=lambda k: k % 4 == 0),
        "non-canonical-r-neutral": forged(honest, SECRET, number(P + 1)),
        "s-not-below-the-order": forged(honest, SECRET, add_to_s=L),
        # Good only where both sides are multiplied by the cofactor, 8.
        "cofactored-only": forged(mixed, SECRET, wanted=lambda k: k % 8 != 0),
    }
    accepted = {
        "plain": forged(honest, SECRET),
        # What a cofactorless verifier takes, whoever made the key.
        "mixed-order-key": forged(mixed, SECRET, wanted=eighths(0)),
    }
    for kind, records in {"refused": refused, "accepted": accepted}.items():
        (folder / kind).mkdir(parents=True, exist_ok=True)
        for name, written in records.items():
            (folder / kind / f"{name}.avow").write_bytes(written)


company, visitor = public(counting(32, 1)), public(counting(32, 2))
said = b"What was said is sealed.\n"
(HERE / "sealed.age").write_bytes(seal(said, [company, visitor], counting(96)))
(HERE / "sealed-passphrase.age").write_bytes(seal_with_passphrase(said, b"correct horse battery staple", 10, counting(48)))
(HERE / "record.avow").write_bytes(record({"kind": "choice", "answers": [{"purpose": "measure", "granted": False}]},
                                          [company, visitor], counting(32, 40), counting(32), counting(96)))
signatures()
