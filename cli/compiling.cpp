#include "compiling.h"

#include <algorithm>

#include "catalogs.h"
#include "notice/gaps.h"
#include "policy/law.h"
#include "reading.h"
#include "screen.h"

namespace avow::cli {
std::optional<std::vector<notice::Catalog>> read_catalogs(const Verb& verb,
                                                          const policy::Policy& policy,
                                                          const std::vector<std::string>& files,
                                                          int& code) {
  std::vector<notice::Catalog> own;
  for (const std::string& file : files) {
    const auto text = read_text(verb, file, code);
    if (!text) return std::nullopt;
    auto catalog = notice::read_catalog(*text);
    if (!catalog) {
      print_errors(stderr, file, catalog.error());
      code = kWrong;
      return std::nullopt;
    }
    if (std::ranges::find(policy.languages, catalog->language()) == policy.languages.end()) {
      complain(verb,
               safe(file) + ": the policy does not speak \"" + safe(catalog->language()) + "\".");
      code = kUsage;
      return std::nullopt;
    }
    own.push_back(std::move(*catalog));
  }
  std::vector<notice::Catalog> out;
  for (const std::string& language : policy.languages) {
    const auto given = std::ranges::find(own, language, &notice::Catalog::language);
    if (given != own.end()) {
      out.push_back(*given);
      continue;
    }
    auto brought = embedded_catalog(language);
    if (!brought) {
      complain(verb, "there are no interface texts in \"" + safe(language) +
                         "\": give them with --catalog.");
      code = kUsage;
      return std::nullopt;
    }
    out.push_back(std::move(brought->catalog));
  }
  return out;
}

std::optional<session::Compiled> compile_file(const Verb& verb, const std::string& file,
                                              const std::vector<std::string>& catalogs, Use use,
                                              int& code, const session::Changing& changing) {
  auto loaded = read_policy(verb, file, code);
  if (!loaded) return std::nullopt;
  const Errors breaches = policy::breaches(loaded->policy);
  if (!loaded->policy.gaps.empty()) print_errors(stderr, file, loaded->policy.gaps);
  if (!breaches.empty()) print_errors(stderr, file, breaches);
  if (loaded->policy.draft)
    complain(verb,
             safe(file) + " is a draft" + (use == Use::publish ? ": it is not published." : "."));
  if (use == Use::publish && (loaded->policy.draft || !breaches.empty())) {
    code = kWrong;
    return std::nullopt;
  }
  auto texts = read_catalogs(verb, loaded->policy, catalogs, code);
  if (!texts) return std::nullopt;
  if (loaded->policy.draft) notice::name_gaps(loaded->policy, *texts);
  return session::compile(std::move(loaded->policy), std::move(*texts), changing);
}

}  // namespace avow::cli
