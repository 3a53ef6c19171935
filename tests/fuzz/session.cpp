// Any request of a page, whose stored state is anybody's. The first line is the call, the rest the
// request.
#include "session/session.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <set>

#include "base/canonical.h"
#include "base/text.h"
#include "promise.h"
#include "session/compile.h"
#include "session/keys.h"

using namespace avow;
using namespace avow::session;
using avow::fuzz::promise;

namespace {

std::string file(const char* path) {
  std::FILE* from = std::fopen(path, "rb");
  promise(from != nullptr, "the vectors are there");
  std::string text(1 << 18, '\0');
  text.resize(std::fread(text.data(), 1, text.size(), from));
  std::fclose(from);
  return text;
}

/// The sample policy, in English.
struct Given {
  Compiled compiled;
  std::string texts;
  Session session;

  explicit Given(Compiled given) : compiled(std::move(given)) {
    const auto& languages = compiled.policy.languages;
    const auto english = std::ranges::find(languages, "en") - languages.begin();
    texts = compiled.texts.at(static_cast<std::size_t>(english));
    (void)load(session, compiled.written_facts, texts);
    promise(session.loaded != nullptr, "the sample policy can be loaded");
  }
  static Compiled compile_sample() {
    auto keyed = load_policy(file(AVOW_ROOT "/tests/vectors/policy/sample.json"));
    std::vector<notice::Catalog> catalogs;
    for (const std::string& language : keyed->policy.languages)
      catalogs.push_back(
          *notice::read_catalog(file((AVOW_ROOT "/locales/" + language + ".json").c_str())));
    return compile(std::move(keyed->policy), std::move(catalogs));
  }
};

const json::Object& check_answer(const json::Value& answer) {
  const json::Object* object = answer.object();
  promise(object != nullptr, "an answer is an object");
  const json::Value* ok = object->find("ok");
  promise(ok != nullptr && ok->boolean() != nullptr, "an answer says whether it is ok");
  if (*ok->boolean()) return *object;
  const json::Value* errors = object->find("errors");
  promise(errors != nullptr && errors->array() != nullptr && !errors->array()->empty(),
          "a failure says why");
  for (const json::Value& error : *errors->array()) {
    for (const char* member : {"code", "where", "detail", "text"}) {
      const json::Value* said = error.object()->find(member);
      promise(said != nullptr && said->string() != nullptr, "an error has its four texts");
    }
  }
  return *object;
}

json::Value parsed(const std::string& answer) {
  auto value = json::read(answer, {.bytes = 32u << 20, .depth = 40, .values = 1'000'000});
  promise(value.has_value(), "an answer is JSON");
  return std::move(*value);
}

std::set<std::string> granted(const json::Object& answer) {
  std::set<std::string> out;
  const json::Value* list = answer.find("granted");
  if (list == nullptr) return out;
  for (const json::Value& one : *list->array()) out.insert(*one.string());
  return out;
}

/// The same request as `decide` reads it.
std::string without_press(const json::Object& request) {
  json::Object out;
  for (const auto& [name, value] : request.members())
    if (name != "press" && name != "subject") out.set(name, value);
  return canonical::write(out);
}

bool vouched(const json::Object& request) {
  const json::Value* press = request.find("press");
  const json::Value* trusted =
      press == nullptr || press->object() == nullptr ? nullptr : press->object()->find("trusted");
  return trusted != nullptr && trusted->boolean() != nullptr && *trusted->boolean();
}

void check_press(const Session& session, std::string_view text, const json::Object& answer) {
  if (answer.find("choice") == nullptr) return;
  const auto request = json::read(text, {.bytes = 8u << 20, .depth = 16, .values = 200'000});
  if (vouched(*request->object())) return;
  const json::Value before = parsed(decide(session, without_press(*request->object())));
  promise(std::ranges::includes(granted(*before.object()), granted(answer)),
          "a press that nobody vouches for adds no grant");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Given given{Given::compile_sample()};
  const std::string_view text = fuzz::text_of(data, size);
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view call = text.substr(0, end);
  const std::string_view request = text.substr(std::min(end + 1, text.size()));

  std::array<std::uint8_t, kVaultSize> bytes;
  std::uint8_t next = 1;
  for (std::uint8_t& b : bytes) b = next = static_cast<std::uint8_t>(next * 29 + 71);
  const Vault vault(bytes);
  std::string answer;
  if (call == "load") {
    Session fresh;
    answer = load(fresh, request, given.texts);
  } else if (call == "decide") {
    answer = decide(given.session, request);
  } else if (call == "view") {
    answer = view(given.session, request);
  } else if (call == "press") {
    answer = press(given.session, request, vault);
  } else if (call == "erase") {
    answer = erase(given.session, request, vault);
  } else if (call == "own") {
    answer = own(request, vault);
  } else if (call == "deliver") {
    answer = deliver(given.session, request);
  } else {
    return -1;  // not worth keeping
  }
  const json::Value value = parsed(answer);
  const json::Object& object = check_answer(value);
  promise(canonical::write(value) == answer, "an answer is canonical");
  if (call == "press" || call == "erase" || call == "own") {
    promise(std::all_of(bytes.begin() + kKeyringSize, bytes.end(), [](auto b) { return b == 0; }),
            "what was random is wiped before the call returns");
  }
  if (call == "press") check_press(given.session, request, object);
  return 0;
}
