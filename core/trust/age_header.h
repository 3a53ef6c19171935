#pragma once
// The textual header of an age v1 file (c2sp.org/age): version line, recipient stanzas, MAC. Shared
// by keys and passphrases.

#include "trust/file_key.h"

namespace avow::trust {

/// What a header may hold. Each X25519 stanza costs its reader a multiplication, and only who seals
/// decides how many there are; the stanzas of age and its plugins stay far below.
constexpr std::size_t kMostStanzas = 32;
constexpr std::size_t kMostArguments = 16;
constexpr std::size_t kLargestStanza = 4'096;  ///< bytes of its lines, line feeds included

/// One way to the file key. Foreign types are kept as they are: age asks readers to step over what
/// they do not know.
struct Stanza {
  std::string type;
  std::vector<std::string> arguments;  ///< after the type
  Bytes body;
};

struct AgeHeader {
  std::vector<Stanza> stanzas;  ///< 1 to 32
  Digest mac{};
  std::size_t authenticated = 0;  ///< how many bytes the MAC covers
  std::size_t size = 0;           ///< where the payload begins
};

/// Strict: canonical base64, lines of 64, no empty arguments, nothing beyond the three limits
/// (`seal-header`, `seal-stanza`). The MAC is not checked yet.
[[nodiscard]] Result<AgeHeader> read_age_header(ByteView file);
/// The header with its MAC, up to and including the last line feed.
[[nodiscard]] std::string write_age_header(std::span<const Stanza> stanzas,
                                           const FileKey& file_key);
/// `seal-mac` unless `file_key` authenticates the header that `header` was read from.
[[nodiscard]] Result<void> check_age_header(ByteView file, const AgeHeader& header,
                                            const FileKey& file_key);

}  // namespace avow::trust
