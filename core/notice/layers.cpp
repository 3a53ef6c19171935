#include "notice/layers.h"

#include "notice/pieces.h"

namespace avow::notice {
namespace {

using policy::Purpose;

/// The control of one purpose. It has no way to start ticked: what was chosen before is a slot, not
/// markup.
void control(Html& out, const View& view, const Purpose& purpose) {
  const std::string_view title = purpose.title.in(view.catalog.language());
  out.raw("<label class=\"control\"><input type=\"checkbox\" data-purpose=\"")
      .text(purpose.id)
      .raw("\"><span>");
  out.text(view.catalog.text(purpose.separate ? "choices.allow-separately" : "choices.allow",
                             {{"title", title}}));
  out.raw("</span></label>");
}

void purpose_card(Html& out, const View& view, const Purpose& purpose) {
  const std::string& language = view.catalog.language();
  out.raw("<li class=\"purpose\">");
  if (purpose.asks()) {
    control(out, view, purpose);
  } else {
    out.raw("<h4>").text(purpose.title.in(language)).raw("</h4>");
  }
  out.raw("<p>").text(purpose.description.in(language)).raw("</p>");
  if (purpose.separate) {
    // Enhanced notice: what a separate consent covers is open to the eye, not behind a fold (PIPL
    // 23, 30, 39).
    out.add(facts(view, purpose));
  } else {
    out.raw("<details><summary>")
        .text(view.catalog.text("act.details"))
        .raw("</summary>")
        .add(facts(view, purpose))
        .raw("</details>");
  }
  out.raw("</li>");
}

template <class Wanted>
void purposes(Html& out, const View& view, std::string_view title, std::string_view intro,
              Wanted wanted) {
  bool any = false;
  for (const Purpose& purpose : view.policy.purposes) {
    if (!wanted(purpose)) continue;
    if (!any) {
      out.raw("<section><h3>").text(view.catalog.text(title)).raw("</h3>");
      if (!intro.empty()) out.raw("<p>").text(view.catalog.text(intro)).raw("</p>");
      out.raw("<ul class=\"purposes\">");
      any = true;
    }
    purpose_card(out, view, purpose);
  }
  if (any) out.raw("</ul></section>");
}

void about(Html& out, const View& view) {
  const std::string& language = view.catalog.language();
  const policy::Controller& controller = view.policy.controller;
  out.raw("<section class=\"about\"><h3>")
      .text(view.catalog.text("about.controller"))
      .raw("</h3><address>");
  out.raw("<b>").text(controller.name.in(language)).raw("</b>");
  if (!controller.email.empty()) {
    out.raw("<br><a href=\"mailto:")
        .text(controller.email)
        .raw("\">")
        .text(controller.email)
        .raw("</a>");
  }
  if (!controller.phone.empty()) out.raw("<br>").text(controller.phone);
  if (!controller.address.empty()) out.raw("<br>").text(controller.address.in(language));
  out.raw("</address><h3>")
      .text(view.catalog.text("about.rights"))
      .raw("</h3><p>")
      .text(view.catalog.text("about.withdraw"));
  out.raw("</p><dl>");
  for (const policy::Right& right : view.policy.rights) {
    out.raw("<dt><a href=\"")
        .text(right.channel.in(language))
        .raw("\">")
        .text(view.catalog.text("right." + right.type))
        .raw("</a></dt><dd>");
    out.text(right.procedure.in(language)).raw("</dd>");
  }
  out.raw("</dl><p><a href=\"").text(view.policy.rules_url.in(language)).raw("\">");
  out.text(view.catalog.text("about.rules")).raw("</a></p></section>");
}

/// A modal layer: its title takes the focus, its close button grants nothing.
Html sheet(const View& view, Layer layer, std::string_view title, const Html& body,
           const Html& footer) {
  Html out;
  out.raw("<dialog class=\"sheet\" part=\"sheet\" aria-labelledby=\"avow-title\" data-layer=\"")
      .text(spell(layer))
      .raw("\"");
  out.add(language_attributes(view))
      .raw("><div class=\"head\"><h2 id=\"avow-title\" tabindex=\"-1\">")
      .text(view.catalog.text(title));
  out.raw("</h2><button type=\"button\" class=\"close\" data-act=\"close\" aria-label=\"");
  out.text(view.catalog.text("act.close")).raw("\"></button></div><div class=\"body\">").add(body);
  return out.raw("</div><div class=\"foot\">").add(footer).raw("</div></dialog>");
}

}  // namespace

Html first_layer(const View& view) {
  const std::string controller(view.policy.controller.name.in(view.catalog.language()));
  const std::string together = titles(view, false), separately = titles(view, true);
  Html out;
  out.raw(
      "<section class=\"banner\" part=\"banner\" role=\"region\" aria-labelledby=\"avow-title\" "
      "data-layer=\"first\"");
  out.add(language_attributes(view))
      .raw("><div class=\"words\"><h2 id=\"avow-title\">")
      .text(view.catalog.text("first.title"));
  out.raw("</h2><p>");
  const std::string text = "first." + std::string(policy::spell(view.regime));
  out.text(view.catalog.text(
      text, {{"controller", controller}, {"purposes", together.empty() ? separately : together}}));
  if (!together.empty() && !separately.empty()) {
    out.text(view.catalog.text("first.separate", {{"purposes", separately}}));
  }
  out.raw("</p></div><div class=\"answers\">");
  // Where all that is asked needs a consent of its own, there is nothing that one "accept" could
  // carry.
  if (together.empty()) {
    out.add(act_button(view, Act::choose, true));
  } else {
    out.add(answer_pair(view)).add(act_button(view, Act::choose, false));
  }
  // The full rules are one press away from the first word about them (PIPL 17; 网络数据安全管理条例
  // 21).
  out.raw("<a class=\"quiet\" href=\"")
      .text(view.policy.rules_url.in(view.catalog.language()))
      .raw("\">");
  return out.text(view.catalog.text("about.rules")).raw("</a></div></section>");
}

Html fallback_layer(const View& view) {
  Html out;
  out.raw("<section class=\"banner\" part=\"banner\" role=\"region\" data-layer=\"fallback\"");
  out.raw(" aria-label=\"").text(view.catalog.text("act.open")).raw("\"");
  out.add(language_attributes(view)).raw("><div class=\"words\"><p>");
  out.text(view.catalog.text("fallback.text")).raw("</p></div><div class=\"answers\">");
  return out.add(act_button(view, Act::refuse, true)).raw("</div></section>");
}

Html choices_layer(const View& view) {
  Html body;
  body.raw("<p>").text(view.catalog.text("choices.intro")).raw("</p>");
  purposes(body, view, "choices.asked", "",
           [](const Purpose& p) { return p.asks() && !p.separate; });
  purposes(body, view, "choices.separate", "choices.separate-intro",
           [](const Purpose& p) { return p.asks() && p.separate; });
  purposes(body, view, "choices.needless", "", [](const Purpose& p) { return !p.asks(); });
  about(body, view);
  Html footer;
  if (!titles(view, false).empty()) footer.add(answer_pair(view));
  footer.add(act_button(view, Act::save, true));
  return sheet(view, Layer::choices, "choices.title", body, footer);
}

Html yours_layer(const View& view) {
  const auto slot = [](Html& out, std::string_view name, std::string_view suffix = {}) {
    out.raw("<output data-slot=\"").text(name).text(suffix).raw("\"></output>");
  };
  Html body;
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
  const auto row = [&](std::string_view label, std::string_view name) {
    body.raw("<dt>").text(view.catalog.text(label)).raw("</dt><dd>");
    slot(body, name);
    body.raw("</dd>");
  };
  row("yours.when", "when");
  row("yours.text", "text");
  row("yours.number", "number");
  row("yours.delivery", "delivery");
  // Each stands only where its control does: the sheet hides it with the control.
  body.raw("</dl><p class=\"effect\" data-of=\"withdraw\">")
      .text(view.catalog.text("yours.withdraw-effect"));
  body.raw("</p><p class=\"effect\" data-of=\"erase\">")
      .text(view.catalog.text("yours.erase-effect"))
      .raw("</p>");
  Html footer;
  footer.add(act_button(view, Act::withdraw, true)).add(act_button(view, Act::change, true));
  footer.add(act_button(view, Act::export_record, false)).add(act_button(view, Act::erase, false));
  return sheet(view, Layer::yours, "yours.title", body, footer);
}

Html door_layer(const View& view) {
  Html out;
  out.raw("<nav class=\"door\" part=\"door\" data-layer=\"door\" aria-label=\"")
      .text(view.catalog.text("act.open"))
      .raw("\"");
  out.add(language_attributes(view)).raw(">");
  // The news comes last, so that the buttons do not move from under the pointer when it changes.
  return out.add(act_button(view, Act::open, false))
      .add(act_button(view, Act::withdraw, false))
      .raw("<output role=\"status\" data-slot=\"status\"></output></nav>");
}

Html frame_layer(const View& view, const Purpose& purpose) {
  const std::string title(purpose.title.in(view.catalog.language()));
  Html out;
  out.raw("<div class=\"frame\" part=\"frame\" role=\"group\" data-layer=\"frame\" aria-label=\"")
      .text(title)
      .raw("\"");
  out.add(language_attributes(view)).raw("><p>");
  out.text(view.catalog.text("frame.text",
                             {{"title", title}, {"recipients", recipient_names(view, purpose)}}));
  out.raw("</p>");
  // A separate consent has a control of its own, among the choices.
  if (!purpose.separate) {
    out.raw("<button type=\"button\" class=\"answer\" data-act=\"frame\" data-purpose=\"")
        .text(purpose.id)
        .raw("\">")
        .text(view.catalog.text("frame.allow"))
        .raw("</button>");
  }
  return out.add(act_button(view, Act::choose, purpose.separate)).raw("</div>");
}

}  // namespace avow::notice
