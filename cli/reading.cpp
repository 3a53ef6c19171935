#include "reading.h"

#include "file.h"
#include "screen.h"

namespace avow::cli {

void complain(const Verb& verb, const std::string& what) {
  print(stderr, "avow " + std::string(verb.name) + ": " + what + "\n");
}

std::optional<std::string> read_text(const Verb& verb, const std::string& file, int& code) {
  auto text = read_file(file);
  if (text) return std::move(*text);
  complain(verb, text.error());
  code = kUsage;
  return std::nullopt;
}

std::optional<session::LoadedPolicy> read_policy(const Verb& verb, const std::string& file,
                                                 int& code) {
  const auto text = read_text(verb, file, code);
  if (!text) return std::nullopt;
  auto loaded = session::load_policy(*text);
  if (loaded) return std::move(*loaded);
  print_errors(stderr, file, loaded.error());
  code = kWrong;
  return std::nullopt;
}

}  // namespace avow::cli
