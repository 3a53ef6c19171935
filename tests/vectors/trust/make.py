#!/usr/bin/env python3
"""Writes sealed.age, sealed-passphrase.age and record.avow from docs/FORMAT.md and c2sp.org/age alone.

It shares no code with the core (python3-cryptography instead of libsodium), so that equal bytes mean something.
The tests compare with the files; nothing runs this but a person who changes the format.
"""
import base64
import hashlib
import hmac
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


def record(content, recipients, seed, erase_secret, entropy):
    device = Ed25519PrivateKey.from_private_bytes(seed)
    key = device.public_key().public_bytes_raw().hex()
    header = canonical({
        "device": key,
        "erase_commit": hashlib.sha256(b"avow/v1 erase\0" + erase_secret).hexdigest(),
        "op": "set", "prev": None, "seq": 1, "site": "shop.example", "v": "avow/v1",
    })
    binds = hashlib.sha256(header)
    plaintext = canonical({**content, "v": "avow/v1", "binds": binds.hexdigest(), "device": key}).ljust(512)
    assert len(plaintext) == 512
    sealed = seal(plaintext, recipients, entropy)
    signature = device.sign(b"avow/v1 record\0" + binds.digest() + hashlib.sha256(sealed).digest())
    return header + b"\n" + base64.b64encode(signature) + b"\n" + sealed


company, visitor = public(counting(32, 1)), public(counting(32, 2))
said = b"What was said is sealed.\n"
(HERE / "sealed.age").write_bytes(seal(said, [company, visitor], counting(96)))
(HERE / "sealed-passphrase.age").write_bytes(seal_with_passphrase(said, b"correct horse battery staple", 10, counting(48)))
(HERE / "record.avow").write_bytes(record({"kind": "choice", "answers": [{"purpose": "measure", "granted": False}]},
                                          [company, visitor], counting(32, 40), counting(32), counting(96)))
