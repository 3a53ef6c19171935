#include "notice/layer.h"

namespace avow::notice {
namespace {

struct Spelling {
  Layer layer;
  std::string_view name;
};
constexpr Spelling kLayers[] = {{Layer::first, "first"}, {Layer::choices, "choices"},
                                {Layer::yours, "yours"}, {Layer::door, "door"},
                                {Layer::frame, "frame"}, {Layer::fallback, "fallback"}};

}  // namespace

Result<Layer> read_layer(std::string_view name) {
  for (const Spelling& one : kLayers) {
    if (one.name == name) return one.layer;
  }
  return fail(
      Code::unknown_layer, {},
      "Got \"" + std::string(name) + "\", want first, choices, yours, door, frame or fallback.");
}

std::string_view spell(Layer layer) {
  for (const Spelling& one : kLayers) {
    if (one.layer == layer) return one.name;
  }
  fatal("a layer without a name");
}

}  // namespace avow::notice
