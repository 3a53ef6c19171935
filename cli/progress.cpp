#include "progress.h"

#include <cstdint>
#include <unistd.h>

#include <cstdio>

namespace avow::cli {

using namespace std::chrono_literals;

Progress::Progress(bool results_on_screen)
    : wanted_(isatty(STDERR_FILENO) != 0 && !(results_on_screen && isatty(STDOUT_FILENO) != 0)) {}

void Progress::tell(std::uint64_t more_records, std::optional<int> percent) {
  records_ += more_records;
  const Clock::time_point now = Clock::now();
  if (!wanted_ || now - began_ < 1s || (shown_ && now - told_ < 200ms)) return;
  told_ = now;
  shown_ = true;
  const double seconds = std::chrono::duration<double>(now - began_).count();
  std::fprintf(stderr, "\r%llu records, %.0f a second", static_cast<unsigned long long>(records_),
               static_cast<double>(records_) / seconds);
  if (percent) std::fprintf(stderr, ", %d %%", *percent);
  std::fputs("   ", stderr);
}

void Progress::clear() {
  if (shown_)
    std::fputs("\r                                                            \r", stderr);
  shown_ = false;
}

}  // namespace avow::cli
