// The core as the browser sees it. Embind carries numbers alone: text goes through one buffer that
// the core owns, and secrets through another.
#include <emscripten/bind.h>

#include <string>

#include "page.h"
#include "text.h"
#include "vault.h"

namespace {

using namespace avow::session;
using namespace avow::wasm;

unsigned core_version() { return answer(std::string(version())); }
unsigned core_decide() { return answer(decide(page(), text())); }
unsigned core_view() { return answer(view(page(), text())); }
unsigned core_press() {
  const unsigned size = answer(press(page(), text(), vault()));
  scrub_stack();
  return size;
}
unsigned core_deliver() { return answer(deliver(page(), text())); }

}  // namespace

EMSCRIPTEN_BINDINGS(avow) {
  emscripten::function("version", &core_version);
  emscripten::function("room", &room);
  emscripten::function("answerAddress", &answer_address);
  emscripten::function("vaultAddress", &vault_address);
  emscripten::function("vaultSize", &vault_size);
  emscripten::function("load", &load_page);
  emscripten::function("decide", &core_decide);
  emscripten::function("view", &core_view);
  emscripten::function("press", &core_press);
  emscripten::function("deliver", &core_deliver);
}
