#include "notice/handout.h"

#include "notice/pieces.h"

namespace avow::notice {
namespace {

/// What is ours, and the site, of which the reader lets nothing through but a host's name.
void style(Html& out, const View& view) {
  out.raw(
         "<style>"
         "body{font:16px/1.55 system-ui,sans-serif;max-width:46em;margin:40px auto;padding:0 20px;"
         "color:#16202b;background:#fff;overflow-wrap:anywhere}"
         "body:lang(zh,ja){line-height:1.7}"
         "h1{font-size:1.6em;line-height:1.3;margin:0 0 16px}"
         "h2{font-size:1.25em;margin:36px 0 0;padding-bottom:8px;border-bottom:2px solid #16202b}"
         "address{font-style:normal;margin-top:12px}"
         "a{color:#1d4f91}"
         "ul{list-style:none;margin:0;padding:0}"
         "dl{display:grid;grid-template-columns:minmax(min-content,10em) 1fr;gap:4px 20px;"
         "margin:6px 0}"
         "dt{color:#44525f}dd{margin:0}"
         "dd ul{list-style:disc;padding-inline-start:1.2em}"
         ".list>li{padding:14px 0;border-bottom:1px solid #c9d1d9}"
         ".list>li>b{display:block}"
         ".list dl dl{margin:0}"
         ".version{color:#44525f}"
         "@media(max-width:560px){dl{grid-template-columns:1fr;gap:2px}dd+dt{margin-top:8px}}"
         "@media print{body{max-width:none;margin:0;padding:0;font-size:10.5pt}"
         "h2,b,dt{break-after:avoid}dd dd{break-inside:avoid}a{color:inherit}"
         "a[href^=\"/\"]::after{content:\" (https://")
      .text(view.policy.site)
      .raw("\" attr(href) \")\"}}</style>");
}

void list(Html& out, const View& view, std::string_view title, const Html& content) {
  if (content.str().empty()) return;
  out.raw("<section><h2>").text(view.catalog.text(title)).raw("</h2>").add(content);
  out.raw("</section>\n");
}

}  // namespace

std::string render_handout(const View& view) {
  const std::string& language = view.catalog.language();
  const std::string_view company = view.policy.controller.name.in(language);
  const Html given = given_list(view);
  Html title;
  title.text(view.catalog.text("choices.collected"));
  if (!given.str().empty()) title.raw(" · ").text(view.catalog.text("choices.given"));
  Html out;
  out.raw("<!doctype html>\n<html").add(language_attributes(view)).raw("><meta charset=\"utf-8\">");
  out.raw("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">");
  // Wherever the file is kept, a path leads to the site.
  out.raw("<base href=\"https://").text(view.policy.site).raw("/\"><title>");
  out.text(company).raw(" · ").add(title).raw("</title>");
  style(out, view);
  out.raw("\n<h1>").add(title).raw("</h1>\n").add(address(view)).raw("<p class=\"version\">");
  out.text(view.policy.site).raw(" · ").add(version(view)).raw("</p>\n");
  list(out, view, "choices.collected", collected_list(view));
  list(out, view, "choices.given", given);
  out.raw("<p>").add(link_to(view, view.policy.rules_url, view.catalog.text("about.rules")));
  return out.raw("</p></html>\n").str();
}

}  // namespace avow::notice
