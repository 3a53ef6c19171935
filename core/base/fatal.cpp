#include <cstdio>
#include <cstdlib>

#include "base/result.h"

namespace avow {

void fatal(const char* what) {
  std::fprintf(stderr, "avow: broken invariant: %s\n", what);
  std::abort();
}

}  // namespace avow
