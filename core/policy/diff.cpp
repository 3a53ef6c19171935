#include "policy/diff.h"

#include <algorithm>

#include "base/text.h"
#include "policy/declaration.h"
#include "policy/public.h"

namespace avow::policy {
namespace {

bool same(const Text& a, const Text& b) { return a.languages == b.languages; }

/// Writes an object's fields as they are declared, so that two of them can be compared: a field
/// that is declared is compared.
class Written {
 public:
  template <class T>
  static std::string of(const T& object) {
    Written io;
    declare(io, object);
    return std::move(io.out_);
  }
  template <class T>
  static std::string of(const std::optional<T>& object) {
    return object ? of(*object) : std::string("none");
  }
  template <class T>
  static std::string of(const std::vector<T>& objects) {
    std::string out;
    for (const T& object : objects) out += of(object) + "\n";
    return out;
  }

  void line(std::string_view name, const std::string& value, auto&&...) { put(name, value); }
  void key(std::string_view name, const std::string& value, auto&&...) { put(name, value); }
  void id(std::string_view name, const std::string& value, auto&&...) { put(name, value); }
  void reference(std::string_view name, const std::string& value, auto&&...) { put(name, value); }
  void lines(std::string_view name, const std::vector<std::string>& values, auto&&...) {
    for (const std::string& value : values) put(name, value);
  }
  void references(std::string_view name, const std::vector<std::string>& values, auto&&...) {
    lines(name, values);
  }
  void names(std::string_view name, const std::vector<std::string>& values, auto&&...) {
    lines(name, values);
  }
  void words(std::string_view name, const Text& text, json::Length, Need, std::string_view) {
    for (const auto& [language, words] : text.languages) put(name, language + " " + words);
  }
  void links(std::string_view name, const Text& text, Need need, std::string_view meaning) {
    words(name, text, {}, need, meaning);
  }
  void flag(std::string_view name, bool value, auto&&...) { put(name, value ? "yes" : ""); }
  void number(std::string_view name, std::int64_t value, auto&&...) {
    put(name, std::to_string(value));
  }
  void count(std::string_view name, std::int64_t value, auto&&...) {
    put(name, std::to_string(value));
  }
  void date(std::string_view name, time::Instant value, auto&&...) {
    put(name, time::write_date(value));
  }
  void period(std::string_view name, const time::Period& value, auto&&...) {
    put(name, time::write_period(value));
  }
  void period(std::string_view name, const std::optional<time::Period>& value, auto&&...) {
    if (value) put(name, time::write_period(*value));
  }
  template <class T, class S, std::size_t N>
  void one_of(std::string_view name, const T& value, const Spelling<S> (&table)[N], auto&&...) {
    put(name, json::spelled(table, S(value)));
  }
  template <class T, std::size_t N>
  void one_of(std::string_view name, const std::optional<T>& value, const Spelling<T> (&table)[N],
              auto&&...) {
    if (value) put(name, json::spelled(table, *value));
  }
  template <class T, std::size_t N>
  void one_of_or(std::string_view name, const T& value, const Spelling<T> (&table)[N], auto&&...) {
    put(name, json::spelled(table, value));
  }
  template <class T, std::size_t N>
  void some_of(std::string_view name, const std::vector<T>& values, const Spelling<T> (&table)[N],
               auto&&...) {
    for (const T& value : values) put(name, json::spelled(table, value));
  }
  template <class T>
  void object(std::string_view name, const T& value, auto&&...) {
    put(name, of(value));
  }
  template <class T>
  void list(std::string_view name, const std::vector<T>& values, auto&&...) {
    put(name, of(values));
  }

 private:
  void put(std::string_view name, std::string_view value) {
    if (!value.empty()) out_.append(name).append("=").append(value).append("\x1f");
  }

