// In the browser an error is its code, its place and what was found there: docs/INTEGRATION.md says
// what each code means. The sentences would be a hundredth of all that a first visit loads.
#include "base/result.h"

namespace avow {

std::string_view sentence(Code) { return {}; }

}  // namespace avow
