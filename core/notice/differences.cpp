#include "notice/differences.h"

namespace avow::notice {
namespace {

/// Where two texts differ: what they have in common before, and after.
struct Common {
  std::size_t before = 0, after = 0;
};

bool begins_letter(std::string_view text, std::size_t at) {
  return at >= text.size() || (static_cast<std::uint8_t>(text[at]) & 0xC0) != 0x80;
}

/// Whole words, where they are parted by spaces; letters elsewhere.
Common common(std::string_view was, std::string_view is) {
  const bool spaced = was.contains(' ') || is.contains(' ');
  const auto edge = [&](std::string_view text, std::size_t at) {
    if (!begins_letter(text, at)) return false;
    return !spaced || at == 0 || at == text.size() || text[at] == ' ' || text[at - 1] == ' ';
  };
  const std::size_t most = std::min(was.size(), is.size());
  Common out;
  while (out.before < most && was[out.before] == is[out.before]) ++out.before;
  while (out.before > 0 && !(edge(was, out.before) && edge(is, out.before))) --out.before;
  while (out.before + out.after < most &&
         was[was.size() - 1 - out.after] == is[is.size() - 1 - out.after])
    ++out.after;
  while (out.after > 0 && !(edge(was, was.size() - out.after) && edge(is, is.size() - out.after)))
    --out.after;
  return out;
}

void side(Html& out, const Words& words, const std::string& title, const std::string& text,
          const Common& same, bool is) {
  if (is)
    out.raw("<div class=\"is\"><dt>");
  else
    out.raw("<div><dt>");
  out.text(title);
  if (text.empty()) {
    out.raw("</dt><dd class=\"none\">").text(words.say("change.none")).raw("</dd></div>\n");
    return;
  }
  const std::string_view all = text;
  const std::string_view middle = all.substr(same.before, all.size() - same.before - same.after);
  out.raw("</dt><dd class=\"said\"><bdi>").text(all.substr(0, same.before));
  if (!middle.empty() && is) out.raw("<ins>").text(middle).raw("</ins>");
  if (!middle.empty() && !is) out.raw("<del>").text(middle).raw("</del>");
  out.text(all.substr(all.size() - same.after)).raw("</bdi></dd></div>\n");
}

}  // namespace

void sides(Html& out, const Words& words, const Changed& changed, const std::string& was_title,
           const std::string& is_title) {
  const std::string was = words.in(changed.was), is = words.in(changed.is);
  const Common same = common(was, is);
  out.raw("<dl class=\"sides\">\n");
  side(out, words, was_title, was, same, false);
  side(out, words, is_title, is, same, true);
  out.raw("</dl>\n");
}

void why(Html& out, const Words& words, const Changed& changed) {
  out.raw("<dl class=\"why\"><dt>").text(words.say("change.why"));
  out.raw("</dt><dd class=\"said\"><bdi>").text(words.in(changed.why)).raw("</bdi></dd></dl>\n");
}

}  // namespace avow::notice