  std::string out_;
};

template <class T>
bool alike(const T& a, const T& b) {
  return Written::of(a) == Written::of(b);
}

/// The texts of a purpose by the name of their field: what words alone say of it.
class Words {
 public:
  Words(const Policy& policy, const Purpose& purpose) {
    add("title", purpose.title);
    add("description", purpose.description);
    add("method", purpose.method);
    add("necessity", purpose.necessity);
    add("impact", purpose.impact);
    add("on_behalf_of", purpose.on_behalf_of);
    for (const std::string& id : purpose.categories) {
      if (const Category* category = policy.category(id)) add("categories", category->name);
    }
    for (const std::string& id : purpose.recipients) {
      const Recipient* recipient = policy.recipient(id);
      if (recipient == nullptr) continue;
      add("recipients", recipient->name);
      add("recipients", recipient->examples);
    }
    all_.emplace_back("sharing", Written::of(purpose.sharing));
    all_.emplace_back("retention", Written::of(purpose.retention));
    all_.emplace_back("sources", Written::of(purpose.sources));
    all_.emplace_back("channels", Written::of(purpose.channels));
    all_.emplace_back("permissions", Written::of(purpose.permissions));
    all_.emplace_back("automated", Written::of(purpose.automated));
    all_.emplace_back("incentive", Written::of(purpose.incentive));
    for (const std::string& id : purpose.optional) all_.emplace_back("optional", id);
    for (const Service& service : policy.services) {
      if (std::ranges::find(service.purposes, purpose.id) != service.purposes.end())
        all_.emplace_back("services", Written::of(service));
    }
  }

  /// The names of the texts that differ, each once.
  static std::string changed(const Words& a, const Words& b) {
    std::vector<std::string_view> names;
    const auto of = [](const Words& words, std::string_view name) {
      std::string out;
      for (const auto& [each, text] : words.all_)
        if (each == name) out += text + "\n";
      return out;
    };
    for (const Words* words : {&a, &b}) {
      for (const auto& [name, text] : words->all_) {
        if (std::ranges::find(names, name) == names.end() && of(a, name) != of(b, name))
          names.push_back(name);
      }
    }
    std::string out;
    for (const std::string_view name : names) out.append(out.empty() ? "" : ", ").append(name);
    return out;
  }

 private:
  void add(std::string_view name, const Text& text) {
    std::string all;
    for (const auto& [language, words] : text.languages) all += language + " " + words + "\n";
    all_.emplace_back(name, std::move(all));
  }

  std::vector<std::pair<std::string_view, std::string>> all_;
};

std::string grounds(const Purpose& purpose) { return Written::of(purpose.bases); }

/// How a recipient is reached and covered: no consent was given to that, but visitors read it.
std::string reach(const Policy& policy, const Purpose& purpose) {
  std::string out;
  for (const std::string& id : purpose.recipients) {
    const Recipient* recipient = policy.recipient(id);
    if (recipient == nullptr) continue;
    out += id + " " + recipient->contact + "\n" + Written::of(recipient->covers);
    for (const Text* text : {&recipient->country_names, &recipient->list, &recipient->chosen,
                             &recipient->arrangement, &recipient->rights_procedure}) {
      for (const auto& [language, words] : text->languages) out += language + " " + words + "\n";
    }
  }
  return out;
}

/// What the author has said of the changed words of a purpose.
const WordingOnly* statement(std::span<const WordingOnly> stated, const Policy& older,
                             const std::string& purpose) {
  for (const WordingOnly& one : stated)
    if (one.purpose == purpose && one.since == older.version) return &one;
  return nullptr;
}

class Comparison {
 public:
  Comparison(const Policy& older, const Policy& newer, std::span<const WordingOnly> stated)
      : older_(older),
        newer_(newer),
        stated_(stated) {}

  std::vector<Difference> all() {
    for (const Purpose& now : newer_.purposes) {
      const Purpose* before = older_.purpose(now.id);
      if (before == nullptr)
        add(now.id, Change::added, now.asks() ? Then::ask : Then::tell);
      else
        purpose(*before, now);
    }
    for (const Purpose& before : older_.purposes) {
      if (newer_.purpose(before.id) == nullptr) add(before.id, Change::removed, Then::tell);
    }
    whole();
    const std::string hash = text::to_hex(public_hash(older_));
    if (!newer_.supersedes.empty() && newer_.supersedes != hash)
      add("", Change::predecessor, Then::mend, hash);
    const bool other = !out_.empty();
    if (other && older_.version == newer_.version)
      add("", Change::same_version, Then::mend, newer_.version);
    if (other && older_.effective_at == newer_.effective_at)
      add("", Change::same_date, Then::mend, time::write_date(newer_.effective_at));
    return std::move(out_);
  }

