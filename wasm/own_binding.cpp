// What few visitors ask for, as a module of its own, since a first visit never needs it: their own
// copy, the erasure of all that was recorded, and what they say to the company.
#include <emscripten/bind.h>

#include "page.h"
#include "text.h"
#include "vault.h"

namespace {

using namespace avow::wasm;

unsigned core_own() {
  const unsigned size = answer(avow::session::own(text(), vault()));
  scrub_stack();
  return size;
}

unsigned core_erase() {
  const unsigned size = answer(avow::session::erase(page(), text(), vault()));
  scrub_stack();
  return size;
}

unsigned core_say() {
  const unsigned size = answer(avow::session::say(text(), vault()));
  scrub_stack();
  return size;
}

}  // namespace

EMSCRIPTEN_BINDINGS(avow_own) {
  emscripten::function("room", &room);
  emscripten::function("answerAddress", &answer_address);
  emscripten::function("vaultAddress", &vault_address);
  emscripten::function("vaultSize", &vault_size);
  emscripten::function("load", &load_page);
  emscripten::function("own", &core_own);
  emscripten::function("erase", &core_erase);
  emscripten::function("say", &core_say);
}
