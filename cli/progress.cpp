#include "progress.h"

#include <cstdint>
#include <unistd.h>

#include <cstdio>

namespace avow::cli {

using namespace std::chrono_literals;

Progress::Progress(bool results_on_screen, std::string_view things)
    : wanted_(isatty(STDERR_FILENO) != 0 && !(results_on_screen && isatty(STDOUT_FILENO) != 0)),
      things_(things) {}

void Progress::tell(std::uint64_t more, std::optional<int> percent) {
  done_ += more;
  const Clock::time_point now = Clock::now();
  if (!wanted_ || now - began_ < 1s || (shown_ && now - told_ < 200ms)) return;
  told_ = now;
  shown_ = true;
  const double seconds = std::chrono::duration<double>(now - began_).count();
  std::fprintf(stderr, "\r%llu %.*s, %.0f a second", static_cast<unsigned long long>(done_),
               static_cast<int>(things_.size()), things_.data(),
               static_cast<double>(done_) / seconds);
  if (percent) std::fprintf(stderr, ", %d %%", *percent);
  std::fputs("   ", stderr);
}

void Progress::clear() {
  if (shown_)
    std::fputs("\r                                                            \r", stderr);
  shown_ = false;
}

}  // namespace avow::cli
