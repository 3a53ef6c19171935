#include "notice/notice.h"

#include "notice/layers.h"

namespace avow::notice {
std::string render(const View& view, Layer layer, std::string_view purpose) {
  switch (layer) {
    case Layer::first: return first_layer(view).str();
    case Layer::choices: return choices_layer(view).str();
    case Layer::yours: return yours_layer(view).str();
    case Layer::door: return door_layer(view).str();
    case Layer::fallback: return fallback_layer(view).str();
    case Layer::frame: {
      const policy::Purpose* found = view.policy.purpose(purpose);
      if (found == nullptr) fatal("a frame for a purpose that the policy does not have");
      return frame_layer(view, *found).str();
    }
  }
  fatal("a layer without a renderer");
}

Digest notice_id(const View& view, Layer layer, std::string_view purpose) {
  return sha256(as_bytes(render(view, layer, purpose)));
}

}  // namespace avow::notice
