#include "notice/pieces.h"

#include <algorithm>
#include <map>

#include "notice/date.h"
#include "notice/list.h"
#include "notice/spoken.h"
#include "policy/spelling.h"

namespace avow::notice {
namespace {

using policy::Purpose;

void fact(Html& out, const View& view, std::string_view label, std::string_view value) {
  if (value.empty()) return;
  out.raw("<dt>").text(view.catalog.text(label)).raw("</dt><dd>").text(value).raw("</dd>");
}

/// One thing stands by itself, several as a list.
void facts_of(Html& out, const View& view, std::string_view label,
              const std::vector<std::string>& values) {
  if (values.empty()) return;
  if (values.size() == 1) return fact(out, view, label, values[0]);
  out.raw("<dt>").text(view.catalog.text(label)).raw("</dt><dd><ul>");
  for (const std::string& value : values) out.raw("<li>").text(value).raw("</li>");
  out.raw("</ul></dd>");
}

void link(Html& out, const View& view, std::string_view label, const policy::Text& target) {
  if (target.empty()) return;
  const std::string_view words = view.catalog.text(label);
  out.raw("<dt>").text(words).raw("</dt><dd>");
  out.add(linked(target.in(view.catalog.language()), words)).raw("</dd>");
}

/// What is told of a recipient whatever it is used for.
void recipient_itself(Html& out, const View& view, const policy::Recipient& recipient) {
  fact(out, view, "fact.examples", in(view, recipient.examples));
  link(out, view, "fact.list", recipient.list);
  fact(out, view, "fact.chosen", in(view, recipient.chosen));
  fact(out, view, "fact.country", places(view, recipient));
  fact(out, view, "about.registration", recipient.registration);
  fact(out, view, "fact.contact", recipient.contact);
  facts_of(out, view, "fact.covers", spoken(view, recipient.covers));
  for (const policy::Cover& cover : recipient.covers) link(out, view, "fact.copy", cover.copy);
  link(out, view, "fact.arrangement", recipient.arrangement);
}

/// What is told of a recipient in one purpose.
void recipient_here(Html& out, const View& view, const Purpose& purpose,
                    const policy::Recipient& recipient) {
  if (const auto role = view.policy.role(purpose, recipient))
    fact(out, view, "fact.role", named(view, "role", policy::kRoles, *role));
  if (const policy::Use* use = purpose.use_of(recipient.id)) {
    std::vector<std::string> data;
    for (const std::string& id : use->categories) {
      if (const policy::Category* category = view.policy.category(id))
        data.push_back(in(view, category->name));
    }
    fact(out, view, "fact.categories", join(view.catalog, data));
    fact(out, view, "fact.for", in(view, use->purpose));
    fact(out, view, "fact.method", in(view, use->method));
    fact(out, view, "fact.retention", in(view, use->kept));
    if (use->basis && *use->basis != policy::Basis::consent)
      fact(out, view, "fact.basis", named(view, "basis", policy::kBases, *use->basis));
    if (use->counts_as)
      fact(out, view, "fact.counts-as", named(view, "counts", policy::kCountsAs, *use->counts_as));
  }
  fact(out, view, "fact.rights-procedure", in(view, recipient.rights_procedure));
}

void recipients(Html& out, const View& view, const Purpose& purpose) {
  if (purpose.recipients.empty()) return;
  out.raw("<dt>").text(view.catalog.text("fact.recipients")).raw("</dt><dd><ul>");
  for (const std::string& id : purpose.recipients) {
    const policy::Recipient* recipient = view.policy.recipient(id);
    if (recipient == nullptr) fatal("a recipient that the reader let through");
    out.raw("<li><b>").text(in(view, recipient->name)).raw("</b><dl>");
    recipient_itself(out, view, *recipient);
    recipient_here(out, view, purpose, *recipient);
    out.raw("</dl></li>");
  }
  out.raw("</ul></dd>");
}

/// What a service asks the device for, in the words of the purpose that asks for it too.
std::string asked_for(const View& view, const std::string& name) {
  for (const Purpose& purpose : view.policy.purposes) {
    for (const policy::Permission& one : purpose.permissions) {
      for (const auto& [language, spoken] : one.name.languages)
        if (spoken == name && !in(view, one.name).empty()) return in(view, one.name);
    }
  }
  return name;
}

void service(Html& out, const View& view, const policy::Service& service) {
  out.raw("<b>").text(in(view, service.name)).raw("</b>");
  Html told;
  std::vector<std::string> data, platforms, permissions;
  for (const std::string& id : service.categories) {
    if (const policy::Category* category = view.policy.category(id))
      data.push_back(in(view, category->name));
  }
  for (const policy::Where where : service.platforms)
    platforms.push_back(named(view, "where", policy::kWheres, where));
  for (const std::string& name : service.permissions) permissions.push_back(asked_for(view, name));
  if (const policy::Recipient* runs = view.policy.recipient(service.recipient))
    fact(told, view, "fact.run-by", in(view, runs->name));
  fact(told, view, "fact.categories", join(view.catalog, data));
  fact(told, view, "fact.method", in(view, service.method));
  fact(told, view, "fact.where", join(view.catalog, platforms));
  fact(told, view, "fact.permissions", join(view.catalog, permissions));
  link(told, view, "fact.policy", service.policy);
  if (!told.str().empty()) out.raw("<dl>").add(told).raw("</dl>");
}

void services(Html& out, const View& view, const Purpose& purpose) {
  Html all;
  for (const policy::Service& one : view.policy.services) {
    if (std::ranges::find(one.purposes, purpose.id) == one.purposes.end()) continue;
    all.raw("<li>");
    service(all, view, one);
    all.raw("</li>");
  }
  if (all.str().empty()) return;
  out.raw("<dt>").text(view.catalog.text("fact.services")).raw("</dt><dd><ul>").add(all);
  out.raw("</ul></dd>");
}

std::vector<std::string> texts(const View& view, std::initializer_list<const policy::Text*> all) {
  std::vector<std::string> out;
  for (const policy::Text* one : all) {
    if (!one->empty()) out.push_back(in(view, *one));
  }
  return out;
}

void where(Html& out, const View& view, const Purpose& purpose) {
  if (purpose.where.empty() || purpose.where == std::vector{policy::Where::site}) return;
  std::vector<std::string> places;
  for (const policy::Where one : purpose.where)
    places.push_back(named(view, "where", policy::kWheres, one));
  fact(out, view, "fact.where", join(view.catalog, places));
}

}  // namespace

Html language_attributes(const View& view) {
  Html out;
  return out.raw(" lang=\"")
      .text(view.catalog.language())
      .raw("\" dir=\"")
      .text(view.catalog.direction())
      .raw("\"");
}

Html answer_pair(const View& view) {
  Html out;
  const auto answer = [&](std::string_view act, std::string_view label) {
    out.raw("<button type=\"button\" class=\"answer\" data-act=\"")
        .text(act)
        .raw("\">")
        .text(view.catalog.text(label))
        .raw("</button>");
  };
  answer("refuse", "act.refuse");
  answer("accept", "act.accept");
  return out;
}

Html act_button(const View& view, Act act, bool prominent) {
  struct Names {
    std::string_view act, label;
  };
  constexpr Names kNames[] = {
      {"choose", "act.choose"}, {"save", "act.save"},           {"withdraw", "act.withdraw"},
      {"close", "act.close"},   {"change", "act.change"},       {"receipt", "act.receipt"},
      {"key", "act.key"},       {"erase", "act.erase-confirm"}, {"erase", "act.erase"},
      {"open", "act.open"},     {"open", "right.opt-out-sale"}, {"refuse", "act.refuse"},
      {"lists", "act.lists"}};
  const Names& names = kNames[static_cast<std::size_t>(act)];
  Html out;
  out.raw("<button type=\"button\" class=\"").text(prominent ? "answer" : "quiet");
  return out.raw("\" data-act=\"")
      .text(names.act)
      .raw("\">")
      .text(view.catalog.text(names.label))
      .raw("</button>");
}

Html linked(std::string_view url, std::string_view words) {
  const std::size_t colon = url.find(':');
  const bool address = colon != std::string_view::npos && colon < url.find_first_of("/?#");
  std::string_view shown = address ? url : words;
  for (const std::string_view scheme : {"mailto:", "tel:"})
    if (shown.starts_with(scheme)) shown.remove_prefix(scheme.size());
  return Html().raw("<a href=\"").text(url).raw("\">").text(shown).raw("</a>");
}

Html link_to(const View& view, const policy::Text& target, std::string_view words,
             std::string_view kind) {
  const std::string url = in(view, target);
  Html out;
  if (url.empty()) return out.text(labelled(view, words, gap(view)));
  out.raw("<a");
  if (!kind.empty()) out.raw(" class=\"").text(kind).raw("\"");
  return out.raw(" href=\"").text(url).raw("\">").text(words).raw("</a>");
}

Html address(const View& view) {
  const policy::Controller& controller = view.policy.controller;
  Html out;
  out.raw("<address><b>").text(in(view, controller.name)).raw("</b>");
  if (!controller.email.empty()) {
    out.raw("<br><a href=\"mailto:")
        .text(controller.email)
        .raw("\">")
        .text(controller.email)
        .raw("</a>");
  }
  if (!controller.phone.empty()) {
    out.raw("<br><a href=\"tel:")
        .text(controller.phone)
        .raw("\">")
        .text(controller.phone)
        .raw("</a>");
  }
  if (!controller.address.empty()) out.raw("<br>").text(in(view, controller.address));
  if (!controller.registration.empty()) {
    const std::string_view label = view.catalog.text("about.registration");
    out.raw("<br>").text(labelled(view, label, controller.registration));
  }
  return out.raw("</address>\n");
}

Html version(const View& view) {
  Html out;
  out.text(view.catalog.text("yours.text")).text(view.catalog.text("colon"));
  out.text(stated(view, view.policy.version));
  if (view.policy.effective_at == 0) return out.raw(" · ").text(gap(view));
  out.raw(" · <time datetime=\"");
  out.text(time::write_date(view.policy.effective_at)).raw("\">");
  // A day alone says nothing: it is the one from which the version holds.
  const std::string since = day(view.catalog, view.policy.effective_at);
  return out.text(view.catalog.text("change.from", {{"day", since}})).raw("</time>");
}

std::string titles(const View& view, FunctionRef<bool(const Purpose& purpose)> wanted) {
  std::vector<std::string> out;
  for (const Purpose& purpose : view.policy.purposes) {
    if (wanted(purpose)) out.emplace_back(purpose.title.in(view.catalog.language()));
  }
  return join(view.catalog, out);
}

std::string recipient_names(const View& view, const Purpose& purpose) {
  std::vector<std::string> out;
  for (const std::string& id : purpose.recipients) {
    out.emplace_back(view.policy.recipient(id)->name.in(view.catalog.language()));
  }
  if (out.empty()) out.emplace_back(view.policy.controller.name.in(view.catalog.language()));
  return join(view.catalog, out);
}

Html facts(const View& view, const Purpose& purpose) {
  std::vector<std::string> categories, kept;
  bool notes = false;
  for (const std::string& id : purpose.categories) {
    const policy::Category* category = view.policy.category(id);
    categories.push_back(spoken(view, purpose, *category));
    notes = notes || categories.back() != in(view, category->name);
  }
  for (const policy::Retention& one : purpose.retention) kept.push_back(spoken(view, one));
  if (kept.empty()) kept.push_back(gap(view));
  Html out;
  out.raw("<dl>");
  facts_of(out, view, "fact.basis", grounds(view, purpose));
  fact(out, view, "fact.on-behalf", in(view, purpose.on_behalf_of));
  where(out, view, purpose);
  fact(out, view, "fact.method", in(view, purpose.method));
  if (notes)
    facts_of(out, view, "fact.categories", categories);
  else
    fact(out, view, "fact.categories", join(view.catalog, categories));
  facts_of(out, view, "fact.retention", kept);
  facts_of(out, view, "fact.if-refused", cost_of_refusal(view, purpose));
  const bool may_withdraw = purpose.basis == policy::Basis::consent || unstated(purpose);
  if (purpose.on_withdrawal && may_withdraw)
    fact(out, view, "fact.on-withdrawal", spoken(view, *purpose.on_withdrawal));
  facts_of(out, view, "fact.channels", spoken(view, purpose.channels));
  facts_of(out, view, "fact.permissions", spoken(view, purpose.permissions));
  if (purpose.automated) {
    facts_of(out, view, "fact.automated", spoken(view, *purpose.automated));
    link(out, view, "fact.refuse-automated", purpose.automated->refuse);
  }
  if (purpose.incentive)
    facts_of(out, view, "fact.incentive",
             texts(view, {&purpose.incentive->terms, &purpose.incentive->leave,
                          &purpose.incentive->value}));
  fact(out, view, "fact.necessity", in(view, purpose.necessity));
  fact(out, view, "fact.impact", in(view, purpose.impact));
  services(out, view, purpose);
  recipients(out, view, purpose);
  return out.raw("</dl>");
}

bool unstated(const Purpose& purpose) { return json::is_open(purpose.basis); }

bool asked_elsewhere(const Purpose& purpose) {
  if (purpose.asks() || unstated(purpose)) return false;
  return purpose.asked_elsewhere() || purpose.asked_in_a_case() || purpose.asked_by_a_form();
}

bool needs_no_consent(const Purpose& purpose) {
  return purpose.basis != policy::Basis::consent && !unstated(purpose) && !asked_elsewhere(purpose);
}

std::string_view withdrawable(const View& view) {
  const std::vector<Purpose>& all = view.policy.purposes;
  if (std::ranges::any_of(all, asked_elsewhere) ||
      std::ranges::any_of(all, &Purpose::asked_by_a_form))
    return view.catalog.text("about.withdraw-elsewhere");
  if (std::ranges::none_of(all, &Purpose::asks)) return {};
  return view.catalog.text("about.withdraw");
}

std::string refusing(const View& view) {
  for (const Purpose& purpose : view.policy.purposes) {
    if (purpose.asks() && !free_to_refuse(purpose)) return {};
  }
  return std::string(view.catalog.text("first.free"));
}

namespace {

/// When backups have lost an erased record; empty where the policy does not say.
std::string backups(const View& view) {
  const std::optional<time::Period>& lost = view.policy.erase.backups;
  if (!lost) return {};
  return labelled(view, view.catalog.text("erase.backups"), period(view.catalog, *lost));
}

}  // namespace

std::vector<std::string> erasing(const View& view) {
  const policy::Erase& erase = view.policy.erase;
  std::vector<std::string> out;
  if (erase.mode == policy::EraseMode::erase) {
    // Without a collector the policy knows of no server that would have the record.
    out.emplace_back(view.catalog.text(view.policy.collector.url.empty() ? "yours.erase-here"
                                                                         : "yours.erase-effect"));
  } else {
    const std::string until = erase.until ? period(view.catalog, *erase.until) : gap(view);
    out.push_back(view.catalog.text(
        "about.erase", {{"period", until}, {"ground", stated(view, in(view, erase.ground))}}));
  }
  if (std::string lost = backups(view); !lost.empty()) out.push_back(std::move(lost));
  return out;
}

std::vector<std::string> withdrawing(const View& view) {
  std::vector<std::string> order;
  std::map<std::string, std::vector<std::string>> whose;
  std::size_t asked = 0;
  for (const Purpose& purpose : view.policy.purposes) {
    if (!purpose.asks()) continue;
    ++asked;
    const auto& then = purpose.on_withdrawal;
    if (!then || then->then == policy::OnWithdrawal::stop) continue;
    std::string words = spoken(view, *then);
    if (!whose.contains(words)) order.push_back(words);
    whose[std::move(words)].push_back(in(view, purpose.title));
  }
  std::vector<std::string> out;
  for (const std::string& words : order) {
    const std::vector<std::string>& titles = whose[words];
    const std::string of = titles.size() == asked
                               ? std::string(view.catalog.text("fact.on-withdrawal"))
                               : join(view.catalog, titles);
    out.push_back(labelled(view, of, words));
  }
  return out;
}

Html collected_list(const View& view) {
  Html out;
  out.raw("<ul class=\"list\">");
  for (const policy::Category& category : view.policy.categories) {
    Html uses;
    for (const Purpose& purpose : view.policy.purposes) {
      if (std::ranges::find(purpose.categories, category.id) == purpose.categories.end()) continue;
      std::vector<std::string> kept;
      for (const policy::Retention& one : purpose.retention) {
        if (!one.holds_for(category.id)) continue;
        policy::Retention alone = one;
        alone.categories.clear();
        kept.push_back(spoken(view, alone));
      }
      uses.raw("<dt>").text(in(view, purpose.title)).raw("</dt><dd>");
      uses.text(spoken(view, purpose, category)).raw("<dl>");
      facts_of(uses, view, "fact.retention", kept);
      uses.raw("</dl></dd>");
    }
    if (uses.str().empty()) continue;
    out.raw("<li><b>").text(in(view, category.name)).raw("</b><dl>").add(uses).raw("</dl></li>");
  }
  return out.raw("</ul>");
}

Html given_list(const View& view) {
  Html all;
  for (const policy::Recipient& recipient : view.policy.recipients) {
    Html uses;
    for (const Purpose& purpose : view.policy.purposes) {
      if (std::ranges::find(purpose.recipients, recipient.id) == purpose.recipients.end()) continue;
      uses.raw("<dt>").text(in(view, purpose.title)).raw("</dt><dd><dl>");
      const policy::Use* use = purpose.use_of(recipient.id);
      std::vector<std::string> data;
      if (use == nullptr || use->categories.empty()) {
        for (const std::string& id : purpose.categories)
          data.push_back(in(view, view.policy.category(id)->name));
      }
      fact(uses, view, "fact.categories", join(view.catalog, data));
      if (use == nullptr || use->method.empty())
        fact(uses, view, "fact.method", in(view, purpose.method));
      recipient_here(uses, view, purpose, recipient);
      uses.raw("</dl></dd>");
    }
    if (uses.str().empty()) continue;
    all.raw("<li><b>").text(in(view, recipient.name)).raw("</b><dl>");
    recipient_itself(all, view, recipient);
    all.add(uses).raw("</dl></li>");
  }
  for (const policy::Service& one : view.policy.services) {
    all.raw("<li>");
    service(all, view, one);
    all.raw("</li>");
  }
  Html out;
  if (all.str().empty()) return out;
  return out.raw("<ul class=\"list\">").add(all).raw("</ul>");
}

namespace {

void complaint(Html& out, const View& view, const policy::Complaint& complaint) {
  std::vector<std::string> said;
  const auto say = [&](std::string_view label, const std::string& text) {
    said.push_back(labelled(view, view.catalog.text(label), text));
  };
  if (complaint.acknowledge) say("term.acknowledge", spoken(view, *complaint.acknowledge));
  if (complaint.answer) say("term.answer", spoken(view, *complaint.answer));
  if (!complaint.court.empty()) say("complaint.court", in(view, complaint.court));
  if (complaint.channel.empty()) return facts_of(out, view, "about.complaint", said);
  const std::string_view words = view.catalog.text("about.complaint");
  out.raw("<dt>").text(words).raw("</dt><dd>").add(linked(in(view, complaint.channel), words));
  for (const std::string& one : said) out.raw("<br>").text(one);
  out.raw("</dd>");
}

/// Who is younger than that: how it is learnt, what is done then, and by which rules.
void minors(Html& out, const View& view, const policy::Minors& minors) {
  using policy::MinorsMode;
  const std::string age = minors.age == 0 ? gap(view) : std::to_string(minors.age);
  Html told;
  const auto say = [&](const Html& one) {
    if (!told.str().empty()) told.raw("<br>");
    told.add(one);
  };
  if (minors.mode != MinorsMode::none)
    say(Html().text(named(view, "minors", policy::kMinorsModes, minors.mode)));
  if (!minors.purposes.empty()) {
    const std::string done = titles(view, [&](const Purpose& one) {
      return std::ranges::find(minors.purposes, one.id) != minors.purposes.end();
    });
    say(Html().text(labelled(view, view.catalog.text("minors.purposes"), done)));
  }
  if (!minors.rules.empty()) say(linked(in(view, minors.rules), view.catalog.text("about.rules")));
  if (!minors.contact.empty()) say(Html().text(minors.contact));
  if (told.str().empty()) return;
  out.raw("<dt>")
      .text(under(view, view.catalog.text("about.minors", {{"age", age}}), minors.law))
      .raw("</dt><dd>")
      .add(told)
      .raw("</dd>");
}

}  // namespace

Html about_rest(const View& view) {
  Html out;
  const policy::Policy& policy = view.policy;
  if (policy.storage) facts_of(out, view, "about.storage", spoken(view, *policy.storage));
  std::vector<std::string> contacts, authorities;
  for (const policy::Contact& one : policy.contacts) {
    const std::string duty = named(view, "duty", policy::kDuties, one.duty);
    // Who it is and how to reach them are no two of a list.
    const std::string who = one.name.empty()
                                ? stated(view, one.contact)
                                : noted(view, in(view, one.name), {stated(view, one.contact)});
    contacts.push_back(labelled(view, under(view, duty, one.law), who));
  }
  facts_of(out, view, "about.contacts", contacts);
  for (const policy::Authority& one : policy.authorities) {
    std::vector<std::string> notes;
    if (!one.law.empty() && !is_only_law(view, one.law)) notes.push_back(law_name(view, one.law));
    if (!one.link.empty()) notes.push_back(in(view, one.link));
    authorities.push_back(noted(view, in(view, one.name), notes));
  }
  if (policy.complaint) complaint(out, view, *policy.complaint);
  facts_of(out, view, "about.authorities", authorities);
  for (const policy::Minors& one : policy.minors) minors(out, view, one);
  if (!policy.documents.empty()) {
    out.raw("<dt>").text(view.catalog.text("about.documents")).raw("</dt><dd><ul>");
    for (const policy::Document& one : policy.documents) {
      out.raw("<li>").add(link_to(view, one.link, under(view, in(view, one.title), one.law)));
      out.raw("</li>");
    }
    out.raw("</ul></dd>");
  }
  if (std::ranges::any_of(policy.purposes, &Purpose::asks))
    facts_of(out, view, "about.validity", spoken(view, policy.validity));
  if (policy.subdomains) {
    const std::string every = "*." + stated(view, policy.subdomains->domain);
    const std::string by = labelled(view, "Cookie", stated(view, policy.subdomains->cookie));
    fact(out, view, "about.subdomains", noted(view, every, {by}));
  }
  Html all;
  if (!out.str().empty()) all.raw("<dl>").add(out).raw("</dl>");
  std::vector<std::string> erased;
  if (policy.erase.mode == policy::EraseMode::keep_proof)
    erased = erasing(view);
  else if (std::string lost = backups(view); !lost.empty())
    erased.push_back(std::move(lost));
  for (const std::string& one : erased) all.raw("<p>").text(one).raw("</p>");
  return all;
}

}  // namespace avow::notice
