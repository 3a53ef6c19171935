// avow import: the configuration of another notice, as a draft of a policy.
#include <algorithm>
#include <functional>
#include <map>

#include "arguments.h"
#include "base/time.h"
#include "file.h"
#include "plain_text.h"
#include "policy/shape.h"
#include "policy/spelling.h"
#include "pretty.h"
#include "screen.h"
#include "session/keys.h"

namespace avow::cli {
namespace {

using json::Array;
using json::Object;
using json::Value;

const Value* at(const Value* value, std::initializer_list<std::string_view> path) {
  for (const std::string_view name : path) {
    const Object* object = value == nullptr ? nullptr : value->object();
    value = object == nullptr ? nullptr : object->find(name);
  }
  return value;
}

std::string text_at(const Value* value, std::initializer_list<std::string_view> path) {
  const Value* found = at(value, path);
  return found != nullptr && found->string() != nullptr ? *found->string() : std::string();
}

bool flag_at(const Value* value, std::string_view name) {
  const Value* found = at(value, {name});
  return found != nullptr && found->boolean() != nullptr && *found->boolean();
}

/// An id of ours for a name of theirs.
std::string id_of(std::string_view name) {
  std::string out;
  for (const char c : name) {
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    const bool good = (lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9');
    if (good)
      out += lower;
    else if (!out.empty() && out.back() != '-')
      out += '-';
  }
  while (out.ends_with('-')) out.pop_back();
  if (out.empty() || out[0] < 'a' || out[0] > 'z') out = "p-" + out;
  return out.substr(0, 64);
}

/// What other notices hold, whichever it was.
struct Found {
  std::vector<std::string> languages;
  struct Purpose {
    std::string name;  ///< theirs
    std::string id;
    bool asked = true;
    std::map<std::string, std::string> titles, descriptions;
    std::vector<std::string> cookies;
  };
  std::vector<Purpose> purposes;
  struct Service {
    std::string id, name;
    std::vector<std::string> purposes;
  };
  std::vector<Service> services;
  std::map<std::string, std::string> rules;
  std::int64_t days = 0;
  std::vector<std::string> left;  ///< what could not be carried over

  Purpose& purpose(const std::string& name) {
    const auto it = std::ranges::find(purposes, name, &Purpose::name);
    if (it != purposes.end()) return *it;
    purposes.push_back({.name = name,
                        .id = own_id(purposes, name),
                        .asked = true,
                        .titles = {},
                        .descriptions = {},
                        .cookies = {}});
    return purposes.back();
  }

  void service(const std::string& name, const std::string& title, std::vector<std::string> served) {
    services.push_back({own_id(services, name), title.empty() ? name : title, std::move(served)});
  }

  /// Names that differ in signs alone have one id: the later ones get a number.
  template <typename List>
  static std::string own_id(const List& list, const std::string& name) {
    const std::string id = id_of(name);
    std::string own = id;
    const auto taken = [&](const auto& one) { return one.id == own; };
    for (int n = 2; std::ranges::any_of(list, taken); ++n) {
      const std::string number = "-" + std::to_string(n);
      own = id.substr(0, 64 - number.size()) + number;
    }
    return own;
  }

  /// A cookie's name, or a regular expression of names as far as `*` can say the same.
  void cookie(Purpose& purpose, std::string name) {
    const bool pattern = name.starts_with('/') || name.starts_with('^');
    if (pattern) {
      const std::string whole = name;
      const std::size_t last = name.rfind('/');
      if (name.starts_with('/')) name = name.substr(1, last > 0 ? last - 1 : std::string::npos);
      const bool begins = name.starts_with('^');
      if (begins) name.erase(0, 1);
      const bool ends = name.ends_with('$');
      if (ends) name.pop_back();
      const bool open = name.ends_with(".*");
      if (open) name.erase(name.size() - 2);
      if (name.find_first_of("\\.*+?()[]{}|^$") != std::string::npos || name.empty()) {
        left.push_back("the cookies " + whole + " of \"" + purpose.id + "\"");
        return;
      }
      if (!begins) name = "*" + name;
      if (open || !ends) name += "*";
    }
    if (name.empty() || name.size() > 64) return;
    if (std::ranges::find(purpose.cookies, name) == purpose.cookies.end())
      purpose.cookies.push_back(std::move(name));
  }
};

// ---------------------------------------------------------------------- vanilla-cookieconsent

void cookies_of(Found& found, Found::Purpose& purpose, const Value* holder) {
  const Value* cookies = at(holder, {"cookies"});
  if (cookies == nullptr || cookies->array() == nullptr) return;
  for (const Value& one : *cookies->array()) found.cookie(purpose, text_at(&one, {"name"}));
}

Found read_cookieconsent(const Value& config) {
  Found out;
  if (const Value* translations = at(&config, {"language", "translations"});
      translations != nullptr && translations->object() != nullptr) {
    const std::string first = text_at(&config, {"language", "default"});
    if (translations->object()->find(first) != nullptr) out.languages.push_back(first);
    for (const auto& [language, texts] : translations->object()->members()) {
      if (language != first) out.languages.push_back(language);
    }
  }
  for (const auto& [name, category] : at(&config, {"categories"})->object()->members()) {
    Found::Purpose& purpose = out.purpose(name);
    purpose.asked = !flag_at(&category, "readOnly");
    cookies_of(out, purpose, at(&category, {"autoClear"}));
    if (const Value* services = at(&category, {"services"});
        services != nullptr && services->object() != nullptr) {
      for (const auto& [service, facts] : services->object()->members()) {
        out.service(service, plain_text(text_at(&facts, {"label"})), {purpose.id});
        cookies_of(out, purpose, &facts);
      }
    }
    for (const std::string& language : out.languages) {
      const Value* sections =
          at(&config, {"language", "translations", language, "preferencesModal", "sections"});
      if (sections == nullptr || sections->array() == nullptr) continue;
      for (const Value& section : *sections->array()) {
        if (text_at(&section, {"linkedCategory"}) != name) continue;
        if (at(&section, {"cookieTable"}) != nullptr)
          out.left.push_back("the table of cookies of \"" + name + "\" in " + language);
        purpose.titles[language] = plain_text(text_at(&section, {"title"}));
        purpose.descriptions[language] = plain_text(text_at(&section, {"description"}));
      }
    }
  }
  if (const Value* days = at(&config, {"cookie", "expiresAfterDays"});
      days != nullptr && days->integer() != nullptr)
    out.days = *days->integer();
  if (text_at(&config, {"mode"}) == "opt-out")
    out.left.emplace_back(
        "what runs until a no (\"mode\": \"opt-out\"): say in which jurisdictions");
  if (!text_at(&config, {"cookie", "domain"}).empty())
    out.left.emplace_back("the cookie's domain: say it in `subdomains` where they ask together");
  return out;
}

// ---------------------------------------------------------------------------------------- Klaro

/// In Klaro a text stands by itself or as the title of an object.
std::string title_of(const Value* value) {
  if (value != nullptr && value->string() != nullptr) return plain_text(*value->string());
  return plain_text(text_at(value, {"title"}));
}

void klaro_service(Found& out, const Value& service) {
  const std::string name = text_at(&service, {"name"});
  if (name.empty()) return;
  std::vector<std::string> served;
  const Value* purposes = at(&service, {"purposes"});
  if (purposes != nullptr && purposes->array() != nullptr) {
    for (const Value& one : *purposes->array()) {
      if (one.string() == nullptr) continue;
      Found::Purpose& purpose = out.purpose(*one.string());
      if (std::ranges::find(served, purpose.id) == served.end()) served.push_back(purpose.id);
      const Value* cookies = at(&service, {"cookies"});
      if (cookies == nullptr || cookies->array() == nullptr) continue;
      for (const Value& cookie : *cookies->array()) {
        // A name or expression, or a list that begins with one.
        const Value* said = cookie.array() != nullptr && !cookie.array()->empty()
                                ? &cookie.array()->front()
                                : &cookie;
        if (said->string() != nullptr) out.cookie(purpose, *said->string());
      }
    }
  }
  out.service(name, plain_text(text_at(&service, {"title"})), std::move(served));
  for (const std::string_view said : {"default", "optOut", "contextualConsentOnly"}) {
    if (flag_at(&service, said))
      out.left.push_back("\"" + std::string(said) + "\" of the service \"" + name + "\"");
  }
}

Found read_klaro(const Value& config, const Array& services) {
  Found out;
  const Value* translations = at(&config, {"translations"});
  if (translations != nullptr && translations->object() != nullptr) {
    for (const auto& [language, texts] : translations->object()->members()) {
      // "zz" is what stands in for every language.
      if (language != "zz") out.languages.push_back(language);
    }
  }
  if (const std::string language = text_at(&config, {"lang"}); !language.empty()) {
    std::erase(out.languages, language);
    out.languages.insert(out.languages.begin(), language);
  }
  // Without a word of its own it speaks Klaro's English.
  if (out.languages.empty()) out.languages.emplace_back("en");
  std::map<std::string, bool> asked;
  for (const Value& service : services) {
    klaro_service(out, service);
    const Value* purposes = at(&service, {"purposes"});
    if (purposes == nullptr || purposes->array() == nullptr) continue;
    for (const Value& one : *purposes->array()) {
      if (one.string() != nullptr) asked[*one.string()] |= !flag_at(&service, "required");
    }
  }
  for (const auto& [name, is_asked] : asked) {
    Found::Purpose& purpose = out.purpose(name);
    purpose.asked = is_asked;
    for (const std::string& language : out.languages) {
      const Value* told = at(translations, {language, "purposes", name});
      if (told == nullptr) told = at(translations, {"zz", "purposes", name});
      purpose.titles[language] = title_of(told);
      purpose.descriptions[language] = plain_text(text_at(told, {"description"}));
    }
  }
  const Value* rules = at(&config, {"privacyPolicy"});
  for (const std::string& language : out.languages) {
    std::string link = text_at(translations, {language, "privacyPolicyUrl"});
    if (link.empty()) link = text_at(translations, {"zz", "privacyPolicyUrl"});
    if (link.empty() && rules != nullptr && rules->string() != nullptr) link = *rules->string();
    if (link.empty()) link = text_at(rules, {language});
    if (link.empty()) link = text_at(rules, {"default"});
    if (link.empty() || policy::is_link(link))
      out.rules[language] = link;
    else
      out.left.push_back("the privacy policy at \"" + link + "\"");
  }
  if (const Value* days = at(&config, {"cookieExpiresAfterDays"});
      days != nullptr && days->integer() != nullptr)
    out.days = *days->integer();
  return out;
}

// ---------------------------------------------------------------------------------------- draft

/// A text of the draft in the languages that have it, and only where it is no longer than `most`.
void put(Found& found, Object& into, const std::string& name, std::size_t most,
         const std::map<std::string, std::string>& texts) {
  Object out;
  for (const std::string& language : found.languages) {
    const auto it = texts.find(language);
    if (it == texts.end() || it->second.empty()) continue;
    if (it->second.size() > most)
      found.left.push_back("a " + name + " of more than " + std::to_string(most) + " bytes");
    else
      out.set(language, it->second);
  }
  if (!out.empty()) into.set(name, std::move(out));
}

Array ids(const std::vector<std::string>& all) {
  Array out;
  for (const std::string& one : all) out.emplace_back(one);
  return out;
}

Object draft(Found& found) {
  if (found.languages.empty()) found.languages.emplace_back("en");
  Object out;
  out.set("avow", 1).set("draft", true).set("languages", ids(found.languages));
  put(found, out, "rules_url", 500, found.rules);
  Array purposes, services, stored;
  for (const Found::Purpose& one : found.purposes) {
    Object purpose;
    purpose.set("id", one.id);
    // Only where their word is one of ours: what a purpose is for is not guessed.
    const auto kind =
        std::ranges::find(policy::kKinds, one.id, &policy::Spelling<policy::Kind>::name);
    if (kind != std::end(policy::kKinds)) purpose.set("kind", one.id);
    if (one.asked) purpose.set("basis", "consent");
    put(found, purpose, "title", 100, one.titles);
    put(found, purpose, "description", 1'000, one.descriptions);
    purposes.push_back(std::move(purpose));
    if (!one.cookies.empty())
      stored.push_back(Object{}.set("purpose", one.id).set("cookies", ids(one.cookies)));
  }
  for (const Found::Service& one : found.services) {
    Object service;
    service.set("id", one.id).set("name", one.name);
    if (!one.purposes.empty()) service.set("purposes", ids(one.purposes));
    services.push_back(std::move(service));
  }
  if (!purposes.empty()) out.set("purposes", std::move(purposes));
  if (!services.empty()) out.set("services", std::move(services));
  const std::string days = "P" + std::to_string(found.days) + "D";
  if (found.days >= 30 && time::read_period(days))
    out.set("validity", Object{}.set("grant", days).set("refusal", days));
  else if (found.days > 0)
    found.left.push_back("answers that stand for " + std::to_string(found.days) + " days");
  if (!stored.empty()) out.set("stored", std::move(stored));
  return out;
}

int run_import(Words words) {
  const auto arguments = read_arguments(kImport, words, {{"--out"}}, 1, 1);
  if (!arguments) return kUsage;
  const auto refuse = [](const std::string& why, int code) {
    print(stderr, "avow import: " + why + "\n");
    return code;
  };
  const std::string& file = arguments->files()[0];
  const auto text = read_file(file);
  if (!text) return refuse(text.error(), kUsage);
  const auto config = json::read(*text);
  if (!config) {
    print_errors(stderr, file, config.error());
    return kWrong;
  }
  Found found;
  const Value* services = at(&*config, {"services"});
  if (services == nullptr) services = at(&*config, {"apps"});
  const Value* categories = at(&*config, {"categories"});
  if (services != nullptr && services->array() != nullptr)
    found = read_klaro(*config, *services->array());
  else if (categories != nullptr && categories->object() != nullptr)
    found = read_cookieconsent(*config);
  else
    return refuse(safe(file) +
                      " has neither Klaro's \"services\" nor vanilla-cookieconsent's "
                      "\"categories\".",
                  kWrong);
  const std::string written = pretty(draft(found)) + "\n";
  const auto loaded = session::load_policy(written);
  if (!loaded) {
    print_errors(stderr, file, loaded.error());
    return kWrong;
  }
  if (const auto path = arguments->value("--out")) {
    if (const auto kept = replace_file(*path, written); !kept) return refuse(kept.error(), kUsage);
  } else {
    print(stdout, written);
  }
  print_errors(stderr, arguments->value("--out").value_or("the draft"), loaded->policy.gaps);
  for (const std::string& left : found.left)
    print(stderr, "not carried over: " + safe(left) + "\n");
  return kFine;
}

}  // namespace

const Verb kImport{"import", "makes a draft of another notice's configuration",
                   R"(usage: avow import [--out FILE] CONFIG

Reads the configuration of vanilla-cookieconsent (version 3) or of Klaro, as JSON, and prints a draft of a policy: its
languages, purposes with their texts, services, how long answers stand, and the cookies to delete. Nothing is
invented: what a law asks and such a configuration does not hold is listed on stderr, for you to say.

--out FILE  writes the draft there instead
CONFIG      a file, or - for stdin

exit codes: 0 fine, 1 a configuration of neither, or with what no policy can hold, 2 usage or a file that cannot be
            read or written
)",
                   run_import};

}  // namespace avow::cli
