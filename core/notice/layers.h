#pragma once
// The layers of the notice, one function each. What the notice may never do cannot be said with
// these: accept and refuse come from one function, a control has no way to start ticked, and
// nothing here knows how to close with a yes.

#include "notice/notice.h"

namespace avow::notice {

[[nodiscard]] Html first_layer(const View& view);
[[nodiscard]] Html choices_layer(const View& view);
[[nodiscard]] Html yours_layer(const View& view);
[[nodiscard]] Html entry_layer(const View& view);
[[nodiscard]] Html frame_layer(const View& view, const policy::Purpose& purpose);

}  // namespace avow::notice
