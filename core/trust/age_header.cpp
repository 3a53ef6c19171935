#include "trust/age_header.h"

#include <algorithm>
#include <sodium/utils.h>

#include "base/text.h"

namespace avow::trust {
namespace {

constexpr std::string_view kVersion = "age-encryption.org/v1";
constexpr std::string_view kStanzaStart = "-> ";
constexpr std::string_view kEnd = "---";
constexpr std::size_t kColumns = 64;

std::unexpected<Error> refuse(Code code, std::size_t at, std::string detail) {
  return fail(code, "byte " + std::to_string(at), std::move(detail));
}

std::unexpected<Error> too_much(std::size_t at) {
  return refuse(Code::seal_stanza, at, "At most 32 stanzas, each of 16 arguments and 4096 bytes.");
}

/// Takes lines off a text; each must end with a line feed.
class Lines {
 public:
  explicit Lines(std::string_view text) : text_(text) {}
  [[nodiscard]] std::size_t at() const { return at_; }
  [[nodiscard]] std::optional<std::string_view> next() {
    const std::size_t end = text_.find('\n', at_);
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view line = text_.substr(at_, end - at_);
    at_ = end + 1;
    return line;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

static_assert(kMostStanzas == 32 && kMostArguments == 16 && kLargestStanza == 4'096,
              "what too_much says");

/// "-> type argument argument": words of printable ASCII with exactly one space between them.
std::optional<Stanza> read_arguments(std::string_view line) {
  std::vector<std::string> words;
  line.remove_prefix(kStanzaStart.size());
  for (bool more = true; more;) {
    const std::size_t end = std::min(line.find(' '), line.size());
    const std::string_view word = line.substr(0, end);
    if (word.empty() || !std::ranges::all_of(word, [](char c) { return c > 0x20 && c < 0x7F; }))
      return std::nullopt;
    words.emplace_back(word);
    more = end < line.size();
    line.remove_prefix(more ? end + 1 : end);
  }
  Stanza stanza;
  stanza.type = std::move(words.front());
  stanza.arguments.assign(std::make_move_iterator(words.begin() + 1),
                          std::make_move_iterator(words.end()));
  return stanza;
}

/// Full lines, then one shorter line (empty where the body fills its lines), all of them before
/// `end`.
Result<Bytes> read_body(Lines& lines, std::size_t end) {
  Bytes body;
  for (bool last = false; !last;) {
    const std::size_t at = lines.at();
    const auto line = lines.next();
    if (!line) return refuse(Code::seal_stanza, at, "The body does not end.");
    if (line->size() > kColumns)
      return refuse(Code::seal_stanza, at, "A body line is longer than 64 characters.");
    const auto part = text::from_base64(*line, text::Base64::standard_unpadded);
    if (!part) return refuse(Code::seal_stanza, at, "A body line is not canonical base64.");
    if (lines.at() > end) return too_much(at);
    append(body, *part);
    last = line->size() < kColumns;
  }
  return body;
}

}  // namespace

Result<AgeHeader> read_age_header(ByteView file) {
  Lines lines(as_text(file));
  // The first line is compared before its end is looked for: what is not age is refused without
  // being searched.
  if (!as_text(file).starts_with(kVersion) || lines.next() != kVersion) {
    return refuse(Code::seal_header, 0, "Want the line age-encryption.org/v1.");
  }
  AgeHeader header;
  for (;;) {
    const std::size_t at = lines.at();
    const auto line = lines.next();
    if (!line) return refuse(Code::seal_header, at, "The header does not end.");
    if (line->starts_with(kStanzaStart)) {
      if (header.stanzas.size() == kMostStanzas) return too_much(at);
      auto stanza = read_arguments(*line);
      if (!stanza)
        return refuse(Code::seal_stanza, at,
                      "The arguments are not words with one space between them.");
      if (stanza->arguments.size() > kMostArguments) return too_much(at);
      auto body = read_body(lines, at + kLargestStanza);
      if (!body) return std::unexpected(std::move(body.error()));
      stanza->body = std::move(*body);
      header.stanzas.push_back(std::move(*stanza));
      continue;
    }
    if (!line->starts_with(kEnd)) return refuse(Code::seal_header, at, "Want a stanza or the MAC.");
    if (header.stanzas.empty()) return refuse(Code::seal_header, at, "There is no stanza.");
    if (line->size() <= kEnd.size() || (*line)[kEnd.size()] != ' ')
      return refuse(Code::seal_header, at, "Want one space, then the MAC.");
    const auto mac =
        text::from_base64(line->substr(kEnd.size() + 1), text::Base64::standard_unpadded);
    if (!mac || mac->size() != header.mac.size()) {
      return refuse(Code::seal_header, at, "The MAC is not 32 bytes of canonical base64.");
    }
    std::ranges::copy(*mac, header.mac.begin());
    header.authenticated = at + kEnd.size();
    header.size = lines.at();
    return header;
  }
}

std::string write_age_header(std::span<const Stanza> stanzas, const FileKey& file_key) {
  std::string out(kVersion);
  out += '\n';
  for (const Stanza& stanza : stanzas) {
    out += kStanzaStart;
    out += stanza.type;
    for (const std::string& argument : stanza.arguments) out += " " + argument;
    out += '\n';
    const std::string body = text::to_base64(stanza.body, text::Base64::standard_unpadded);
    for (std::size_t at = 0; at <= body.size(); at += kColumns)
      out += body.substr(at, kColumns) + '\n';
  }
  out += kEnd;
  const Digest mac = header_mac(file_key, as_bytes(out));
  out += " " + text::to_base64(mac, text::Base64::standard_unpadded) + '\n';
  return out;
}

Result<void> check_age_header(ByteView file, const AgeHeader& header, const FileKey& file_key) {
  const Digest want = header_mac(file_key, file.first(header.authenticated));
  if (sodium_memcmp(want.data(), header.mac.data(), want.size()) != 0) return fail(Code::seal_mac);
  return {};
}

}  // namespace avow::trust
