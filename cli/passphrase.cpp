#include "passphrase.h"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>

#include "file.h"
#include "trust/secret.h"

namespace avow::cli {
namespace {

constexpr std::size_t kLongest = 1'024;

using Passphrase = std::expected<std::string, std::string>;

volatile std::sig_atomic_t caught = 0;
void catch_signal(int signal) { caught = signal; }

/// The first line that a descriptor gives, without its end.
Passphrase read_line(int from) {
  std::string out;
  out.reserve(kLongest + 1);  // no growing, so no copies left behind
  for (char c = 0; out.size() <= kLongest;) {
    const ssize_t got = read(from, &c, 1);
    if (got < 0 && errno == EINTR && caught == 0) continue;
    if (got < 0 && caught == 0) {
      trust::wipe(out);
      return std::unexpected("The passphrase cannot be read: " + std::string(std::strerror(errno)) +
                             ".");
    }
    if (got <= 0 || c == '\n') break;
    out += c;
  }
  if (out.ends_with('\r')) out.pop_back();
  if (!out.empty() && out.size() <= kLongest) return out;
  const bool empty = out.empty();
  trust::wipe(out);
  return std::unexpected(empty ? "The passphrase is empty."
                               : "The passphrase is longer than 1024 bytes.");
}

/// Echo is off between the two, whatever ends the reading: a signal is raised again once the
/// terminal is as it was.
class Silence {
 public:
  explicit Silence(int terminal) : terminal_(terminal) {
    caught = 0;
    struct sigaction wanted{};
    wanted.sa_handler = catch_signal;
    for (std::size_t i = 0; i < kSignals; ++i) sigaction(kCaught[i], &wanted, &before_[i]);
    tcgetattr(terminal_, &attributes_);
    termios silent = attributes_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(terminal_, TCSAFLUSH, &silent);
  }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;
  ~Silence() {
    tcsetattr(terminal_, TCSAFLUSH, &attributes_);
    for (std::size_t i = 0; i < kSignals; ++i) sigaction(kCaught[i], &before_[i], nullptr);
    if (caught != 0) std::raise(caught);
  }

 private:
  static constexpr std::size_t kSignals = 4;
  static constexpr int kCaught[kSignals] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
  int terminal_;
  termios attributes_{};
  struct sigaction before_[kSignals] = {};
};

void say(int terminal, std::string_view text) {
  if (write(terminal, text.data(), text.size()) < 0)
    return;  // a prompt that cannot be shown stops nothing
}

Passphrase ask(int terminal, const std::string& prompt) {
  const Silence silence(terminal);
  say(terminal, prompt + ": ");
  Passphrase typed = read_line(terminal);
  say(terminal, "\n");
  return typed;
}

Passphrase ask_terminal(const std::string& prompt, bool twice) {
  const int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC);
  if (terminal < 0)
    return std::unexpected("There is no terminal to type a passphrase at; use --passphrase-file.");
  Passphrase first = ask(terminal, prompt);
  if (first && twice) {
    Passphrase second = ask(terminal, "The same again");
    const bool same = second && *first == *second;
    if (second) trust::wipe(*second);
    if (!same) {
      trust::wipe(*first);
      first = std::unexpected("The two are not the same.");
    }
  }
  close(terminal);
  return first;
}

}  // namespace

Passphrase read_passphrase(const PassphraseSource& source, const std::string& prompt, bool twice) {
  if (!source.file.empty()) {
    const int file = open(source.file.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return std::unexpected(file_error(source.file, errno));
    Passphrase line = read_line(file);
    close(file);
    if (!line) line = std::unexpected(source.file + ": " + line.error());
    return line;
  }
  if (!source.stdin_taken && isatty(STDIN_FILENO) == 0) return read_line(STDIN_FILENO);
  return ask_terminal(prompt, twice);
}

}  // namespace avow::cli
