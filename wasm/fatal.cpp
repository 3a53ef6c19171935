// The C library's streams, and the glue's files behind them, would come along for this one line.
#include <emscripten/em_js.h>

#include <cstdlib>

#include "base/result.h"

EM_JS_DEPS(avow, "$UTF8ToString");
EM_JS(void, avow_say_broken, (const char* what),
      { console.error("avow: broken invariant: " + UTF8ToString(what)); });

namespace avow {

void fatal(const char* what) {
  avow_say_broken(what);
  std::abort();
}

}  // namespace avow
