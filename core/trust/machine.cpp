#include "trust/machine.h"

#ifndef __EMSCRIPTEN__
#include <sodium/core.h>
#endif

#include "base/result.h"

namespace avow::trust {

void use_fastest_code() {
#ifndef __EMSCRIPTEN__
  if (sodium_init() < 0) fatal("libsodium does not start");
#endif
}

}  // namespace avow::trust
