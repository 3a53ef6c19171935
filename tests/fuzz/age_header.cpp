// Any bytes as an age file.
#include "trust/age_header.h"

#include <charconv>

#include "promise.h"
#include "trust/passphrase.h"
#include "trust/seal.h"

using namespace avow;
using namespace avow::trust;
using avow::fuzz::promise;

namespace {

/// "byte N" of the file, its end included.
void check_place(const Error& error, std::size_t size) {
  promise(error.where.starts_with("byte "), "an error of a header names its byte");
  std::size_t at = size + 1;
  std::from_chars(error.where.data() + 5, error.where.data() + error.where.size(), at);
  promise(at <= size, "the byte is one of the file");
}

void check_header(ByteView file, const AgeHeader& header) {
  promise(!header.stanzas.empty() && header.stanzas.size() <= kMostStanzas, "1 to 32 stanzas");
  for (const Stanza& stanza : header.stanzas) {
    promise(stanza.arguments.size() <= kMostArguments, "at most 16 arguments");
    promise(stanza.body.size() < kLargestStanza, "a stanza within 4096 bytes");
  }
  promise(header.authenticated < header.size && header.size <= file.size(), "the payload follows");
  // Whatever the MAC is, what it covers has one spelling.
  const std::string again = write_age_header(header.stanzas, FileKey{});
  promise(again.size() == header.size, "a header is written as long as it was read");
  promise(again.substr(0, header.authenticated) == as_text(file.first(header.authenticated)),
          "a header that is read is written again as the same bytes");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView file(data, size);
  const auto header = read_age_header(file);
  if (header)
    check_header(file, *header);
  else
    check_place(header.error(), size);

  static const Identity kIdentity = [] {
    ByteArray<32> bytes;
    std::uint8_t next = 1;
    for (std::uint8_t& b : bytes) b = next++;
    return Identity{Secret(bytes)};
  }();
  const auto opened = open(file, {&kIdentity, 1});
  promise(!opened || header, "nothing opens whose header is refused");
  // The key is not derived here: at the largest work factor that takes seconds.
  promise(!wants_passphrase(file) || header, "nor does it ask for a passphrase");
  return 0;
}
