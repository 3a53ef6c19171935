#pragma once
// Counting requests, so that a demo or a test can see which third-party tags really ran:
// `--count-hits`.

#include <map>
#include <string>

#include "http.h"

namespace avow::collector {

class HitCounter {
 public:
  /// `GET /hits`: the counts. `GET|POST /hits/{name}`, also with .js or .html: counts one.
  [[nodiscard]] Reply answer(const Request& request);

 private:
  std::map<std::string, long> hits_;
};

}  // namespace avow::collector
