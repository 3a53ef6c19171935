#include "identities.h"

#include <optional>

#include "file.h"
#include "screen.h"
#include "trust/passphrase.h"

namespace avow::cli {
namespace {

constexpr std::size_t kLargestKeyFile = 65'536;

}  // namespace

std::expected<std::vector<trust::Identity>, std::string> read_identities(
    const std::vector<std::string>& files, const PassphraseSource& source) {
  std::vector<trust::Identity> out;
  std::string passphrase;
  const trust::Wiping passphrase_wiped(passphrase);
  for (const std::string& file : files) {
    auto read = read_file(file, kLargestKeyFile);
    if (!read) return std::unexpected(read.error());
    const trust::Wiping file_wiped(*read);
    const auto refuse = [&](const Error& error) {
      return std::unexpected(safe(file) + ": " + safe(describe(error)));
    };
    std::optional<Bytes> opened;
    if (trust::wants_passphrase(as_bytes(*read))) {
      if (passphrase.empty()) {
        auto typed = read_passphrase(source, "Passphrase for " + safe(file), false);
        if (!typed) return std::unexpected(typed.error());
        passphrase = *typed;
        trust::wipe(*typed);
      }
      auto plain = trust::open_with_passphrase(as_bytes(*read), passphrase);
      if (!plain) return refuse(plain.error());
      opened = std::move(*plain);
    }
    const auto identities =
        trust::read_identity_file(opened ? as_text(*opened) : std::string_view(*read));
    if (opened) trust::wipe(*opened);
    if (!identities) return refuse(identities.error());
    out.insert(out.end(), identities->begin(), identities->end());
  }
  return out;
}

}  // namespace avow::cli
