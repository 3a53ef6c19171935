#include "framing.h"

#include <algorithm>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/field.hpp>

#include "problem.h"

namespace avow::collector {

namespace beast = boost::beast;
namespace http = beast::http;

std::optional<std::string> origin_form(std::string_view target) {
  std::string_view rest = target;
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!beast::iequals(target.substr(0, scheme.size()), scheme)) continue;
    rest.remove_prefix(scheme.size());
    const std::size_t host = std::min(rest.size(), rest.find_first_of("/?"));
    // A name before the host ("user@") is in no request of a browser, and hides the host.
    if (host == 0 || rest.substr(0, host).contains('@')) return std::nullopt;
    rest.remove_prefix(host);
    return rest.starts_with('/') ? std::string(rest) : '/' + std::string(rest);
  }
  return std::string(rest);
}

std::optional<Reply> misframed(const Head& head) {
  const auto codings = head.count(http::field::transfer_encoding);
  const auto lengths = head.count(http::field::content_length);
  if (codings > 0) {
    if (lengths > 0) return problem(400, "Send Content-Length or Transfer-Encoding, not both.");
    if (head.version() < 11) return problem(400, "HTTP/1.0 has no Transfer-Encoding.");
    if (codings > 1 || !beast::iequals(head[http::field::transfer_encoding], "chunked")) {
      return problem(501, "Send \"Transfer-Encoding: chunked\" or Content-Length.");
    }
  }
  const std::string_view length = head[http::field::content_length];
  if (lengths > 1 || length.find_first_not_of("0123456789") != std::string_view::npos) {
    return problem(400, "Send one Content-Length, one number.");
  }
  return std::nullopt;
}

bool FoldedLines::in(std::string_view more) {
  for (const char c : more) {
    if (ended_) return false;
    if (c == '\n') {
      ended_ = length_ == 0;
      length_ = 0;
      first_line_ = false;
    } else if (c != '\r') {
      if (length_ == 0 && !first_line_ && (c == ' ' || c == '\t')) return true;
      ++length_;
    }
  }
  return false;
}

}  // namespace avow::collector
