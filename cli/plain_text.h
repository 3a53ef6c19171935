#pragma once
#include <string>
#include <string_view>

namespace avow::cli {

/// What markup says to who reads it: other notices take HTML, a policy's texts are text. Tags go,
/// those between blocks leave a space; the references that HTML and people use become their
/// characters; a "<" that begins no tag stays (HTML, 13.2.5.6). Spaces are single, none at the
/// ends.
[[nodiscard]] std::string plain_text(std::string_view html);

}  // namespace avow::cli
