#include "notice/changed.h"

#include <algorithm>

#include "notice/date.h"
#include "notice/pieces.h"
#include "notice/spoken.h"
#include "policy/spelling.h"

namespace avow::notice {
namespace {

using change::Part;
using policy::Purpose;

struct Label {
  std::string_view member, key;
};

/// Which text of the interface names a member. Some stand for themselves: a title, a name.
constexpr Label kLabels[] = {
    {"description", "fact.for"},
    {"kind", "fact.for"},
    {"purposes", "fact.for"},
    {"purpose", "fact.for"},
    {"method", "fact.method"},
    {"methods", "fact.method"},
    {"categories", "fact.categories"},
    {"optional", "fact.categories"},
    {"sources", "fact.categories"},
    {"recipients", "fact.recipients"},
    {"recipient", "fact.recipients"},
    {"sharing", "fact.recipients"},
    {"retention", "fact.retention"},
    {"if_refused", "fact.if-refused"},
    {"on_withdrawal", "fact.on-withdrawal"},
    {"where", "fact.where"},
    {"platforms", "fact.where"},
    {"channels", "fact.channels"},
    {"permissions", "fact.permissions"},
    {"automated", "fact.automated"},
    {"incentive", "fact.incentive"},
    {"on_behalf_of", "fact.on-behalf"},
    {"necessity", "fact.necessity"},
    {"impact", "fact.impact"},
    {"basis", "fact.basis"},
    {"bases", "fact.basis"},
    {"contact", "fact.contact"},
    {"email", "fact.contact"},
    {"phone", "fact.contact"},
    {"address", "fact.contact"},
    {"country", "fact.country"},
    {"countries", "fact.country"},
    {"country_names", "fact.country"},
    {"role", "fact.role"},
    {"covers", "fact.covers"},
    {"examples", "fact.examples"},
    {"list", "fact.list"},
    {"chosen", "fact.chosen"},
    {"arrangement", "fact.arrangement"},
    {"rights_procedure", "fact.rights-procedure"},
    {"policy", "fact.policy"},
};
/// The same for what a policy has as a whole.
constexpr Label kWholes[] = {
    {"controller", "about.controller"},
    {"contacts", "about.contacts"},
    {"rules_url", "about.rules"},
    {"documents", "about.documents"},
    {"storage", "about.storage"},
    {"complaint", "right.complain"},
    {"authorities", "about.authorities"},
    {"minors", "note.child"},
    {"laws", "about.rules"},
    {"jurisdictions", "act.open"},
    {"validity", "about.validity"},
    {"record_refusals", "yours.title"},
    {"erase", "act.erase"},
    {"subdomains", "about.subdomains"},
};

template <std::size_t N>
std::string_view key_in(const Label (&labels)[N], std::string_view member) {
  const auto found = std::ranges::find(labels, member, &Label::member);
  return found == std::end(labels) ? std::string_view() : found->key;
}

/// Any value as people can read it: texts in the view's language, words as they are spelled, one
/// after the other.
std::string plain(const View& view, const json::Value& value) {
  if (const std::string* text = value.string()) return *text;
  if (const std::int64_t* number = value.integer()) return std::to_string(*number);
  if (const bool* flag = value.boolean()) return *flag ? "✓" : "–";
  std::vector<std::string> parts;
  if (const json::Array* items = value.array()) {
    for (const json::Value& item : *items) parts.push_back(plain(view, item));
  } else if (const json::Object* object = value.object()) {
    // A text has its languages as members.
    if (const json::Value* spoken = object->find(view.catalog.language()))
      return plain(view, *spoken);
    for (const auto& [name, member] : object->members()) parts.push_back(plain(view, member));
  }
  std::erase(parts, std::string());
  return enumerated(view, parts);
}

template <class T>
const T* with_id(const std::vector<T>& all, const std::string& id) {
  const auto it = std::ranges::find(all, id, &T::id);
  return it == all.end() ? nullptr : &*it;
}

std::string recipients_of(const View& view, const Purpose& purpose) {
  std::vector<std::string> out;
  for (const std::string& id : purpose.recipients) {
    const policy::Recipient* recipient = view.policy.recipient(id);
    if (recipient == nullptr) continue;
    std::vector<std::string> notes;
    if (const auto role = view.policy.role(purpose, *recipient))
      notes.push_back(named(view, "role", policy::kRoles, *role));
    if (const std::string where = places(view, *recipient); !where.empty()) notes.push_back(where);
    if (const policy::Use* use = purpose.use_of(id)) {
      if (!use->categories.empty()) {
        std::vector<std::string> data;
        for (const std::string& one : use->categories)
          data.push_back(in(view, view.policy.category(one)->name));
        notes.push_back(enumerated(view, data));
      }
      for (const policy::Text* text : {&use->purpose, &use->method})
        if (!text->empty()) notes.push_back(in(view, *text));
      const auto say = [&](std::string_view label, const std::string& words) {
        notes.push_back(labelled(view, view.catalog.text(label), words));
      };
      if (!use->kept.empty()) say("fact.retention", in(view, use->kept));
      if (use->basis) say("fact.basis", named(view, "basis", policy::kBases, *use->basis));
      if (use->counts_as)
        say("fact.counts-as", named(view, "counts", policy::kCountsAs, *use->counts_as));
    }
    out.push_back(noted(view, in(view, recipient->name), notes));
  }
  return enumerated(view, out);
}

/// Sentences, a line each.
std::string lines(const std::vector<std::string>& sentences) {
  std::string out;
  for (const std::string& one : sentences) out += (out.empty() ? "" : "\n") + one;
  return out;
}

/// A member of a purpose that the interface has words for; nothing where it has none.
std::optional<std::string> of_purpose(const View& view, const Purpose& purpose,
                                      std::string_view member) {
  if (member.empty()) return in(view, purpose.description);
  if (member == "categories" || member == "optional" || member == "sources") {
    std::vector<std::string> out;
    for (const std::string& id : purpose.categories)
      out.push_back(spoken(view, purpose, *view.policy.category(id)));
    return enumerated(view, out);
  }
  if (member == "recipients" || member == "sharing") return recipients_of(view, purpose);
  if (member == "retention") {
    std::vector<std::string> out;
    for (const policy::Retention& one : purpose.retention) out.push_back(spoken(view, one));
    return enumerated(view, out);
  }
  if (member == "if_refused") {
    return lines(cost_of_refusal(view, purpose));
  }
  if (member == "on_withdrawal" && purpose.on_withdrawal)
    return spoken(view, *purpose.on_withdrawal);
  if (member == "channels") return enumerated(view, spoken(view, purpose.channels));
  if (member == "permissions") return enumerated(view, spoken(view, purpose.permissions));
  if (member == "automated" && purpose.automated) {
    std::vector<std::string> out = spoken(view, *purpose.automated);
    if (const policy::Text& refuse = purpose.automated->refuse; !refuse.empty())
      out.push_back(labelled(view, view.catalog.text("fact.refuse-automated"), in(view, refuse)));
    return lines(out);
  }
  if (member == "basis") return named(view, "basis", policy::kBases, purpose.basis);
  if (member == "bases") return enumerated(view, grounds(view, purpose));
  if (member == "separate")
    return std::string(view.catalog.text(purpose.separate ? "choices.separate" : "basis.consent"));
  if (member == "revision") return std::to_string(purpose.revision);
  if (member == "where") {
    std::vector<std::string> out;
    if (purpose.where.empty()) out.push_back(named(view, "where", "site"));
    for (const policy::Where one : purpose.where)
      out.push_back(named(view, "where", policy::kWheres, one));
    return enumerated(view, out);
  }
  return std::nullopt;
}

/// The value at a pointer's end, or nothing.
const json::Value* member_of(const json::Value& value, const std::string& name) {
  return name.empty() ? &value : value.object()->find(name);
}

/// What the policy's public form has there.
const json::Value* find(const json::Object& whole, const Part& part) {
  std::size_t nth = part.nth;
  const json::Value* list = whole.find(part.list);
  if (list == nullptr) return nullptr;
  if (part.what == part.list) return member_of(*list, part.member);
  const std::string_view key = part.list == "rights" ? "type" : "id";
  for (const json::Value& item : *list->array()) {
    if (*item.object()->find(key)->string() == part.what && nth-- == 0)
      return member_of(item, part.member);
  }
  return nullptr;
}

/// A member of a recipient that the interface has words for; nothing where it has none.
std::optional<std::string> of_recipient(const View& view, const policy::Recipient& recipient,
                                        std::string_view member) {
  if (member == "countries" || member == "country_names") return places(view, recipient);
  if (member == "kind") return std::string(json::spelled(policy::kNamings, recipient.naming));
  if (member == "role" && recipient.role)
    return named(view, "role", policy::kRoles, *recipient.role);
  if (member == "covers") {
    std::vector<std::string> out = spoken(view, recipient.covers);
    for (std::size_t i = 0; i < out.size(); ++i)
      if (const policy::Text& copy = recipient.covers[i].copy; !copy.empty())
        out[i] = noted(view, out[i], {in(view, copy)});
    return enumerated(view, out);
  }
  return std::nullopt;
}

std::optional<std::string> of_service(const View& view, const policy::Service& service,
                                      std::string_view member) {
  std::vector<std::string> out;
  if (member == "categories") {
    for (const std::string& id : service.categories) {
      if (const policy::Category* category = view.policy.category(id))
        out.push_back(in(view, category->name));
    }
    return enumerated(view, out);
  }
  if (member != "platforms") return std::nullopt;
  for (const policy::Where one : service.platforms)
    out.push_back(named(view, "where", policy::kWheres, one));
  return enumerated(view, out);
}

/// All that is told of a right: the type is the subject already.
std::string of_right(const View& view, const policy::Right& right) {
  std::vector<std::string> out{procedure(view, right)};
  if (!right.channel.empty()) out.push_back(in(view, right.channel));
  for (std::string& one : exercised(view, right)) out.push_back(std::move(one));
  if (!right.law.empty() && !is_only_law(view, right.law)) out.push_back(law_name(view, right.law));
  return lines(out);
}

/// In the interface's words, as far as it has any.
std::optional<std::string> worded(const View& view, const Part& part) {
  const policy::Policy& policy = view.policy;
  if (part.list == "purposes") {
    if (const Purpose* one = policy.purpose(part.what)) return of_purpose(view, *one, part.member);
  } else if (part.list == "recipients") {
    if (const auto* one = policy.recipient(part.what)) return of_recipient(view, *one, part.member);
  } else if (part.list == "services") {
    if (const auto* one = with_id(policy.services, part.what))
      return of_service(view, *one, part.member);
  } else if (part.list == "categories" && part.member != "name") {
    if (const auto* one = policy.category(part.what)) return spoken(view, {}, *one);
  } else if (part.list == "rights") {
    std::size_t nth = part.nth;
    for (const policy::Right& one : policy.rights)
      if (one.type == part.what && nth-- == 0) return of_right(view, one);
  } else if (part.list == "validity") {
    return enumerated(view, spoken(view, policy.validity));
  } else if (part.list == "storage" && policy.storage) {
    return lines(spoken(view, *policy.storage));
  } else if (part.list == "erase") {
    return lines(erasing(view));
  }
  return std::nullopt;
}

}  // namespace

std::string subject_of(const View& newer, const View& older, const Part& part) {
  for (const View* view : {&newer, &older}) {
    if (part.list == "purposes") {
      if (const Purpose* purpose = view->policy.purpose(part.what))
        return in(*view, purpose->title);
    } else if (part.list == "recipients") {
      if (const auto* one = view->policy.recipient(part.what)) return in(*view, one->name);
    } else if (part.list == "categories") {
      if (const auto* one = view->policy.category(part.what)) return in(*view, one->name);
    } else if (part.list == "services") {
      if (const auto* one = with_id(view->policy.services, part.what)) return in(*view, one->name);
    }
  }
  if (part.list == "rights") return named(newer, "right", part.what);
  const std::string_view key = key_in(kWholes, part.list);
  return key.empty() ? part.what : std::string(newer.catalog.text(key));
}

std::string label_of(const View& view, const Part& part) {
  if (part.list == "recipients" && part.member == "name")
    return std::string(view.catalog.text("fact.recipients"));
  const std::string_view key = key_in(kLabels, part.member);
  return key.empty() ? std::string() : std::string(view.catalog.text(key));
}

std::string said_of(const View& view, const json::Object& published, const Part& part) {
  const std::optional<std::string> words = worded(view, part);
  return words && !words->empty() ? *words : spelled_of(view, published, part);
}

std::string spelled_of(const View& view, const json::Object& published, const Part& part) {
  const json::Value* value = find(published, part);
  return value == nullptr ? std::string() : plain(view, *value);
}

}  // namespace avow::notice
