#pragma once
// A visitor for the session tests: holds what a browser would hold, and presses.

#include <algorithm>
#include <array>

#include "base/text.h"
#include "notice/given.h"
#include "session/compile.h"
#include "session/keys.h"
#include "session/session.h"
#include "trust/record.h"

namespace avow::session::given {

inline json::Value parsed(std::string_view text) {
  const Checked<json::Value> value =
      json::read(text, {.bytes = 8u << 20, .depth = 32, .values = 200'000});
  EXPECT_TRUE(value) << text.substr(0, 200);
  return value ? *value : json::Value{};
}

/// The member at a path of keys; null where there is none.
inline json::Value member(const json::Value& value, std::initializer_list<std::string_view> path) {
  const json::Value* at = &value;
  for (const std::string_view key : path) {
    const json::Object* object = at->object();
    at = object == nullptr ? nullptr : object->find(key);
    if (at == nullptr) return {};
  }
  return *at;
}

inline std::string string(const json::Value& value) {
  return value.string() == nullptr ? std::string() : *value.string();
}

inline std::vector<trust::Identity> company() {
  std::vector<trust::Identity> out;
  for (const char* name : {"keys/daily.key", "keys/recovery.key"}) {
    const auto identities = trust::read_identity_file(policy::given::file(name));
    EXPECT_TRUE(identities);
    if (identities) out.insert(out.end(), identities->begin(), identities->end());
  }
  return out;
}

/// An authored policy, compiled; `catalog` stands for its own language, the shipped ones for the
/// others. Nothing where the policy is not good.
inline std::optional<Compiled> compiled(std::string_view policy, std::string_view catalog,
                                        const Changing& changing = {}) {
  Checked<LoadedPolicy> keyed = load_policy(policy);
  Checked<notice::Catalog> given = notice::read_catalog(catalog);
  if (!keyed || !given) return std::nullopt;
  std::vector<notice::Catalog> catalogs;
  for (const std::string& language : keyed->policy.languages)
    catalogs.push_back(language == given->language() ? *given : notice::given::catalog(language));
  return compile(std::move(keyed->policy), std::move(catalogs), changing);
}

/// The compiled texts of one of the policy's languages.
inline const std::string& texts_in(const Compiled& compiled, std::string_view language) {
  const auto& languages = compiled.policy.languages;
  const auto at = std::ranges::find(languages, language) - languages.begin();
  return compiled.texts.at(static_cast<std::size_t>(at));
}

class Visitor {
 public:
  explicit Visitor(std::uint8_t seed = 1) : random_(seed) {}

  std::string policy = policy::given::sample();
  std::string catalog = notice::given::catalog_text("en");
  Changing changing;
  std::int64_t now = 1'800'000'000;
  std::string place = "CN";
  bool gpc = false;
  bool refused = false;
  json::Value held, chain;
  std::array<std::uint8_t, kVaultSize> vault{};
  std::array<std::uint8_t, kKeyringSize> keyring{};

  [[nodiscard]] json::Object request() const {
    json::Object out;
    out.set("now", now).set("language", "en").set("place", place).set("gpc", gpc);
    if (refused) out.set("refused", true);
    return out.set("held", held).set("chain", chain);
  }

  /// Policy and catalog as they are now, compiled and read afresh: tests change them.
  [[nodiscard]] Session session() const {
    Session out;
    if (const auto compiled = given::compiled(policy, catalog, changing))
      (void)load(out, compiled->written_facts, texts_in(*compiled, "en"));
    return out;
  }

  json::Value decided() { return parsed(decide(session(), canonical::write(request()))); }

  json::Value view_of(std::string_view layer, std::string_view delivery = "none",
                      std::string_view said = {}) {
    json::Object asked = request();
    asked.set("layer", layer).set("delivery", delivery);
    if (!said.empty()) asked.set("said", said);
    return parsed(session::view(session(), canonical::write(asked)));
  }

  /// A notice that stood as it was made.
  static json::Object fair() {
    return json::Object{}
        .set("reached", 100)
        .set("alike", 100)
        .set("contrast", 800)
        .set("opacity", 100)
        .set("height", 44)
        .set("clear", 100);
  }

  static json::Object act(std::string_view control, std::string_view layer = "first",
                          bool trusted = true, json::Array selected = {}) {
    return json::Object{}
        .set("control", control)
        .set("layer", layer)
        .set("via", control == "grant" ? "host" : "notice")
        .set("trusted", trusted)
        .set("selected", std::move(selected))
        .set("stood", fair());
  }

  /// Presses, and keeps what a browser would keep.
  json::Value pressed(json::Object act, std::string subject = {}) {
    fill();
    json::Object asked = request().set("press", std::move(act));
    if (!subject.empty()) asked.set("subject", subject);
    const json::Value answer =
        parsed(session::press(session(), canonical::write(asked), Vault(vault)));
    keep(answer);
    return answer;
  }

  json::Value erased() {
    fill();
    return parsed(session::erase(session(), canonical::write(request()), Vault(vault)));
  }

  /// The random part of the vault holds something other than zeros.
  [[nodiscard]] bool entropy_left() const {
    return std::any_of(vault.begin() + kKeyringSize, vault.end(),
                       [](std::uint8_t b) { return b != 0; });
  }

  void fill() {
    std::copy(keyring.begin(), keyring.end(), vault.begin());
    for (std::size_t i = kKeyringSize; i < kVaultSize; ++i)
      vault[i] = random_ = static_cast<std::uint8_t>(random_ * 29 + 71);
  }

 private:
  void keep(const json::Value& answer) {
    if (member(answer, {"ok"}) != json::Value{true}) return;
    held = member(answer, {"choice"});
    chain = member(answer, {"chain"});
    std::copy_n(vault.begin(), kKeyringSize, keyring.begin());
    now += 60;
  }

  std::uint8_t random_;
};

inline trust::Record record_of(const json::Value& answer) {
  const auto bytes =
      text::from_base64(string(member(answer, {"record", "bytes"})), text::Base64::standard);
  EXPECT_TRUE(bytes);
  const auto record = trust::read_record(bytes ? *bytes : Bytes{});
  EXPECT_TRUE(record);
  return record ? *record : trust::Record{};
}

inline json::Value opened(const json::Value& answer) {
  const auto identities = company();
  const auto value = trust::open_record(record_of(answer), identities);
  EXPECT_TRUE(value);
  return value ? *value : json::Value{};
}

/// "purpose=granted/control …" of a record's answers.
inline std::string answers(const json::Value& payload) {
  std::string out;
  const json::Value list = member(payload, {"answers"});
  for (const json::Value& one : *list.array()) {
    out += (out.empty() ? "" : " ") + string(member(one, {"purpose"})) + "=" +
           (*member(one, {"granted"}).boolean() ? "yes" : "no") + "/" +
           string(member(one, {"control"}));
  }
  return out;
}

inline std::string first_error(const json::Value& answer) {
  const json::Value list = member(answer, {"errors"});
  if (list.array() == nullptr || list.array()->empty()) return {};
  return string(member((*list.array())[0], {"code"})) + " " +
         string(member((*list.array())[0], {"where"}));
}

inline std::string granted(const json::Value& answer) {
  std::string out;
  const json::Value list = member(answer, {"granted"});
  for (const json::Value& one : *list.array()) out += (out.empty() ? "" : " ") + *one.string();
  return out;
}

}  // namespace avow::session::given
