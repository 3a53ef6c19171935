#pragma once
// Where a request ends and where it goes: what its head says of that, and whether everybody who
// reads it would agree (RFC 9112). Two who disagree can be made to see two different requests.

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "http.h"

namespace avow::collector {

using Head = boost::beast::http::request<boost::beast::http::string_body>;

/// What stands after the host of an absolute address (RFC 9112, 3.2.2), which a client sends to a
/// proxy and which every server has to take. Other targets stay as they are; nothing where the
/// address has no host.
[[nodiscard]] std::optional<std::string> origin_form(std::string_view target);

/// The answer to a request of which not everybody would say that it ends at the same place (RFC
/// 9112, 6). Beast takes a coding that it does not know for no body at all, and what follows for
/// the next request.
[[nodiscard]] std::optional<Reply> misframed(const Head& head);

/// Looks for header lines that begin with white space and so belong to the line before (RFC 9112,
/// 5.2). Beast joins them in silence; a proxy in front may read two fields, and then it and we do
/// not agree where the request ends.
class FoldedLines {
 public:
  /// Whether there is one in what comes next. What follows the header is not looked at.
  [[nodiscard]] bool in(std::string_view more);

 private:
  std::size_t length_ = 0;  // of this line, as far as it has arrived
  bool first_line_ = true;
  bool ended_ = false;
};

}  // namespace avow::collector
