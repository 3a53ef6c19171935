#include "trust/passphrase.h"

#include <sodium/crypto_pwhash_scryptsalsa208sha256.h>

#include "base/text.h"
#include "trust/age_header.h"
#include "trust/stream.h"

namespace avow::trust {
namespace {

constexpr std::string_view kType = "scrypt";
constexpr std::string_view kSaltLabel = "age-encryption.org/v1/scrypt";
constexpr std::size_t kSaltSize = 16;

/// scrypt (RFC 7914) with N = 2^work_factor, r = 8, p = 1: 2^work_factor KiB of memory.
Result<Secret> wrapping_key(std::string_view passphrase, ByteView salt, int work_factor) {
  Bytes labelled = to_bytes(kSaltLabel);
  append(labelled, salt);
  const ByteView words = as_bytes(passphrase);
  Secret out;
  if (crypto_pwhash_scryptsalsa208sha256_ll(words.data(), words.size(), labelled.data(),
                                            labelled.size(), std::uint64_t{1} << work_factor, 8, 1,
                                            out.data(), Secret::size()) != 0) {
    return fail(Code::seal_passphrase, {},
                "Not enough memory for work factor " + std::to_string(work_factor) + ".");
  }
  return out;
}

struct Scrypt {
  Bytes salt;
  int work_factor = 0;
};

/// "1" to "22", without sign or leading zero; 0 where it is anything else.
int read_work_factor(std::string_view digits) {
  if (digits.empty() || digits.size() > 2 || digits[0] == '0') return 0;
  int value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return 0;
    value = value * 10 + (c - '0');
  }
  return value <= kLargestWorkFactor ? value : 0;
}

Result<Scrypt> read_stanza(std::span<const Stanza> stanzas) {
  bool found = false;
  for (const Stanza& stanza : stanzas) found = found || stanza.type == kType;
  if (!found) return fail(Code::seal_no_match, {}, "It is not sealed to a passphrase.");
  if (stanzas.size() > 1)
    return fail(Code::seal_stanza, "scrypt", "A passphrase stands beside another recipient.");
  const Stanza& stanza = stanzas[0];
  if (stanza.arguments.size() != 2)
    return fail(Code::seal_stanza, "scrypt", "Want two arguments, salt and work factor.");
  auto salt = text::from_base64(stanza.arguments[0], text::Base64::standard_unpadded);
  if (!salt || salt->size() != kSaltSize)
    return fail(Code::seal_stanza, "scrypt", "The salt is not 16 bytes of canonical base64.");
  const int work_factor = read_work_factor(stanza.arguments[1]);
  if (work_factor == 0)
    return fail(Code::seal_stanza, "scrypt", "The work factor is not a number from 1 to 22.");
  if (stanza.body.size() != kWrappedKeySize)
    return fail(Code::seal_stanza, "scrypt", "The body is not 32 bytes.");
  return Scrypt{std::move(*salt), work_factor};
}

}  // namespace

Result<Bytes> seal_with_passphrase(ByteView plaintext, std::string_view passphrase,
                                   Entropy& entropy, int work_factor) {
  if (passphrase.empty()) return fail(Code::out_of_range, "passphrase", "It is empty.");
  if (work_factor < 1 || work_factor > kLargestWorkFactor) {
    return fail(Code::out_of_range, "work factor",
                "Got " + std::to_string(work_factor) + ", want 1 to 22.");
  }
  FileKey file_key;
  PayloadNonce nonce;
  ByteArray<kSaltSize> salt;
  for (const auto part :
       {file_key.bytes(), std::span<std::uint8_t>(nonce), std::span<std::uint8_t>(salt)}) {
    if (auto filled = entropy.fill(part); !filled)
      return std::unexpected(std::move(filled.error()));
  }
  const auto wrapping = wrapping_key(passphrase, salt, work_factor);
  if (!wrapping) return std::unexpected(wrapping.error());
  const Stanza stanza{
      std::string(kType),
      {text::to_base64(salt, text::Base64::standard_unpadded), std::to_string(work_factor)},
      wrap(*wrapping, file_key)};
  Bytes out = to_bytes(write_age_header({&stanza, 1}, file_key));
  encrypt_payload(out, file_key, nonce, plaintext);
  return out;
}

Result<Bytes> open_with_passphrase(ByteView file, std::string_view passphrase) {
  auto header = read_age_header(file);
  if (!header) return std::unexpected(std::move(header.error()));
  auto scrypt = read_stanza(header->stanzas);
  if (!scrypt) return std::unexpected(std::move(scrypt.error()));
  const auto wrapping = wrapping_key(passphrase, scrypt->salt, scrypt->work_factor);
  if (!wrapping) return std::unexpected(wrapping.error());
  const auto file_key = unwrap(*wrapping, header->stanzas[0].body);
  if (!file_key) return fail(Code::seal_passphrase);
  if (auto checked = check_age_header(file, *header, *file_key); !checked)
    return std::unexpected(std::move(checked.error()));
  return decrypt_payload(*file_key, file.subspan(header->size));
}

bool wants_passphrase(ByteView file) {
  const auto header = read_age_header(file);
  return header && header->stanzas.size() == 1 && header->stanzas[0].type == kType;
}

}  // namespace avow::trust
