#pragma once
// The two lists as a document of their own, for the visitor to keep and to print (NDSMR 21(2),
// (4)).

#include "notice/notice.h"

namespace avow::notice {

/// A whole HTML document, styled and without script: who is responsible, which version of the
/// policy and from when it holds, what is collected, and what is given to whom. Links that are
/// paths lead to the policy's site from wherever the file lies. `view.where` is not read.
[[nodiscard]] std::string render_handout(const View& view);

}  // namespace avow::notice
