// Any bytes as JSON.
#include "base/json.h"

#include "base/canonical.h"
#include "base/text.h"
#include "promise.h"

using namespace avow;
using avow::fuzz::promise;

namespace {

void check_errors(const Errors& errors) {
  promise(!errors.empty(), "a refusal says why");
  promise(errors.size() <= kMostErrors + 1, "nobody is told more than 200 errors");
  for (const Error& error : errors) {
    promise(text::is_utf8(error.where) && text::is_utf8(error.detail), "errors are UTF-8");
    if (error.code == Code::json_syntax || error.code == Code::json_utf8)
      promise(error.where.starts_with("line "), "an error of syntax has a line and a column");
    else
      promise(error.where.empty() || error.where.starts_with('/'), "any other has a pointer");
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  const auto value = json::read(text, {.bytes = 65'536, .depth = 16, .values = 5'000});
  if (!value) {
    check_errors(value.error());
    return 0;
  }
  const std::string written = canonical::write(*value);
  promise(text::is_utf8(written), "what is written is UTF-8");
  // Escapes may be written longer than they were read (a control character has six bytes).
  const auto again = json::read(written, {.depth = 16, .values = 5'000});
  promise(again.has_value(), "what is written is read");
  promise(canonical::write(*again) == written, "a value has one canonical spelling");
  return 0;
}
