#include "notice/html.h"

#include "base/text.h"

namespace avow::notice {

Html& Html::text(std::string_view any) {
  out_ += text::escape_html(any);
  return *this;
}

Html& Html::add(const Html& more) {
  out_ += more.out_;
  return *this;
}

}  // namespace avow::notice
