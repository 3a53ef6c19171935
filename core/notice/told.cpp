#include "notice/told.h"

#include "change/read.h"
#include "base/text.h"
#include "notice/differences.h"
#include "notice/pieces.h"

namespace avow::notice {
namespace {

using policy::Purpose;

/// Whether a difference belongs to a purpose: its own, or one of whom or what it names.
bool concerns(const policy::Policy& policy, const Changed& changed, const Purpose& purpose) {
  const auto in = [&](std::string_view list) {
    return changed.pointer.starts_with("/" + std::string(list) + "/");
  };
  const auto has = [&](const std::vector<std::string>& ids) {
    return std::ranges::find(ids, changed.what) != ids.end();
  };
  if (in("purposes")) return changed.what == purpose.id;
  if (in("controller")) return changed.asks_again && purpose.asks();
  if (in("recipients")) return has(purpose.recipients);
  if (in("services")) {
    const auto service = std::ranges::find(policy.services, changed.what, &policy::Service::id);
    return service != policy.services.end() &&
           std::ranges::find(service->purposes, purpose.id) != service->purposes.end();
  }
  return in("categories") && has(purpose.categories);
}

/// Each difference that `wanted` takes, under what it belongs to, with what was under `before`.
template <class Wanted>
Html differences(const Words& words, const Names& names, std::string_view before, Wanted wanted) {
  Html out;
  for (const Changed& one : words.change().changed) {
    if (!words.shows(one) || !wanted(one)) continue;
    const auto [subject, label] = names.of(one);
    out.raw("<p><b>").text(
        label.empty() ? subject
                      : words.catalog().text("said-of", {{"name", subject}, {"text", label}}));
    out.raw("</b></p>");
    sides(out, words, one, words.say(before), words.from());
    why(out, words, one);
  }
  return out;
}

/// Marks what is different where the choices of `policy` say it: beside the purpose that it belongs
/// to, or apart.
void mark(ChangeTold& out, const policy::Policy& policy, const Words& words, const Names& names,
          std::string_view title, std::string_view before) {
  const auto marked = [&](Html& told, const Html& differences) {
    if (differences.str().empty()) return;
    told.raw("<div class=\"changed\"><p>").text(title).raw("</p>").add(differences).raw("</div>");
  };
  for (const Purpose& purpose : policy.purposes) {
    const Html mine = differences(
        words, names, before, [&](const Changed& one) { return concerns(policy, one, purpose); });
    if (!mine.str().empty()) marked(out.purposes[purpose.id], mine);
  }
  marked(out.rest, differences(words, names, before, [&](const Changed& one) {
           return std::ranges::none_of(policy.purposes, [&](const Purpose& purpose) {
             return concerns(policy, one, purpose);
           });
         }));
}

/// What one look takes in; more is folded, and unfolded by who wants it.
constexpr std::size_t kAtOnce = 1'200;

}  // namespace

ChangeTold told_before(const Announced& announced) {
  const Words words(announced);
  const Names names(announced);
  ChangeTold out;
  out.coming.raw("<p><a href=\"").text(words.in(words.change().link)).raw("\">");
  out.coming.text(words.say("change.title")).raw("</a>").text(words.say("colon"));
  out.coming.text(words.from()).raw("</p>");
  mark(out, announced.older.policy, words, names, words.say("change.what"), "change.was");
  return out;
}

ChangeTold told_since(const Announced& announced) {
  const Words words(announced);
  const Names names(announced);
  const std::string title = words.on("change.changed", words.change().effective_at);
  ChangeTold out;
  const Html asked =
      differences(words, names, "change.before", [](const Changed& one) { return one.asks_again; });
  if (!asked.str().empty()) {
    out.asked.raw("<details class=\"changed\"");
    if (asked.str().size() <= kAtOnce) out.asked.raw(" open=\"\"");
    out.asked.raw("><summary>").text(title).raw("</summary>").add(asked).raw("</details>");
  }
  mark(out, announced.newer.policy, words, names, title, "change.before");
  return out;
}

Cards announce_as_cards(const Announced& announced) {
  const Words words(announced);
  const auto button = [&](Html& out, std::string_view key) {
    out.text(words.say(key)).raw("</button>");
  };
  Html card;
  card.raw(
      "<section class=\"card\" part=\"card\" data-nosnippet=\"\" aria-labelledby=\"avow-card\"");
  card.add(language_attributes(words.view())).raw("><h2 id=\"avow-card\">");
  card.text(words.say("change.title")).raw("</h2><p>").text(words.lead());
  card.raw("</p><div class=\"row\"><button type=\"button\" class=\"answer\" data-act=\"whole\">");
  button(card, "change.what");
  card.raw("<button type=\"button\" class=\"quiet\" data-act=\"told\">");
  button(card, "act.close");
  card.raw("</div><output class=\"heard\" role=\"status\"></output></section>");

  Html whole;
  whole.raw(
      "<dialog class=\"whole\" part=\"whole\" data-nosnippet=\"\" aria-labelledby=\"avow-whole\"");
  whole.add(language_attributes(words.view()))
      .raw("><div class=\"head\"><h2 id=\"avow-whole\" tabindex=\"-1\">");
  whole.text(words.say("change.title"))
      .raw("</h2><button type=\"button\" class=\"close\" data-act=\"close\" aria-label=\"");
  whole.text(words.say("act.close")).raw("\"></button></div><div class=\"body\"");
  // What scrolls has to be reached with the keyboard, also where nothing in it is (Safari).
  const bool heard = !announced.older.policy.collector.url.empty();
  if (!heard) whole.raw(" tabindex=\"0\"");
  whole.raw("><p>").text(words.lead());
  whole.raw("</p>").add(announced_content(announced));
  if (heard) {
    whole.raw("<form><label>").text(words.say("change.message"));
    whole.raw(
        "<textarea name=\"message\" rows=\"4\" maxlength=\"2000\" "
        "required=\"\"></textarea></label><label>");
    whole.text(words.say("change.reply"));
    whole.raw(
        "<input name=\"reply\" maxlength=\"200\" autocomplete=\"email\"></label><p "
        "class=\"soft\">");
    whole.text(words.catalog().text("change.sealed", {{"controller", words.controller()}}));
    whole.raw(" <a href=\"").text(words.in(announced.older.policy.rules_url)).raw("\">");
    whole.text(words.say("about.rules")).raw("</a></p><button class=\"answer\">");
    button(whole, "change.send");
    whole.raw("<output></output></form>");
  }
  whole.raw("</div><div class=\"foot\"><button type=\"button\" class=\"quiet\" data-act=\"open\">");
  button(whole, "act.open");
  whole.raw("</div></dialog>");
  return {card.str(), whole.str()};
}

}  // namespace avow::notice
