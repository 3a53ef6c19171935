#include "text.h"

#include <cstdint>
#include <utility>

namespace avow::wasm {
namespace {
unsigned address_of(const std::string& words) {
  return static_cast<unsigned>(reinterpret_cast<std::uintptr_t>(words.data()));
}
}  // namespace

std::string& text() {
  static std::string words;
  return words;
}

unsigned room(unsigned size) {
  text() = std::string(size, '\0');
  return address_of(text());
}

unsigned answer(std::string words) {
  text() = std::move(words);
  return static_cast<unsigned>(text().size());
}

unsigned answer_address() { return address_of(text()); }

}  // namespace avow::wasm
