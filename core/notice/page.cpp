#include "notice/page.h"

#include <algorithm>

#include "notice/pieces.h"
#include "notice/spoken.h"

namespace avow::notice {
namespace {

using policy::Purpose;

void heading_saying(Html& out, std::string_view id, std::string_view words) {
  out.raw("<section id=\"").text(id).raw("\"><h2>").text(words).raw("</h2>\n");
}

void heading(Html& out, const View& view, std::string_view id, std::string_view key) {
  heading_saying(out, id, view.catalog.text(key));
}

/// A ground as a heading: a page has no control that the layer's own heading could speak of.
std::string ground(const View& view, std::string_view basis) {
  const Catalog& words = view.catalog;
  return std::string(words.text("fact.basis")) + std::string(words.text("colon")) +
         std::string(basis);
}

/// Whether it waits for a yes in some places and is done until a no in others: the page is one for
/// all of them.
bool varies(const View& view, const Purpose& purpose) {
  return std::ranges::any_of(view.policy.jurisdictions, [&](const policy::Jurisdiction& one) {
    return one.regime_of(purpose.id, purpose.separate) != policy::Regime::opt_in;
  });
}

/// The purposes that `has` picks, as links to what the page says of each; nothing where none is.
template <class Has>
Html purposes_with(const View& view, Has has) {
  Html out;
  for (const Purpose& purpose : view.policy.purposes) {
    if (!has(purpose)) continue;
    out.raw("<li><a href=\"#purpose-")
        .text(purpose.id)
        .raw("\">")
        .text(purpose.title.in(view.catalog.language()))
        .raw("</a></li>");
  }
  return out;
}

/// Which data is collected, and for what.
void collected(Html& out, const View& view) {
  heading(out, view, "collected", "choices.collected");
  out.raw("<dl>\n");
  for (const policy::Category& category : view.policy.categories) {
    const Html used = purposes_with(view, [&](const Purpose& purpose) {
      return std::ranges::find(purpose.categories, category.id) != purpose.categories.end();
    });
    if (used.str().empty()) continue;
    out.raw("<dt>").text(category.name.in(view.catalog.language())).raw("</dt><dd><ul>").add(used);
    out.raw("</ul></dd>\n");
  }
  out.raw("</dl></section>\n");
}

/// What is given to whom.
void given(Html& out, const View& view) {
  const std::string& language = view.catalog.language();
  if (view.policy.recipients.empty()) return;
  heading(out, view, "given", "choices.given");
  out.raw("<dl>\n");
  for (const policy::Recipient& recipient : view.policy.recipients) {
    const Html used = purposes_with(view, [&](const Purpose& purpose) {
      return std::ranges::find(purpose.recipients, recipient.id) != purpose.recipients.end();
    });
    if (used.str().empty()) continue;
    out.raw("<dt>").text(recipient.name.in(language)).raw("</dt><dd>");
    out.text(recipient.contact).raw("<ul>").add(used).raw("</ul></dd>\n");
  }
  out.raw("</dl></section>\n");
}

template <class Wanted>
void purposes(Html& out, const View& view, std::string_view id, std::string_view title,
              Wanted wanted) {
  bool any = false;
  for (const Purpose& purpose : view.policy.purposes) {
    if (!wanted(purpose)) continue;
    if (!any) heading_saying(out, id, title);
    any = true;
    const std::string& language = view.catalog.language();
    out.raw("<h3 id=\"purpose-").text(purpose.id).raw("\">").text(purpose.title.in(language));
    out.raw("</h3>\n<p>").text(purpose.description.in(language)).raw("</p>\n");
    if (view.change != nullptr) {
      const auto told = view.change->purposes.find(purpose.id);
      if (told != view.change->purposes.end()) out.add(told->second).raw("\n");
    }
    out.add(facts(view, purpose)).raw("\n");
  }
  if (any) out.raw("</section>\n");
}

void rights(Html& out, const View& view) {
  const std::string& language = view.catalog.language();
  heading(out, view, "rights", "about.rights");
  if (const std::string_view words = withdrawable(view); !words.empty())
    out.raw("<p id=\"withdraw\">").text(words).raw("</p>\n");
  out.raw("<dl>\n");
  for (const policy::Right& right : view.policy.rights) {
    const std::string name = name_of(view, right);
    out.raw("<dt>").text(under(view, name, right.law)).raw("</dt><dd>");
    out.text(procedure(view, right));
    if (!right.channel.empty()) out.raw(" ").add(linked(right.channel.in(language), name));
    for (const std::string& one : exercised(view, right)) out.raw("<br>").text(one);
    out.raw("</dd>\n");
  }
  out.raw("</dl>\n").add(about_rest(view)).raw("</section>\n");
}

}  // namespace

std::string render_page(const View& view) {
  Html out;
  out.raw("<article")
      .add(language_attributes(view))
      .raw(">\n<h1>")
      .text(view.catalog.text("about.rules"));
  out.raw("</h1>\n<p>").add(version(view)).raw("</p>\n");
  if (view.change != nullptr) {
    // What comes is said before what holds until then; what belongs to no purpose, at once.
    for (const Html* told : {&view.change->coming, &view.change->rest})
      if (!told->str().empty()) out.add(*told).raw("\n");
  }
  heading(out, view, "controller", "about.controller");
  out.add(address(view)).raw("</section>\n");
  collected(out, view);
  given(out, view);
  purposes(out, view, "asked", ground(view, view.catalog.text("basis.consent")),
           [&](const Purpose& one) { return one.asks() && !one.separate && !varies(view, one); });
  purposes(out, view, "by-place", view.catalog.text("asked.by-place"),
           [&](const Purpose& one) { return one.asks() && varies(view, one); });
  purposes(out, view, "separate", view.catalog.text("choices.separate"),
           [&](const Purpose& one) { return one.asks() && one.separate && !varies(view, one); });
  purposes(out, view, "elsewhere", view.catalog.text("choices.elsewhere"), asked_elsewhere);
  purposes(out, view, "needless", view.catalog.text("choices.needless"), needs_no_consent);
  purposes(out, view, "unstated", ground(view, gap(view)), unstated);
  rights(out, view);
  out.raw("</article>\n");
  return out.str();
}

}  // namespace avow::notice
