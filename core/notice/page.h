#pragma once
// The privacy page: everything that the policy says, in one language, for a company's own website.
// One source with the notice, so that the two cannot disagree (PIPL 7, 17; NDSMR 21).

#include "notice/notice.h"

namespace avow::notice {

/// An `<article>` without style or script: who is responsible, which data and who receives it (two
/// lists, NDSMR 21), each purpose with its facts, and the rights. The sections and purposes have
/// ids (`purpose-ID`), so that a link can name them. `view.where` is not read: the page says the
/// same everywhere. What `view.change` tells stands beside what it belongs to, or at the beginning.
[[nodiscard]] std::string render_page(const View& view);

}  // namespace avow::notice