 private:
  void purpose(const Purpose& before, const Purpose& now) {
    const Then asked = now.asks() ? Then::ask : Then::tell;
    if (before.terms != now.terms) add(now.id, Change::terms, asked);
    if (now.kept_days() > before.kept_days()) add(now.id, Change::longer_retention, asked);
    if (now.kept_days() < before.kept_days()) add(now.id, Change::shorter_retention, Then::tell);
    if (grounds(before) != grounds(now)) add(now.id, Change::grounds, Then::tell);
    if (!alike(before.if_refused, now.if_refused)) add(now.id, Change::refusal, Then::tell);
    if (!alike(before.on_withdrawal, now.on_withdrawal))
      add(now.id, Change::withdrawal, Then::tell);
    if (reach(older_, before) != reach(newer_, now)) add(now.id, Change::recipient, Then::tell);
    wording(before, now);
  }

  void wording(const Purpose& before, const Purpose& now) {
    // Who is asked again reads the new words; whose retention changed in number has been told so.
    if (before.terms != now.terms && now.asks()) return;
    const std::string changed = Words::changed({older_, before}, {newer_, now});
    if (changed.empty() || (changed == "retention" && before.kept_days() != now.kept_days()))
      return;
    if (const WordingOnly* said = statement(stated_, older_, now.id)) {
      add(now.id, Change::wording, Then::tell,
          changed + "; " + said->by + " stated on " + time::write_date(said->on) +
              " that the meaning is the same");
    } else {
      add(now.id, Change::wording, Then::state, changed);
    }
  }

  void whole() {
    if (!alike(older_.controller, newer_.controller) || !alike(older_.contacts, newer_.contacts))
      add("", Change::controller, Then::tell);
    for (const Right& before : older_.rights) {
      if (!before.absent.empty()) continue;
      const auto stands = [&](const Right& now) {
        return now.type == before.type && now.absent.empty() &&
               (now.law.empty() || now.law == before.law);
      };
      if (std::ranges::none_of(newer_.rights, stands))
        add("", Change::right_dropped, Then::tell, before.type);
    }
    if (!alike(older_.rights, newer_.rights) || !alike(older_.complaint, newer_.complaint) ||
        !alike(older_.authorities, newer_.authorities) || !alike(older_.minors, newer_.minors) ||
        !alike(older_.documents, newer_.documents) || !alike(older_.storage, newer_.storage) ||
        !same(older_.rules_url, newer_.rules_url))
      add("", Change::rights, Then::tell);
    if (!alike(older_.jurisdictions, newer_.jurisdictions)) add("", Change::regimes, Then::tell);
    if (!alike(older_.validity, newer_.validity)) add("", Change::validity, Then::tell);
    if (!alike(older_.erase, newer_.erase)) add("", Change::erasing, Then::tell);
  }

  void add(std::string purpose, Change change, Then then, std::string what = {}) {
    out_.push_back({std::move(purpose), change, then, std::move(what)});
  }

  const Policy& older_;
  const Policy& newer_;
  std::span<const WordingOnly> stated_;
  std::vector<Difference> out_;
};

constexpr Spelling<Change> kChanges[] = {{"added", Change::added},
                                         {"removed", Change::removed},
                                         {"terms", Change::terms},
                                         {"longer-retention", Change::longer_retention},
                                         {"shorter-retention", Change::shorter_retention},
                                         {"grounds", Change::grounds},
                                         {"refusal", Change::refusal},
                                         {"withdrawal", Change::withdrawal},
                                         {"wording", Change::wording},
                                         {"recipient", Change::recipient},
                                         {"controller", Change::controller},
                                         {"right-dropped", Change::right_dropped},
                                         {"rights", Change::rights},
                                         {"regimes", Change::regimes},
                                         {"validity", Change::validity},
                                         {"erasing", Change::erasing},
                                         {"predecessor", Change::predecessor},
                                         {"same-version", Change::same_version},
                                         {"same-date", Change::same_date}};
constexpr Spelling<Then> kThens[] = {
    {"ask", Then::ask}, {"tell", Then::tell}, {"state", Then::state}, {"mend", Then::mend}};

}  // namespace

std::vector<Difference> diff(const Policy& older, const Policy& newer,
                             std::span<const WordingOnly> stated) {
  return Comparison(older, newer, stated).all();
}

std::string_view spell(Change change) { return json::spelled(kChanges, change); }
std::string_view spell(Then then) { return json::spelled(kThens, then); }

}  // namespace avow::policy
