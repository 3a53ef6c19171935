// Any bytes as the head of a request, as collector/http.cpp reads it: whole and in pieces, and
// beside a reader who knows nothing but lines.
#include <algorithm>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include "framing.h"
#include "promise.h"

using namespace avow;
using namespace avow::collector;
using avow::fuzz::promise;

namespace {

namespace beast = boost::beast;
namespace http = beast::http;

constexpr std::uint32_t kHeaderBytes = 8 * 1024;

/// What became of a head.
struct Verdict {
  bool taken = false;
  int status = 0;  ///< of a refusal that names where a request ends
  std::string method, target;
  std::size_t size = 0;  ///< of the head, where it was taken
  bool chunked = false;
  std::uint64_t length = 0;
  friend bool operator==(const Verdict&, const Verdict&) = default;
};

/// As Server::Impl::read_head and serve_one, with what arrives in pieces of `piece` bytes.
Verdict read(std::string_view text, std::size_t piece) {
  http::request_parser<http::string_body> parser;
  parser.header_limit(kHeaderBytes);
  parser.body_limit(65'536);
  FoldedLines folded;
  std::size_t looked_at = 0, used = 0, arrived = 0;
  while (!parser.is_header_done()) {
    if (arrived == text.size()) return {};
    arrived = std::min(arrived + piece, text.size());
    if (folded.in(text.substr(looked_at, arrived - looked_at))) return {};
    looked_at = arrived;
    boost::system::error_code error;
    used += parser.put(boost::asio::buffer(text.data() + used, arrived - used), error);
    if (error && error != http::error::need_more) return {};
  }
  const Head& head = parser.get();
  if (head.version() >= 11 && head.count(http::field::host) != 1) return {};
  const auto target = origin_form(head.target());
  if (!target) return {};
  Verdict out;
  if (const auto refused = misframed(head)) {
    out.status = refused->status;
    return out;
  }
  return {.taken = true,
          .method = std::string(head.method_string()),
          .target = *target,
          .size = used,
          .chunked = parser.chunked(),
          .length = parser.content_length().value_or(0)};
}

/// How somebody else may read the same head: line by line.
void check_agreement(std::string_view head, const Verdict& verdict) {
  std::size_t lengths = 0, codings = 0;
  bool first = true, ended = false;
  while (!head.empty()) {
    const std::size_t end = head.find('\n');
    promise(end != std::string_view::npos && end > 0 && head[end - 1] == '\r',
            "every line of a head ends with CR and LF");
    const std::string_view line = head.substr(0, end - 1);
    head.remove_prefix(end + 1);
    promise(!ended, "nothing follows the empty line");
    promise(!line.contains('\r') && !line.contains('\0'), "no line holds CR or NUL");
    if (std::exchange(first, false)) continue;
    if (line.empty()) {
      ended = true;
      continue;
    }
    const std::string_view name = line.substr(0, line.find(':'));
    promise(name.size() < line.size() && !name.empty(), "a field has a name");
    promise(std::ranges::none_of(name, [](char c) { return c <= ' ' || c == 0x7F; }),
            "no name holds white space");
    lengths += beast::iequals(name, "content-length");
    codings += beast::iequals(name, "transfer-encoding");
  }
  promise(ended, "an empty line ends the head");
  promise(lengths + codings <= 1, "one field at most says where a request ends");
  promise(verdict.chunked == (codings == 1), "chunked where there is a coding, and only there");
  promise(lengths == 1 || verdict.length == 0, "no length that nobody sent");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  const Verdict whole = read(text, std::max<std::size_t>(size, 1));
  for (const std::size_t piece : {1u, 7u})
    promise(read(text, piece) == whole, "how a head arrives changes nothing");
  if (!whole.taken) return 0;
  promise(whole.method.find_first_of(" \t\r\n") == std::string::npos, "a method is a word");
  if (whole.target.starts_with('/'))
    promise(origin_form(whole.target) == whole.target, "a path stays a path");
  check_agreement(text.substr(0, whole.size), whole);
  return 0;
}
