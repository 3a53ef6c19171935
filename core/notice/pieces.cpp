#include "notice/pieces.h"

#include "notice/date.h"
#include "notice/list.h"

namespace avow::notice {
namespace {

using policy::Purpose;

void fact(Html& out, const View& view, std::string_view label, std::string_view value) {
  if (value.empty()) return;
  out.raw("<dt>").text(view.catalog.text(label)).raw("</dt><dd>").text(value).raw("</dd>");
}

std::string retention(const View& view, const policy::Retention& retention) {
  std::string kept(retention.criteria.in(view.catalog.language()));
  if (retention.period) kept = period(view.catalog, *retention.period);
  const std::string after = "after." + std::string(policy::spell(retention.after));
  return view.catalog.text("retention.period",
                           {{"period", kept}, {"after", view.catalog.text(after)}});
}

void recipients(Html& out, const View& view, const Purpose& purpose) {
  if (purpose.recipients.empty()) return;
  const std::string& language = view.catalog.language();
  out.raw("<dt>").text(view.catalog.text("fact.recipients")).raw("</dt><dd><ul>");
  for (const std::string& id : purpose.recipients) {
    const policy::Recipient* recipient = view.policy.recipient(id);
    if (recipient == nullptr) fatal("a recipient that the reader let through");
    const std::string role = "role." + std::string(policy::spell(recipient->role));
    out.raw("<li><b>").text(recipient->name.in(language)).raw("</b><br>");
    const std::string_view country =
        recipient->country_name.empty() ? recipient->country : recipient->country_name.in(language);
    out.text(view.catalog.text("fact.country"))
        .text(view.catalog.text("colon"))
        .text(country)
        .raw("<br>");
    out.text(view.catalog.text("fact.role"))
        .text(view.catalog.text("colon"))
        .text(view.catalog.text(role))
        .raw("<br>");
    out.text(view.catalog.text("fact.contact"))
        .text(view.catalog.text("colon"))
        .text(recipient->contact);
    if (!recipient->rights_procedure.empty()) {
      out.raw("<br>")
          .text(view.catalog.text("fact.rights-procedure"))
          .text(view.catalog.text("colon"));
      out.text(recipient->rights_procedure.in(language));
    }
    out.raw("</li>");
  }
  out.raw("</ul></dd>");
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
      {"choose", "act.choose"}, {"save", "act.save"},     {"withdraw", "act.withdraw"},
      {"close", "act.close"},   {"change", "act.change"}, {"receipt", "act.receipt"},
      {"key", "act.key"},       {"erase", "act.erase-confirm"}, {"open", "act.open"},
      {"refuse", "act.refuse"}};
  const Names& names = kNames[static_cast<std::size_t>(act)];
  Html out;
  out.raw("<button type=\"button\" class=\"").text(prominent ? "answer" : "quiet");
  return out.raw("\" data-act=\"")
      .text(names.act)
      .raw("\">")
      .text(view.catalog.text(names.label))
      .raw("</button>");
}

std::string titles(const View& view, bool separate) {
  std::vector<std::string> out;
  for (const Purpose& purpose : view.policy.purposes) {
    if (purpose.asks() && purpose.separate == separate)
      out.emplace_back(purpose.title.in(view.catalog.language()));
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
  const std::string& language = view.catalog.language();
  std::vector<std::string> categories, services;
  for (const std::string& id : purpose.categories) {
    const policy::Category* category = view.policy.category(id);
    const std::string name(category->name.in(language));
    categories.push_back(category->sensitive ? view.catalog.text("fact.sensitive", {{"name", name}})
                                             : name);
  }
  for (const policy::Service& service : view.policy.services) {
    if (service.purpose == purpose.id) services.emplace_back(service.name.in(language));
  }
  Html out;
  out.raw("<dl>");
  if (!purpose.asks()) {
    fact(out, view, "fact.basis",
         view.catalog.text("basis." + std::string(policy::spell(purpose.basis))));
  }
  fact(out, view, "fact.method", purpose.method.in(language));
  fact(out, view, "fact.categories", join(view.catalog, categories));
  fact(out, view, "fact.retention", retention(view, purpose.retention));
  fact(out, view, "fact.services", join(view.catalog, services));
  fact(out, view, "fact.necessity", purpose.necessity.in(language));
  fact(out, view, "fact.impact", purpose.impact.in(language));
  recipients(out, view, purpose);
  return out.raw("</dl>");
}

}  // namespace avow::notice
