// The core as the browser sees it. Embind carries numbers alone: text goes through one buffer that
// the core owns, and secrets through another.
#include <emscripten/bind.h>

#include <string>
#include <string_view>
#include <utility>

#include "text.h"
#include "vault.h"

namespace {

using namespace avow::session;
using namespace avow::wasm;

/// The page's policy and catalog. A page has one; a second would load a second module.
Session page;

unsigned core_version() { return answer(std::string(version())); }
/// The text is the facts, so many bytes of them, and then the texts.
unsigned core_load(unsigned facts) {
  const std::string both = std::move(text());
  const std::string_view words = both;
  return answer(load(page, words.substr(0, facts), words.substr(facts)));
}
unsigned core_decide() { return answer(decide(page, text())); }
unsigned core_view() { return answer(view(page, text())); }
unsigned core_press() {
  const unsigned size = answer(press(page, text(), vault()));
  scrub_stack();
  return size;
}
unsigned core_erase() {
  const unsigned size = answer(erase(page, text(), vault()));
  scrub_stack();
  return size;
}
unsigned core_deliver() { return answer(deliver(page, text())); }

}  // namespace

EMSCRIPTEN_BINDINGS(avow) {
  emscripten::function("version", &core_version);
  emscripten::function("room", &room);
  emscripten::function("answerAddress", &answer_address);
  emscripten::function("vaultAddress", &vault_address);
  emscripten::function("vaultSize", &vault_size);
  emscripten::function("load", &core_load);
  emscripten::function("decide", &core_decide);
  emscripten::function("view", &core_view);
  emscripten::function("press", &core_press);
  emscripten::function("erase", &core_erase);
  emscripten::function("deliver", &core_deliver);
}
