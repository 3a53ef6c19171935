#include "notice/layers.h"

#include <algorithm>
#include <functional>

#include "notice/pieces.h"
#include "notice/spoken.h"
#include "policy/law.h"

namespace avow::notice {
namespace {

using policy::Purpose;

policy::Regime regime_of(const View& view, const Purpose& purpose) {
  return view.where.regime_of(purpose.id, purpose.separate);
}
/// Whether it has a question of its own where the notice is shown.
bool apart(const View& view, const Purpose& purpose) {
  return purpose.separate && regime_of(view, purpose) == policy::Regime::opt_in;
}
/// Whether one "accept" may carry it.
auto together(const View& view) {
  return [&view](const Purpose& purpose) { return purpose.asks() && !apart(view, purpose); };
}
/// Of these, what waits for a yes there, and what is done until a no.
auto together_under(const View& view, bool asked_first) {
  return [&view, asked_first](const Purpose& purpose) {
    return purpose.asks() && !apart(view, purpose) &&
           (regime_of(view, purpose) == policy::Regime::opt_in) == asked_first;
  };
}
auto separately(const View& view) {
  return [&view](const Purpose& purpose) { return purpose.asks() && apart(view, purpose); };
}

/// What can be unfolded, under a name of its own.
void fold(Html& out, std::string_view title, const Html& content) {
  if (content.str().empty()) return;
  out.raw("<details><summary>").text(title).raw("</summary>").add(content).raw("</details>");
}

/// The control of one purpose: a real checkbox, dressed as a switch. It has no way to start ticked:
/// what was chosen before is a slot, not markup.
void control(Html& out, const View& view, const Purpose& purpose) {
  const std::string_view title = purpose.title.in(view.catalog.language());
  out.raw("<label class=\"control\"><span>");
  // A separate consent says of what, in one sentence of its own (PIPL 23, 29, 39).
  out.text(apart(view, purpose) ? view.catalog.text("choices.allow-separately", {{"title", title}})
                                : std::string(title));
  out.raw("</span><span class=\"switch\" part=\"switch\"><input type=\"checkbox\" data-purpose=\"")
      .text(purpose.id)
      .raw("\" aria-describedby=\"avow-")
      .text(purpose.id)
      .raw("\"></span></label>");
}

void purpose_item(Html& out, const View& view, const Purpose& purpose) {
  const std::string& language = view.catalog.language();
  const std::string_view title = purpose.title.in(language);
  out.raw("<li class=\"purpose\" part=\"purpose\">");
  if (purpose.asks()) {
    control(out, view, purpose);
  } else {
    out.raw("<h4>").text(title).raw("</h4>");
  }
  out.raw("<p id=\"avow-")
      .text(purpose.id)
      .raw("\">")
      .text(purpose.description.in(language))
      .raw("</p>");
  if (view.change != nullptr) {
    const auto told = view.change->purposes.find(purpose.id);
    if (told != view.change->purposes.end()) out.add(told->second);
  }
  if (purpose.separate) {
    // Enhanced notice: what a separate consent covers is open to the eye, not behind a fold (PIPL
    // 23, 30, 39).
    out.add(facts(view, purpose));
  } else {
    fold(out, view.catalog.text("fold.details", {{"title", title}}), facts(view, purpose));
  }
  out.raw("</li>");
}

/// The purposes that are wanted, as one list; empty where there are none.
template <class Wanted>
Html purposes(const View& view, Wanted wanted) {
  Html items;
  for (const Purpose& purpose : view.policy.purposes)
    if (std::invoke(wanted, purpose)) purpose_item(items, view, purpose);
  if (items.str().empty()) return items;
  Html out;
  return out.raw("<ul class=\"purposes\">").add(items).raw("</ul>");
}

void section(Html& out, const View& view, std::string_view title, std::string_view intro,
             const Html& list) {
  if (list.str().empty()) return;
  out.raw("<section><h3>").text(view.catalog.text(title)).raw("</h3>");
  if (!intro.empty()) out.raw("<p>").text(view.catalog.text(intro)).raw("</p>");
  out.add(list).raw("</section>");
}

Html about(const View& view) {
  const std::string& language = view.catalog.language();
  Html out;
  out.raw("<div class=\"about\"><h3>")
      .text(view.catalog.text("about.controller"))
      .raw("</h3>")
      .add(address(view));
  out.raw("<h3>").text(view.catalog.text("about.rights")).raw("</h3>");
  if (const std::string_view words = withdrawable(view); !words.empty())
    out.raw("<p>").text(words).raw("</p>");
  out.raw("<dl>");
  for (const policy::Right& right : view.policy.rights) {
    const std::string name = under(view, name_of(view, right), right.law);
    out.raw("<dt>");
    if (right.channel.empty()) {
      out.text(name);
    } else {
      out.raw("<a href=\"").text(right.channel.in(language)).raw("\">").text(name).raw("</a>");
    }
    out.raw("</dt><dd>").text(procedure(view, right));
    for (const std::string& one : exercised(view, right)) out.raw("<br>").text(one);
    out.raw("</dd>");
  }
  out.raw("</dl><p>").add(link_to(view, view.policy.rules_url, view.catalog.text("about.rules")));
  return out.raw("</p></div>");
}

/// A modal layer: its title takes the focus, its close button grants nothing.
Html sheet(const View& view, Layer layer, std::string_view title, const Html& body,
           const Html& footer) {
  Html out;
  out.raw(
         "<dialog class=\"sheet\" part=\"sheet\" data-nosnippet=\"\" "
         "aria-labelledby=\"avow-title\" "
         "data-layer=\"")
      .text(spell(layer))
      .raw("\"");
  out.add(language_attributes(view))
      .raw("><div class=\"head\"><h2 id=\"avow-title\" part=\"title\" tabindex=\"-1\">")
      .text(view.catalog.text(title));
  out.raw("</h2><button type=\"button\" class=\"close\" data-act=\"close\" aria-label=\"");
  out.text(view.catalog.text("act.close"))
      .raw("\"></button></div><div class=\"body\" part=\"body\">")
      .add(body)
      .raw("</div>");
  if (!footer.str().empty())
    out.raw("<div class=\"foot\" part=\"foot\">").add(footer).raw("</div>");
  return out.raw("</dialog>");
}

/// What is done with which purposes, a paragraph for each regime that holds of any: that of the
/// place before its exceptions.
std::vector<std::string> done(const View& view) {
  using policy::Regime;
  const std::string controller(view.policy.controller.name.in(view.catalog.language()));
  std::vector<std::string> out;
  const auto say = [&](Regime regime, const std::string& purposes) {
    out.push_back(view.catalog.text("first." + std::string(policy::spell(regime)),
                                    {{"controller", controller}, {"purposes", purposes}}));
  };
  std::vector<Regime> all{view.where.regime};
  for (const Regime one : {Regime::opt_in, Regime::opt_out, Regime::notice_only})
    if (one != view.where.regime) all.push_back(one);
  for (const Regime regime : all) {
    const std::string mine = titles(view, [&](const Purpose& purpose) {
      return purpose.asks() && regime_of(view, purpose) == regime && !apart(view, purpose);
    });
    if (!mine.empty()) say(regime, mine);
  }
  const std::string asked = titles(view, separately(view));
  const bool more = !out.empty() && !asked.empty();
  if (out.empty() && asked.empty()) return out;
  if (out.empty()) say(Regime::opt_in, asked);
  out[0] += refusing(view);
  if (more) out[0] += view.catalog.text("first.separate", {{"purposes", asked}});
  return out;
}

/// The answers, and the way to the choices. Where all that is asked needs a consent of its own
/// there is nothing that one "accept" could carry.
Html first_answers(const View& view) {
  if (std::ranges::none_of(view.policy.purposes, together(view)))
    return act_button(view, Act::choose, true);
  return Html().add(answer_pair(view)).add(act_button(view, Act::choose, false));
}

}  // namespace

Html first_layer(const View& view) {
  Html out;
  out.raw(
      "<section class=\"banner\" part=\"banner\" data-nosnippet=\"\" "
      "aria-labelledby=\"avow-title\" "
      "data-layer=\"first\"");
  out.add(language_attributes(view)).raw("><div class=\"words\" part=\"body\" tabindex=\"0\">");
  if (!view.policy.look.logo.empty())
    out.raw("<img class=\"logo\" alt=\"\" src=\"").text(view.policy.look.logo).raw("\">");
  out.raw("<h2 id=\"avow-title\" part=\"title\">").text(view.catalog.text("first.title"));
  out.raw("</h2>");
  for (const std::string& one : done(view)) out.raw("<p part=\"text\">").text(one).raw("</p>");
  if (view.change != nullptr) {
    out.add(view.change->coming);
    // The core writes the line, to who is asked again; whom it tells nothing sees nothing of this.
    if (!view.change->asked.str().empty())
      out.raw("<p class=\"since\" data-slot=\"changed\"></p>").add(view.change->asked);
  }
  out.raw("</div><div class=\"answers\" part=\"answers\">");
  out.add(first_answers(view));
  // The full rules are one press away from the first word about them (PIPL 17; 网络数据安全管理条例
  // 21).
  out.add(link_to(view, view.policy.rules_url, view.catalog.text("about.rules"), "quiet"));
  return out.raw("</div></section>");
}

Html fallback_layer(const View& view) {
  Html out;
  out.raw("<section class=\"banner\" part=\"banner\" data-nosnippet=\"\" data-layer=\"fallback\"");
  out.raw(" aria-label=\"").text(view.catalog.text("act.open")).raw("\"");
  out.add(language_attributes(view)).raw("><div class=\"words\"><p>");
  out.text(view.catalog.text("fallback.text")).raw("</p></div><div class=\"answers\">");
  return out.add(act_button(view, Act::refuse, true)).raw("</div></section>");
}

Html choices_layer(const View& view) {
  const auto any = [&](auto wanted) { return std::ranges::any_of(view.policy.purposes, wanted); };
  const bool asks = any(&Purpose::asks), accepts = any(together(view));
  Html body;
  if (asks) body.raw("<p>").text(view.catalog.text("choices.intro")).raw("</p>");
  if (view.change != nullptr && !view.change->asked.str().empty())
    body.raw("<p class=\"since\" data-slot=\"changed\"></p>");
  section(body, view, "choices.agree", "choices.asked", purposes(view, together_under(view, true)));
  section(body, view, "yours.default", {}, purposes(view, together_under(view, false)));
  section(body, view, "choices.separate",
          accepts ? "choices.separate-intro" : "choices.separate-alone",
          purposes(view, separately(view)));
  body.raw("<div class=\"folds\">");
  fold(body, labelled(view, view.catalog.text("fact.basis"), gap(view)), purposes(view, unstated));
  fold(body, view.catalog.text("choices.needless"), purposes(view, needs_no_consent));
  fold(body, view.catalog.text("choices.elsewhere"), purposes(view, asked_elsewhere));
  fold(body, view.catalog.text("choices.collected"), collected_list(view));
  fold(body, view.catalog.text("choices.given"), given_list(view));
  body.add(act_button(view, Act::lists, false));
  Html rest;
  if (view.change != nullptr) rest.add(view.change->rest);
  fold(body, view.catalog.text("choices.about"), rest.add(about(view)).add(about_rest(view)));
  body.raw("</div>");
  Html footer;
  if (accepts) footer.add(answer_pair(view));
  if (asks) footer.add(act_button(view, Act::save, true));
  // Where there is nothing to choose, the sheet informs.
  return sheet(view, Layer::choices, asks ? "choices.title" : "about.rules", body, footer);
}

Html yours_layer(const View& view) {
  const auto slot = [](Html& out, std::string_view name, std::string_view suffix = {}) {
    out.raw("<span data-slot=\"").text(name).text(suffix).raw("\"></span>");
  };
  const auto row = [&](Html& out, std::string_view label, std::string_view name) {
    out.raw("<dt>").text(view.catalog.text(label)).raw("</dt><dd>");
    slot(out, name);
    out.raw("</dd>");
  };
  Html body;
  if (view.change != nullptr) body.add(view.change->coming);
  body.raw("<p>");
  slot(body, "summary");
  body.raw("</p><ul class=\"answers-given\">");
  for (const Purpose& purpose : view.policy.purposes) {
    if (!purpose.asks()) continue;
    body.raw("<li><span>").text(purpose.title.in(view.catalog.language())).raw("</span>");
    slot(body, "answer-", purpose.id);
    body.raw("</li>");
  }
  body.raw("</ul><dl class=\"record\">");
  row(body, "yours.when", "when");
  row(body, "yours.delivery", "delivery");
  body.raw("</dl>");
  if (std::ranges::any_of(view.policy.purposes, &Purpose::asks)) {
    body.raw("<p class=\"effect\" data-of=\"withdraw\">")
        .text(view.catalog.text("yours.withdraw-effect"));
    for (const std::string& one : withdrawing(view)) body.raw("<br>").text(one);
    body.raw("</p>");
  }
  body.raw("<div class=\"folds\">");
  const bool locked = view.policy.erase.mode == policy::EraseMode::keep_proof;
  const std::vector<std::string> erased = erasing(view);
  // What stands only where its control does is hidden with it.
  Html proof;
  proof.raw("<dl>");
  row(proof, "yours.text", "text");
  row(proof, "yours.number", "number");
  proof.raw("</dl><p data-of=\"receipt\">").add(act_button(view, Act::receipt, true));
  proof.raw("</p><div data-of=\"key\"><p>").text(view.catalog.text("yours.key-effect"));
  // What the key file erases is locked as well.
  if (locked) proof.raw("<br>").text(erased[0]);
  proof.raw("</p><p>").add(act_button(view, Act::key, true)).raw("</p></div>");
  fold(body, view.catalog.text("yours.proof"), proof);
  // Erasing asks once more: its button is one press further.
  Html erase;
  // What is locked is not gone for good, but for the visitor it cannot be undone either.
  if (locked) erase.raw("<p>").text(view.catalog.text("yours.erase-here")).raw("</p>");
  for (const std::string& one : erased) erase.raw("<p>").text(one).raw("</p>");
  erase.raw("<p>").add(act_button(view, locked ? Act::lock : Act::erase, true)).raw("</p>");
  body.raw("<div data-of=\"erase\">");
  fold(body, view.catalog.text("act.erase"), erase);
  body.raw("</div></div>");
  // What went wrong is told where it can be seen whichever fold is open.
  Html footer;
  slot(footer.raw("<output role=\"status\">"), "failed");
  footer.raw("</output>")
      .add(act_button(view, Act::withdraw, true))
      .add(act_button(view, Act::change, true));
  return sheet(view, Layer::yours, "yours.title", body, footer);
}

Html door_layer(const View& view) {
  using policy::Entry;
  // The way to a no is called by what it ends (11 CCR 7013, 7026(a)).
  const bool by_name =
      policy::offers_no_sale(view.policy) && policy::sold_until_no(view.policy, view.where);
  Entry entry = view.policy.look.entry;
  if (by_name && entry == Entry::icon) entry = Entry::text;
  Html out;
  out.raw("<nav class=\"door\" part=\"door\" data-nosnippet=\"\" data-layer=\"door\" aria-label=\"")
      .text(view.catalog.text("act.open"))
      .raw("\"");
  out.add(language_attributes(view)).raw(">");
  if (entry == Entry::icon) {
    out.raw("<button type=\"button\" class=\"quiet\" data-act=\"open\" aria-label=\"")
        .text(view.catalog.text("act.open"))
        .raw(
            "\"><svg viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"M12 3 5 6v5c0 5 3 8 7 10 "
            "4-2 "
            "7-5 7-10V6zm-3 9 2 2 4-4\"/></svg></button>");
  } else if (entry == Entry::text) {
    out.add(act_button(view, by_name ? Act::no_sale : Act::open, false));
  }
  if (entry != Entry::none) out.add(act_button(view, Act::withdraw, false));
  // The news comes last, so that the buttons do not move from under the pointer when it changes.
  return out.raw("<output role=\"status\" data-slot=\"status\"></output></nav>");
}

Html frame_layer(const View& view, const Purpose& purpose) {
  const std::string title(purpose.title.in(view.catalog.language()));
  const std::string recipients = recipient_names(view, purpose);
  Html out;
  out.raw(
         "<div class=\"frame\" part=\"frame\" role=\"group\" data-nosnippet=\"\" "
         "data-layer=\"frame\" "
         "aria-label=\"")
      .text(title)
      .raw("\"");
  out.add(language_attributes(view))
      .raw(
          "><div class=\"words\"><svg viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"M3 "
          "5h18v14H3zm7 "
          "4v6l5-3z\"/></svg>"
          "<b data-slot=\"title\"></b><p class=\"from\">")
      .text(view.catalog.text("frame.from", {{"recipients", recipients}}));
  out.raw("</p><p>");
  // What is asked separately has no buttons here, and so nothing to say of them.
  out.text(
      view.catalog.text(purpose.separate ? "frame.separate" : "frame.text", {{"title", title}}));
  out.raw("</p></div><div class=\"answers\">");
  // A separate consent has a control of its own, among the choices.
  if (!purpose.separate) {
    for (const auto& [act, words] :
         {std::pair{"show-once", "frame.show-once"}, std::pair{"frame", "frame.show-always"}}) {
      out.raw("<button type=\"button\" class=\"answer\" data-act=\"")
          .text(act)
          .raw("\" data-purpose=\"")
          .text(purpose.id)
          .raw("\">")
          .text(view.catalog.text(words))
          .raw("</button>");
    }
  }
  const Html choose = act_button(view, Act::choose, purpose.separate);
  if (purpose.separate) out.add(choose);
  out.raw("</div><div class=\"answers\">");
  if (!purpose.separate) out.add(choose);
  out.raw("<a class=\"quiet\" data-slot=\"original\">").text(view.catalog.text("frame.open"));
  return out.raw("</a></div></div>");
}

}  // namespace avow::notice
