#include "policy/diff.h"

#include <algorithm>

#include "base/among.h"
#include "base/text.h"
#include "policy/keeping.h"
#include "policy/members.h"
#include "policy/public.h"
#include "policy/public_writer.h"
#include "policy/terms.h"

namespace avow::policy {
namespace {

/// What it comes to that a member of the whole policy is different.
struct Whole {
  std::string_view member;
  Change change;
  Then then = Then::tell;
};
constexpr Whole kWholes[] = {
    {"controller", Change::controller},
    {"contacts", Change::contacts},
    {"rights", Change::rights},
    {"complaint", Change::complaints},
    {"authorities", Change::authorities},
    {"minors", Change::minors},
    {"rules_url", Change::rules},
    {"documents", Change::documents},
    {"storage", Change::storage},
    {"laws", Change::laws},
    {"jurisdictions", Change::regimes},
    {"validity", Change::validity},
    {"record_refusals", Change::refusals},
    {"erase", Change::erasing},
    {"subdomains", Change::subdomains},
    {"site", Change::other_site, Then::mend},
};
/// Members that every version has anew, and one that is compared with the older policy's hash.
constexpr std::string_view kOwn[] = {"version", "effective_at", "supersedes"};
/// Lists that are told by the purposes that use them.
constexpr std::string_view kUsed[] = {"categories", "recipients", "purposes", "services"};

/// Members of a purpose that are more than words, and told as what they are.
struct Told {
  std::string_view member;
  Change change;
};
constexpr Told kTold[] = {
    {"bases", Change::grounds},
    {"if_refused", Change::refusal},
    {"on_withdrawal", Change::withdrawal},
    {"where", Change::where},
};
/// What of a recipient words alone say.
constexpr std::string_view kRecipientWords[] = {"name", "examples"};
/// The members of a retention that `longer_kept` compares.
constexpr std::string_view kPeriods[] = {"period", "from", "bound"};

void once(std::vector<std::string>& names, std::string_view name) {
  if (!among(names, name)) names.emplace_back(name);
}

/// What is left of an object without the members of these names.
json::Object without(const json::Object& object, const auto& unwanted) {
  json::Object out;
  for (const auto& [name, value] : object.members()) {
    if (!unwanted(name)) out.set(name, value);
  }
  return out;
}

/// What the entries say beside their periods.
json::Array words_of_retention(const json::Object& purpose) {
  json::Array out;
  const json::Value* all = purpose.find("retention");
  if (all == nullptr) return out;
  for (const json::Value& one : *all->array())
    out.emplace_back(without(*one.object(), [](auto& name) { return among(kPeriods, name); }));
  return out;
}

/// Whether a name is another one in a language that both policies speak.
bool renamed(const Text& was, const Text& is) {
  return std::ranges::any_of(was.languages, [&](const auto& spoken) {
    const std::string_view now = is.in(spoken.first);
    return !now.empty() && now != spoken.second;
  });
}

std::vector<std::string> in_both(const std::vector<std::string>& was,
                                 const std::vector<std::string>& is) {
  std::vector<std::string> out;
  for (const std::string& id : is) {
    if (among(was, id)) out.push_back(id);
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
  Comparison(const Policy& older, const Policy& newer, json::Object was, json::Object is,
             std::span<const WordingOnly> stated)
      : older_(older),
        newer_(newer),
        was_(std::move(was)),
        is_(std::move(is)),
        stated_(stated) {}

  std::vector<Difference> all() {
    for (const Purpose& now : newer_.purposes) {
      const Purpose* before = older_.purpose(now.id);
      if (open(now) || (before != nullptr && open(*before)))
        add(now.id, Change::unstated, Then::mend);
      else if (before == nullptr)
        add(now.id, Change::added, asked_or_told(now));
      else
        purpose(*before, now);
    }
    for (const Purpose& before : older_.purposes) {
      if (newer_.purpose(before.id) == nullptr) add(before.id, Change::removed, Then::tell);
    }
    whole();
    house();
    succession();
    return std::move(out_);
  }

 private:
  /// An object of a list in both policies, by its id.
  struct Both {
    const json::Object& was;
    const json::Object& is;
  };
  [[nodiscard]] Both both(std::string_view list, const std::string& id) const {
    static const json::Object none;
    const json::Object* was = item(was_.find(list), "id", id);
    const json::Object* is = item(is_.find(list), "id", id);
    return {was == nullptr ? none : *was, is == nullptr ? none : *is};
  }

  /// Whether somebody agrees to something of it: here, in an app or by a form.
  static bool agreed_to(const Purpose& one) {
    return one.basis == Basis::consent || one.asked_in_a_case() || one.asked_by_a_form();
  }

  /// What is new of a purpose: the notice asks, an app or a form has to, or visitors are told.
  static Then asked_or_told(const Purpose& now) {
    return now.asks() ? Then::ask : agreed_to(now) ? Then::ask_there : Then::tell;
  }

  /// Whether a draft leaves open what decides who is asked.
  static bool open(const Purpose& one) {
    return json::is_open(one.kind) || json::is_open(one.basis);
  }

  void purpose(const Purpose& before, const Purpose& now) {
    const Both written = both("purposes", now.id);
    // In an app nobody has agreed yet to what rested on another ground.
    const bool newly =
        now.asks() ? !before.asks() : now.asked_elsewhere() && before.basis != Basis::consent;
    if (newly)
      add(now.id, Change::newly_asked, asked_or_told(now), listed(material(before, now, true)));
    if (!now.asks() && before.asks())
      add(now.id, Change::no_longer_asked, now.asked_elsewhere() ? Then::ask_there : Then::tell,
          listed(material(before, now, true)));
    const bool terms = before.terms != now.terms;
    if (terms && !newly)
      add(now.id, Change::terms, asked_or_told(now), listed(material(before, now, false)));
    // Whether whoever agreed is asked again for the whole of it, here or elsewhere.
    const bool anew = newly || (terms && now.basis == Basis::consent);
    const bool kept = keeping(before, now, anew);
    for (const Told& told : kTold) {
      const Pair member = pair_of(written.was, written.is, told.member);
      if (told.change == Change::where && now.asks() != before.asks()) continue;
      if (!member.same())
        add(now.id, told.change,
            told.change == Change::where && asked_anew(before, now) ? Then::ask_there : Then::tell,
            within(member));
    }
    reach(before, now);
    // Whoever is asked reads the new words.
    if (anew) return;
    names(before, now);
    wording(before, now, kept);
  }

  /// What of the terms is different; `asked`: and what else decides whether it is asked.
  [[nodiscard]] std::vector<std::string> material(const Purpose& before, const Purpose& now,
                                                  bool asked) const {
    const Both written = both("purposes", now.id);
    std::vector<std::string> out;
    for (const std::string& name : differing(written.was, written.is)) {
      if (is_material("purposes", name) || (asked && name == "where")) out.push_back(name);
    }
    const auto of = [&](std::string_view list, const std::string& what, const Both& object) {
      for (const std::string& name : differing(object.was, object.is)) {
        if (is_material(list, name)) out.push_back(what + " " + name);
      }
    };
    for (const std::string& id : in_both(before.categories, now.categories))
      of("categories", id, both("categories", id));
    for (const std::string& id : in_both(before.recipients, now.recipients))
      of("recipients", id, both("recipients", id));
    of("controller", "controller",
       {*was_.find("controller")->object(), *is_.find("controller")->object()});
    return out;
  }

  /// Whether all that is different of the retention has been told: that data is kept longer, or
  /// that it is kept shorter and nothing else.
  bool keeping(const Purpose& before, const Purpose& now, bool asked) {
    const std::vector<Longer> longer = longer_kept(before, now);
    // The number is what an answer is held against in the browser (consent/decision.cpp).
    const bool by_number = now.kept_days() > before.kept_days();
    if (!longer.empty() || by_number) {
      longer_retention(now, longer,
                       !now.asks()          ? asked_or_told(now)
                       : by_number || asked ? Then::ask
                                            : Then::mend);
      return true;
    }
    const std::vector<Longer> shorter = longer_kept(now, before);
    if (shorter.empty() && now.kept_days() == before.kept_days()) return false;
    add(now.id, Change::shorter_retention, Then::tell, listed(categories(shorter)));
    const Both written = both("purposes", now.id);
    return words_of_retention(written.was) == words_of_retention(written.is);
  }

  static std::vector<std::string> categories(const std::vector<Longer>& all) {
    std::vector<std::string> out;
    for (const Longer& one : all) out.push_back(one.category);
    return out;
  }

  /// One difference for each entry that lets data be kept longer. Where nobody would be asked, the
  /// author mends it, or states that it is no longer where no program can tell.
  void longer_retention(const Purpose& now, const std::vector<Longer>& longer, Then then) {
    if (longer.empty()) add(now.id, Change::longer_retention, then);
    for (std::size_t i = 0; i < longer.size();) {
      const Longer& first = longer[i];
      std::vector<Longer> same;
      for (; i < longer.size() && longer[i].entry == first.entry; ++i) same.push_back(longer[i]);
      const bool surely = std::ranges::any_of(same, &Longer::surely);
      const std::string what = listed(categories(same));
      const std::size_t told = out_.size();
      if (then == Then::mend && !surely)
        state(now.id, Change::longer_retention, what);
      else
        add(now.id, Change::longer_retention, then, what);
      for (std::size_t row = told; row < out_.size(); ++row)
        out_[row].where = place_of(now, first.entry);
    }
  }

  /// Where the author wrote an entry of a purpose's retention: there, or in the defaults.
  [[nodiscard]] std::string place_of(const Purpose& purpose, std::size_t entry) const {
    const auto nth = static_cast<std::size_t>(&purpose - newer_.purposes.data());
    const std::string own = json::join(json::join("/purposes", nth), "retention");
    if (entry >= purpose.retention.size()) return own;
    if (purpose.retention_from.empty()) return json::join(own, entry);
    return json::join("/defaults/retention", purpose.retention_from[entry]);
  }

  /// How a recipient is reached and covered: no consent was given to that, but visitors read it.
  void reach(const Purpose& before, const Purpose& now) {
    std::vector<std::string> out;
    for (const std::string& id : in_both(before.recipients, now.recipients)) {
      const Both recipient = both("recipients", id);
      for (const std::string& name : differing(recipient.was, recipient.is)) {
        const bool told = among(kRecipientWords, name) ||
                          (is_material("recipients", name) && before.terms != now.terms);
        if (!told) out.push_back(id + " " + name);
      }
    }
    if (!out.empty()) add(now.id, Change::recipient, Then::tell, listed(out));
  }

  /// A registration in a policy is nobody's proof: another name may be another company's.
  void names(const Purpose& before, const Purpose& now) {
    std::vector<std::string> out;
    for (const std::string& id : in_both(before.recipients, now.recipients)) {
      if (renamed(older_.recipient(id)->name, newer_.recipient(id)->name)) out.push_back(id);
    }
    if (renamed(older_.controller.name, newer_.controller.name)) out.emplace_back("controller");
    if (!out.empty()) state(now.id, Change::renamed, listed(out));
  }

  void wording(const Purpose& before, const Purpose& now, bool kept) {
    const Both written = both("purposes", now.id);
    std::vector<std::string> out;
    for (const std::string& name : differing(written.was, written.is)) {
      const bool told = std::ranges::find(kTold, name, &Told::member) != std::end(kTold) ||
                        (is_material("purposes", name) && before.terms != now.terms) ||
                        (name == "retention" && kept);
      if (!told) once(out, name);
    }
    for (const std::string& id : in_both(before.categories, now.categories)) {
      const Both category = both("categories", id);
      const auto told = [](const std::string& name) { return is_material("categories", name); };
      if (without(category.was, told) != without(category.is, told)) once(out, "categories");
    }
    for (const std::string& id : in_both(before.recipients, now.recipients)) {
      const Recipient& was = *older_.recipient(id);
      const Recipient& is = *newer_.recipient(id);
      const bool other_name =
          was.name.languages != is.name.languages && !renamed(was.name, is.name);
      if (other_name || was.examples.languages != is.examples.languages) once(out, "recipients");
    }
    if (services(older_, was_, before, now) != services(newer_, is_, before, now))
      once(out, "services");
    if (!out.empty()) state(now.id, Change::wording, listed(out));
  }

  /// The services of a purpose, with what they name that the purpose does not.
  static json::Array services(const Policy& policy, const json::Object& written,
                              const Purpose& before, const Purpose& now) {
    json::Array out;
    const auto put = [&](std::string_view list, const std::string& id, auto ids) {
      if (among(before.*ids, id) && among(now.*ids, id)) return;
      if (const json::Object* one = item(written.find(list), "id", id)) out.emplace_back(*one);
    };
    for (const Service& service : policy.services) {
      if (!among(service.purposes, now.id)) continue;
      out.emplace_back(*item(written.find("services"), "id", service.id));
      for (const std::string& id : service.categories) put("categories", id, &Purpose::categories);
      put("recipients", service.recipient, &Purpose::recipients);
    }
    return out;
  }

  void whole() {
    for (const Right& before : older_.rights) {
      if (!before.absent.empty()) continue;
      const auto stands = [&](const Right& now) {
        return now.type == before.type && now.absent.empty() &&
               (now.law.empty() || now.law == before.law);
      };
      if (std::ranges::none_of(newer_.rights, stands))
        add("", Change::right_dropped, Then::tell, before.type);
    }
    for (const Whole& one : kWholes) {
      const Pair member = pair_of(was_, is_, one.member);
      if (!member.same()) add("", one.change, one.then, within(member));
    }
  }

  /// Whatever else is different is said in one line.
  void house() {
    std::vector<std::string> out;
    for (const std::string& name : differing(was_, is_)) {
      const bool told = std::ranges::find(kWholes, name, &Whole::member) != std::end(kWholes);
      if (told || among(kOwn, name)) continue;
      if (name == "defaults") {
        if (const std::string unsaid = unfilled(); !unsaid.empty())
          out.push_back(name + " (" + unsaid + ")");
      } else if (!among(kUsed, name))
        out.push_back(name);
      else if (const std::string unsaid = unused(name); !unsaid.empty())
        out.push_back(name + " (" + unsaid + ")");
    }
    if (newer_.supersedes.empty() && !older_.supersedes.empty()) out.emplace_back("supersedes");
    if (!out.empty()) add("", Change::house, Then::know, listed(out));
  }

  /// What is different of the defaults and of no purpose that they fill in.
  [[nodiscard]] std::string unfilled() const {
    static const json::Object none;
    const Pair defaults = pair_of(was_, is_, "defaults");
    const auto object = [](const json::Value* one) -> const json::Object& {
      return one == nullptr ? none : *one->object();
    };
    std::vector<std::string> out;
    for (const std::string& name : differing(object(defaults.was), object(defaults.is))) {
      const bool told = std::ranges::any_of(newer_.purposes, [&](const Purpose& one) {
        const Both written = both("purposes", one.id);
        return older_.purpose(one.id) != nullptr && !pair_of(written.was, written.is, name).same();
      });
      if (!told) out.push_back(name);
    }
    return listed(out);
  }

  /// What is different of a list though no purpose of both policies has said so.
  [[nodiscard]] std::string unused(const std::string& list) const {
    std::vector<std::string> ids, before, out;
    const auto of = [&](const json::Object& written) {
      std::vector<std::string> all;
      const json::Value* items = written.find(list);
      if (items == nullptr) return all;
      for (const json::Value& one : *items->array())
        all.push_back(*one.object()->find("id")->string());
      return all;
    };
    const std::vector<std::string> was = of(was_), is = of(is_);
    for (const std::string& id : is) ids.push_back(id);
    for (const std::string& id : was) once(ids, id);
    for (const std::string& id : ids) {
      const Both object = both(list, id);
      if (object.was != object.is && !is_used(older_, list, id) && !is_used(newer_, list, id))
        out.push_back(id);
    }
    if (in_both(was, is) != in_both(is, was)) out.emplace_back("order");
    return listed(out);
  }

  static bool is_used(const Policy& policy, std::string_view list, const std::string& id) {
    if (list == "purposes" || list == "services") return true;
    const bool data = list == "categories";
    return std::ranges::any_of(policy.purposes,
                               [&](const Purpose& one) {
                                 return among(data ? one.categories : one.recipients, id);
                               }) ||
           std::ranges::any_of(policy.services, [&](const Service& one) {
             return data ? among(one.categories, id) : one.recipient == id;
           });
  }

  void succession() {
    const bool other =
        std::ranges::any_of(out_, [](const Difference& one) { return one.then != Then::know; });
    const std::string hash = text::to_hex(public_hash(older_));
    if (!newer_.supersedes.empty() && newer_.supersedes != hash)
      add("", Change::predecessor, Then::mend, hash);
    // Drafts that say neither do not say the same.
    if (other && !newer_.version.empty() && older_.version == newer_.version)
      add("", Change::same_version, Then::mend, newer_.version);
    const bool dated = older_.effective_at != 0 && newer_.effective_at != 0;
    if (other && dated && older_.effective_at == newer_.effective_at)
      add("", Change::same_date, Then::mend, time::write_date(newer_.effective_at));
    if (dated && newer_.effective_at < older_.effective_at)
      add("", Change::earlier_date, Then::mend, time::write_date(newer_.effective_at));
  }

  /// What may mean something new, unless the author has stated that it does not.
  void state(const std::string& purpose, Change change, std::string what) {
    // Where nobody agreed to anything, nothing is new to be agreed to.
    if (!agreed_to(*newer_.purpose(purpose)))
      return add(purpose, change, Then::tell, std::move(what));
    const WordingOnly* said = statement(stated_, older_, purpose);
    if (said == nullptr || (change == Change::longer_retention && !said->keeping))
      return add(purpose, change, Then::state, std::move(what));
    add(purpose, change, Then::tell,
        what + "; " + said->by + " stated on " + time::write_date(said->on) + " that the " +
            (change == Change::renamed            ? "company is the same"
             : change == Change::longer_retention ? "data is kept no longer"
                                                  : "meaning is the same"));
  }

  void add(const std::string& purpose, Change change, Then then, const std::string& what = {}) {
    out_.push_back({purpose, change, then, what});
    // The notice asks on the site alone, and some agreed elsewhere.
    if (then == Then::ask && !only_on_site(*newer_.purpose(purpose)))
      out_.push_back({purpose, change, Then::ask_there, what});
  }

  /// Whether it is pursued, on consent, at a place beside the site where it was not.
  static bool asked_anew(const Purpose& before, const Purpose& now) {
    return now.basis == Basis::consent && std::ranges::any_of(now.where, [&](Where where) {
             return where != Where::site &&
                    std::ranges::find(before.where, where) == before.where.end();
           });
  }

  static bool only_on_site(const Purpose& one) {
    return std::ranges::all_of(one.where, [](Where where) { return where == Where::site; });
  }

  const Policy& older_;
  const Policy& newer_;
  json::Object was_, is_;  // as they are written, so that what is declared is compared
  std::span<const WordingOnly> stated_;
  std::vector<Difference> out_;
};

constexpr Spelling<Change> kChanges[] = {{"unstated", Change::unstated},
                                         {"added", Change::added},
                                         {"newly-asked", Change::newly_asked},
                                         {"no-longer-asked", Change::no_longer_asked},
                                         {"removed", Change::removed},
                                         {"terms", Change::terms},
                                         {"longer-retention", Change::longer_retention},
                                         {"shorter-retention", Change::shorter_retention},
                                         {"grounds", Change::grounds},
                                         {"refusal", Change::refusal},
                                         {"withdrawal", Change::withdrawal},
                                         {"where", Change::where},
                                         {"wording", Change::wording},
                                         {"renamed", Change::renamed},
                                         {"recipient", Change::recipient},
                                         {"controller", Change::controller},
                                         {"contacts", Change::contacts},
                                         {"right-dropped", Change::right_dropped},
                                         {"rights", Change::rights},
                                         {"complaints", Change::complaints},
                                         {"authorities", Change::authorities},
                                         {"minors", Change::minors},
                                         {"rules", Change::rules},
                                         {"documents", Change::documents},
                                         {"storage", Change::storage},
                                         {"laws", Change::laws},
                                         {"regimes", Change::regimes},
                                         {"validity", Change::validity},
                                         {"refusals", Change::refusals},
                                         {"erasing", Change::erasing},
                                         {"subdomains", Change::subdomains},
                                         {"house", Change::house},
                                         {"other-site", Change::other_site},
                                         {"predecessor", Change::predecessor},
                                         {"same-version", Change::same_version},
                                         {"same-date", Change::same_date},
                                         {"earlier-date", Change::earlier_date}};
constexpr Spelling<Then> kThens[] = {{"ask", Then::ask},   {"ask-there", Then::ask_there},
                                     {"tell", Then::tell}, {"state", Then::state},
                                     {"mend", Then::mend}, {"know", Then::know}};

}  // namespace

std::vector<Difference> diff(const Policy& older, const Policy& newer,
                             std::span<const WordingOnly> stated) {
  return Comparison(older, newer, PublicWriter::write(older), PublicWriter::write(newer), stated)
      .all();
}

std::vector<Difference> diff(const AuthoredPolicy& older, const AuthoredPolicy& newer) {
  return Comparison(older, newer, PublicWriter::write(older), PublicWriter::write(newer),
                    newer.wording_only)
      .all();
}

std::string_view spell(Change change) { return json::spelled(kChanges, change); }
std::string_view spell(Then then) { return json::spelled(kThens, then); }

}  // namespace avow::policy
