#include "page.h"

#include <string_view>
#include <utility>

#include "text.h"

namespace avow::wasm {

session::Session& page() {
  static session::Session loaded;
  return loaded;
}

unsigned load_page(unsigned facts) {
  const std::string both = std::move(text());
  const std::string_view words = both;
  return answer(session::load(page(), words.substr(0, facts), words.substr(facts)));
}

}  // namespace avow::wasm
