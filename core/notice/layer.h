#pragma once
// The layers of the notice, by name.

#include "base/result.h"

namespace avow::notice {

enum class Layer {
  first,    ///< the banner: accept, refuse, look closer. Not modal.
  choices,  ///< every purpose with its facts, each with its own control
  yours,    ///< what was chosen, when, under which text; withdraw, export, erase
  door,     ///< the small permanent door back to the choices, with withdraw at hand
  frame,    ///< what stands in the place of an embedded frame (needs a purpose)
  fallback  ///< where no core runs: nothing is running, and no can be said
};

[[nodiscard]] Result<Layer> read_layer(std::string_view name);
[[nodiscard]] std::string_view spell(Layer layer);

}  // namespace avow::notice
