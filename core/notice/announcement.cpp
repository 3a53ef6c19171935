#include "notice/announcement.h"

#include <algorithm>

#include "base/text.h"
#include "change/read.h"
#include "notice/differences.h"
#include "notice/pieces.h"
#include "notice/sms.h"

namespace avow::notice {
namespace {

constexpr std::string_view kStyle = R"css(
:root{color-scheme:light dark;--ink:light-dark(#16202b,#e8edf2);--soft:light-dark(#44525f,#b4bfca);
--paper:light-dark(#fff,#161c23);--ground:light-dark(#f3f5f7,#0e1318);
--line:light-dark(#d5dbe1,#3c4854);--link:light-dark(#1d4f91,#a9cbf5);
--new:light-dark(#e3eefb,#1c344f);--old:light-dark(#f1f2f4,#232a32)}
*{box-sizing:border-box}
body{margin:0;padding:32px 16px;background:var(--ground);color:var(--ink);
font:1em/1.6 system-ui,sans-serif;overflow-wrap:anywhere}
main{max-width:760px;margin:0 auto;padding:40px 48px;background:var(--paper);
border:1px solid var(--line);border-radius:12px}
h1,h2,h3,p,dl,dd{margin:0}
h1{font-size:1.75em;line-height:1.3;font-weight:650;text-wrap:balance}
h2{font-size:1.2em;line-height:1.35;margin:40px 0 10px;font-weight:650}
h3{font-size:1.05em;line-height:1.4;font-weight:650}
h3::first-letter{text-transform:uppercase}
.from{color:var(--soft);margin-bottom:6px}
.lead{font-size:1.1em;margin-top:14px;text-wrap:pretty}
.meaning{margin-top:28px;padding:18px 22px;border-inline-start:4px solid var(--link);
background:var(--new);border-radius:4px}
.meaning h2{margin:0 0 6px;font-size:1.05em}
.said{white-space:pre-line}
.one{padding:18px 0;border-top:1px solid var(--line);break-inside:avoid}
.more{border-top:1px dashed var(--line)}
.label{color:var(--soft)}
.sides{display:grid;grid-template-columns:1fr 1fr;gap:12px;margin:10px 0}
.sides>div{padding:10px 14px;border-radius:6px;background:var(--old)}
.sides>.is{background:var(--new)}
.sides dt,.why dt{font-size:.875em;color:var(--soft)}
del{text-decoration:line-through;text-decoration-color:light-dark(#9a3412,#fdba74);
text-decoration-thickness:1px}
ins{text-decoration:underline;text-decoration-color:var(--link);text-underline-offset:3px;
font-weight:600}
.none{color:var(--soft)}
.asks{margin-top:8px;font-weight:600}
a{color:var(--link)}
a:focus-visible{outline:3px solid var(--link);outline-offset:2px}
footer{margin-top:44px;padding-top:18px;border-top:1px solid var(--line)}
.signed{text-align:end;margin-top:20px}
.versions{color:var(--soft);font-size:.875em}
@media (max-width:600px){body{padding:0}main{padding:24px 18px;border:0;border-radius:0}
h1{font-size:1.5em}.sides{grid-template-columns:1fr}}
@media print{:root{color-scheme:light}body{padding:0;background:none;font-size:10.5pt}
main{max-width:none;border:0;padding:0}.meaning,.sides>div{print-color-adjust:exact}
h2{break-after:avoid}@page{margin:20mm}}
)css";

/// Runs of spaces and line feeds as one space: what stands on one line.
std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\n';
    if (!space)
      out += c;
    else if (!out.empty() && !out.ends_with(' '))
      out += ' ';
  }
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

/// Whether nothing of it is done without consent: a policy may let things run, at some place, until
/// somebody refuses.
bool asks(const Words& words, const Changed& one) {
  const auto asks_first = [](const policy::Jurisdiction& place) {
    const auto first = [](const policy::Exception& purpose) {
      return purpose.regime == policy::Regime::opt_in;
    };
    return place.regime == policy::Regime::opt_in && std::ranges::all_of(place.exceptions, first);
  };
  return one.asks_again && std::ranges::all_of(words.view().policy.jurisdictions, asks_first);
}

/// `before`: what the one above belongs to.
void changed(Html& out, const Words& words, const Names& names, const Changed& one,
             std::string& before) {
  const auto [subject, label] = names.of(one);
  if (subject == before)
    out.raw("<section class=\"one more\">");
  else
    out.raw("<section class=\"one\"><h3>").text(subject).raw("</h3>\n");
  before = subject;
  if (!label.empty()) out.raw("<p class=\"label\">").text(label).raw("</p>\n");
  sides(out, words, one, words.say("change.was"), words.from());
  why(out, words, one);
  if (asks(words, one)) out.raw("<p class=\"asks\">").text(words.say("change.asks")).raw("</p>\n");
  out.raw("</section>\n");
}

/// An address that can be followed, as a link.
void contact(Html& out, std::string_view to) {
  const bool mail = to.contains('@') && !to.contains(' ') && !to.contains(':');
  if (!mail && !to.starts_with("https://")) {
    out.raw("<bdi>").text(to).raw("</bdi>");
    return;
  }
  out.raw("<a href=\"");
  if (mail) out.raw("mailto:");
  out.text(to).raw("\"><bdi>").text(to).raw("</bdi></a>");
}

std::string_view shown(std::string_view link) {
  for (const std::string_view scheme : {"https://", "http://", "mailto:", "tel:"})
    if (link.starts_with(scheme)) return link.substr(scheme.size());
  return link;
}

void section(Html& out, const Words& words, std::string_view key, const policy::Text& text) {
  out.raw("<h2>").text(words.say(key)).raw("</h2>\n<p class=\"said\"><bdi>").text(words.in(text));
  out.raw("</bdi></p>\n");
}

Html body(const Announced& announced, const Words& words) {
  const change::Announcement& change = words.change();
  Html out;
  out.raw("<main>\n<header><p class=\"from\">").text(words.controller()).raw("</p>\n<h1>");
  out.text(words.say("change.title")).raw("</h1>\n<p class=\"lead\">").text(words.lead());
  out.raw("</p></header>\n").add(announced_content(announced));
  const std::string link = words.in(change.link);
  out.raw("<footer><p>").text(words.say("about.rules")).text(words.say("colon"));
  out.raw("<a href=\"").text(link).raw("\">").text(shown(link)).raw("</a></p>\n");
  out.raw("<p class=\"signed\">").text(words.controller()).raw("<br><time datetime=\"");
  out.text(time::write_date(change.notify_from)).raw("\">");
  out.text(day(words.catalog(), change.notify_from)).raw("</time></p></footer>\n</main>\n");
  return out;
}

}  // namespace

Html announced_content(const Announced& announced) {
  const Words words(announced);
  const Names names(announced);
  const change::Announcement& change = words.change();
  Html out;
  out.raw("<section class=\"meaning\">");
  section(out, words, "change.meaning", change.meaning);
  out.raw("</section>\n<h2>").text(words.say("change.what")).raw("</h2>\n");
  std::string before;
  for (const Changed& one : change.changed) {
    if (words.shows(one)) changed(out, words, names, one, before);
  }
  section(out, words, "change.refuse", change.refuse);
  out.raw("<h2>").text(words.say("change.views")).raw("</h2>\n<p>");
  out.text(words.on("change.until", change.feedback_until)).text(words.say("colon"));
  contact(out, change.feedback_to);
  return out.raw("</p>\n");
}

std::string announce_as_page(const Announced& announced) {
  const Words words(announced);
  const std::string title = words.say("change.title") + " · " + words.controller();
  std::string out = "<!doctype html>\n<html" + language_attributes(words.view()).str() + ">\n";
  out += "<meta charset=\"utf-8\">\n";
  out += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
  out += "<title>" + text::escape_html(title) + "</title>\n<meta name=\"avow-change\" content=\"";
  out += text::to_hex(change::id_of(announced.change)) + "\">\n<style>";
  out += kStyle;
  return out + "</style>\n<body>\n" + body(announced, words).str() + "</body>\n</html>\n";
}

std::string announce_as_mail(const Announced& announced) {
  const Words words(announced);
  const change::Announcement& change = words.change();
  const std::string colon = words.say("colon");
  std::string out = "Subject: " + one_line(words.say("change.title") + colon + words.controller());
  out += "\n\n" + words.lead() + "\n\n";
  const auto section = [&](std::string_view key, const std::string& text) {
    out += words.say(key) + "\n\n" + text + "\n\n";
  };
  section("change.meaning", words.in(change.meaning));
  const Names names(announced);
  std::string all;
  int number = 0;
  for (const Changed& one : change.changed) {
    if (!words.shows(one)) continue;
    const auto [subject, label] = names.of(one);
    const auto line = [&](const std::string& name, const std::string& text) {
      all += "   " + name + colon + (text.empty() ? words.say("change.none") : text) + "\n";
    };
    all += (number == 0 ? "" : "\n") + std::to_string(number + 1) + ". " + subject;
    ++number;
    all += label.empty() ? "\n" : colon + label + "\n";
    line(words.say("change.was"), words.in(one.was));
    line(words.from(), words.in(one.is));
    line(words.say("change.why"), words.in(one.why));
    if (asks(words, one)) all += "   " + words.say("change.asks") + "\n";
  }
  if (!all.empty()) all.pop_back();
  section("change.what", all);
  section("change.refuse", words.in(change.refuse));
  section("change.views",
          words.on("change.until", change.feedback_until) + colon + change.feedback_to);
  out += words.say("about.rules") + colon + words.in(change.link) + "\n\n";
  return out + words.controller() + "\n" + day(words.catalog(), change.notify_from) + "\n";
}

std::string announce_as_sms(const Announced& announced) {
  const Words words(announced);
  const change::Announcement& change = words.change();
  const std::string signature = one_line(words.in(change.signature));
  std::string out;
  if (!signature.empty() && words.catalog().speaks("zh"))
    out = "【" + signature + "】";
  else if (!signature.empty())
    out = signature + ": ";
  // The address is the last word, without the marks that isolate: phones would take them for a part
  // of it.
  const std::string on = words.catalog().isolated(day(words.catalog(), change.effective_at));
  return out + fill(words.say("change.sms"), {{"day", on}, {"link", words.in(change.link)}});
}

Errors sms_breaches(const Announced& announced) {
  const std::string sent = announce_as_sms(announced);
  const SmsLength length = sms_length(sent);
  const bool chinese = announced.newer.catalog.speaks("zh");
  if (length.messages == 1 || (!length.gsm && !chinese)) return {};
  return {{Code::out_of_range, "/link",
           "In \"" + announced.newer.catalog.language() + "\" the text message has " +
               std::to_string(length.units) + (length.gsm ? " letters" : " characters") +
               " with signature and link, want at most " + std::to_string(length.most) +
               ": shorten the link or the signature."}};
}

}  // namespace avow::notice
