// Any bytes as an authored policy; and what is good of them, compiled and loaded as by a browser.
#include <algorithm>
#include <cstdio>

#include "base/text.h"
#include "policy/facts.h"
#include "policy/public.h"
#include "promise.h"
#include "session/compile.h"
#include "session/keys.h"
#include "session/session.h"

using namespace avow;
using avow::fuzz::promise;

namespace {

notice::Catalog shipped(const std::string& language) {
  std::FILE* file = std::fopen((AVOW_ROOT "/locales/" + language + ".json").c_str(), "rb");
  promise(file != nullptr, "the catalogs are there");
  std::string text(1 << 18, '\0');
  text.resize(std::fread(text.data(), 1, text.size(), file));
  std::fclose(file);
  auto catalog = notice::read_catalog(text);
  promise(catalog.has_value(), "the catalogs can be read");
  return std::move(*catalog);
}

void check_errors(const Errors& errors) {
  promise(!errors.empty(), "a refusal says why");
  for (const Error& error : errors) {
    promise(error.where.empty() || error.where.starts_with('/') || error.where.starts_with("line "),
            "an error of a policy has a pointer, a line, or is of all of it");
    promise(text::is_utf8(error.where) && text::is_utf8(error.detail), "errors are UTF-8");
  }
}

void check_facts(const std::string& written) {
  const auto facts = policy::read_facts(written);
  promise(facts.has_value(), "facts that were written are read");
  promise(policy::write_facts(*facts) == written, "facts have one spelling");
}

void check_compiled(session::LoadedPolicy keyed) {
  static const notice::Catalog kEnglish = shipped("en"), kChinese = shipped("zh-CN");
  std::vector<notice::Catalog> catalogs;
  for (const std::string& language : keyed.policy.languages) {
    if (language != "en" && language != "zh-CN") return;
    catalogs.push_back(language == "en" ? kEnglish : kChinese);
  }
  const session::Compiled compiled = session::compile(std::move(keyed.policy), std::move(catalogs));
  // Any notice can be rendered; what it may hold is told by the tests of the renderer.
  for (const session::Rendered& notice : compiled.notices)
    promise(!notice.html.contains("<script"), "no notice holds a script");
  // Nobody publishes a draft.
  if (compiled.policy.draft) return;
  check_facts(compiled.written_facts);
  promise(policy::write_public(*policy::read(compiled.public_policy)) == compiled.public_policy,
          "what is published is a policy again, with one spelling");
  promise(sha256(as_bytes(compiled.written_facts)) == compiled.facts.id,
          "the policy id is the hash of the facts");
  for (std::size_t i = 0; i < compiled.texts.size(); ++i) {
    session::Session session;
    const std::string answer = session::load(session, compiled.written_facts, compiled.texts[i]);
    promise(session.loaded != nullptr, "what was compiled is loaded");
    const std::string request =
        R"({"now":1800000000,"language":")" + compiled.policy.languages[i] +
        R"(","gpc":true,"place":"","refused":false,"held":null,"chain":null})";
    promise(session::decide(session, request).contains(R"("ok":true)"), "and decides");
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  auto keyed = session::load_policy(text);
  if (keyed)
    check_compiled(std::move(*keyed));
  else
    check_errors(keyed.error());
  if (const auto facts = policy::read_facts(text)) {
    promise(policy::write_facts(*facts).size() <= 4 * size + 65'536,
            "facts are written about as long as they were");
  }
  return 0;
}
