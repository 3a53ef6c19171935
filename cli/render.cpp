// avow render: the very notice that visitors see, from the same core, for who must approve it; and
// the privacy page of the same policy, or the announcement of a new one.
#include <algorithm>
#include <ctime>

#include "announcing.h"
#include "arguments.h"
#include "base/text.h"
#include "compiling.h"
#include "notice/handout.h"
#include "notice/notice.h"
#include "notice/page.h"
#include "policy/shape.h"
#include "screen.h"

namespace avow::cli {
namespace {

using notice::Layer;

/// The notice's bytes, unchanged, inside a document that a browser shows without any script. The
/// sheets are dialogs that nobody opened here, so the page says that they are to be seen.
std::string document(const notice::View& view, const Digest& policy_id, const std::string& html) {
  const std::string language = text::escape_html(view.catalog.language());
  const std::string title = text::escape_html(view.policy.site + ", " + view.policy.version);
  std::string out = "<!doctype html>\n<html lang=\"" + language + "\" dir=\"" +
                    view.catalog.direction() + "\">\n";
  out += "<meta charset=\"utf-8\">\n";
  out += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
         title + "</title>\n";
  out += "<meta name=\"avow-notice\" content=\"" + text::to_hex(sha256(as_bytes(html))) + "\">\n";
  out += "<meta name=\"avow-policy\" content=\"" + text::to_hex(policy_id) + "\">\n";
  out +=
      "<body "
      "style=\"margin:0;min-height:100vh;padding:24px;box-sizing:border-box;background:#8a94a0\">"
      "\n";
  out += "<avow-notice><template shadowrootmode=\"open\"><style>";
  out += notice::page_style(view.policy);
  out += notice::sheet_style();
  out +=
      "</"
      "style><style>.sheet{display:flex!important;flex-direction:column;position:static!important;";
  out += "max-height:none!important;height:auto!important}</style>";
  return out + html + "</template></avow-notice>\n</body>\n</html>\n";
}

/// What a person asks to see, as far as the policy has it.
struct Wanted {
  Layer layer = Layer::first;
  std::string purpose;
};

std::expected<Wanted, std::string> read_wanted(const Arguments& arguments,
                                               const policy::Policy& policy) {
  Wanted out;
  if (const auto layer = arguments.value("--layer")) {
    const auto read = notice::read_layer(*layer);
    if (!read)
      return std::unexpected("the layers are first, choices, yours, door, frame and fallback.");
    out.layer = *read;
  }
  const auto purpose = arguments.value("--purpose");
  if (purpose.has_value() != (out.layer == Layer::frame)) {
    return std::unexpected("--purpose belongs to --layer frame, and that needs one.");
  }
  if (!purpose) return out;
  if (policy.purpose(*purpose) == nullptr)
    return std::unexpected("the policy has no purpose \"" + safe(*purpose) + "\".");
  out.purpose = *purpose;
  return out;
}

/// The privacy page of that day: of the policy that holds, with what is announced, or what has
/// changed, beside what it belongs to.
int render_changing_page(const change::Announcement& announcement, const TwoPolicies& policies,
                         const notice::Announced& announced, time::Instant day) {
  if (day < policies.older.effective_at)
    return usage(kRender, "neither policy holds on that day: the older one does from " +
                              time::write_date(policies.older.effective_at) + " on.");
  const bool since = announcement.effective_at <= day;
  const std::string& language = announced.newer.catalog.language();
  const std::vector<std::string>& spoken = policies.older.languages;
  if (!since && std::ranges::find(spoken, language) == spoken.end())
    return usage(kRender, "the older policy, which holds on that day, does not speak \"" +
                              safe(language) + "\".");
  const notice::ChangeTold told = since                             ? notice::told_since(announced)
                                  : announcement.notify_from <= day ? notice::told_before(announced)
                                                                    : notice::ChangeTold();
  notice::View view = since ? announced.newer : announced.older;
  view.change = &told;
  print(stdout, notice::render_page(view));
  return kFine;
}

/// The announcement of a change, once nothing is wrong with it: it is sent as it is printed.
int render_change(const Arguments& arguments) {
  const auto& files = arguments.files();
  if (files.size() != 2) return usage(kRender, "--change wants OLDER and NEWER.");
  const bool page = arguments.has("--page");
  for (const char* option : {"--layer", "--purpose", "--place", "--document", "--id", "--lists"}) {
    if (arguments.has(option))
      return usage(kRender, "--change goes with --lang, --as, --page, --on and --catalog alone.");
  }
  if (page && arguments.has("--as")) return usage(kRender, "--page and --as exclude each other.");
  if (!page && arguments.has("--on"))
    return usage(kRender, "--on goes with --page: an announcement is the same on every day.");
  time::Instant day = std::time(nullptr);
  if (const auto on = arguments.value("--on")) {
    const auto read = time::read_date(*on);
    if (!read) return usage(kRender, "--on is a date such as 2026-11-15.");
    day = *read;
  }
  const std::string as = arguments.value("--as").value_or("page");
  if (as != "page" && as != "mail" && as != "sms")
    return usage(kRender, "--as is page, mail or sms.");
  int code = kFine;
  const auto policies = read_two(kRender, files[0], files[1], arguments.values("--catalog"), code);
  if (!policies) return code;
  const std::string file = *arguments.value("--change");
  const auto announcement = read_announcement(kRender, file, code);
  if (!announcement) return code;
  const std::vector<std::string>& languages = policies->newer.languages;
  const std::string language = arguments.value("--lang").value_or(languages[0]);
  const auto spoken = std::ranges::find(languages, language);
  if (spoken == languages.end())
    return usage(kRender, "the newer policy does not speak \"" + safe(language) + "\".");
  const Errors breaches = breaches_of(*announcement, *policies);
  if (!breaches.empty()) {
    print_errors(stderr, file, breaches);
    return kWrong;
  }
  for (const std::string& note : advice_of(*announcement, *policies))
    print(stderr, "avow render: " + note + "\n");
  const notice::Announced announced =
      announced_in(*announcement, *policies, static_cast<std::size_t>(spoken - languages.begin()));
  if (page) return render_changing_page(*announcement, *policies, announced, day);
  print(stdout, as == "sms"    ? notice::announce_as_sms(announced) + "\n"
                : as == "mail" ? notice::announce_as_mail(announced)
                               : notice::announce_as_page(announced));
  return kFine;
}

int run_render(Words words) {
  const auto arguments = read_arguments(kRender, words,
                                        {{"--lang"},
                                         {"--layer"},
                                         {"--purpose"},
                                         {"--place"},
                                         {"--catalog", true, {}, true},
                                         {"--document", false},
                                         {"--id", false},
                                         {"--page", false},
                                         {"--lists", false},
                                         {"--change"},
                                         {"--as"},
                                         {"--on"}},
                                        1, 2);
  if (!arguments) return kUsage;
  if (arguments->has("--change")) return render_change(*arguments);
  for (const std::string option : {"--as", "--on"})
    if (arguments->has(option)) return usage(kRender, option + " goes with --change.");
  if (arguments->files().size() > 1)
    return usage(kRender, "\"" + safe(arguments->files()[1]) + "\" is one file too many.");
  if (arguments->has("--document") && arguments->has("--id"))
    return usage(kRender, "--document and --id exclude each other.");
  for (const std::string whole : {"--page", "--lists"}) {
    if (!arguments->has(whole)) continue;
    for (const std::string option :
         {"--document", "--id", "--layer", "--purpose", "--place", "--page", "--lists"}) {
      if (option != whole && arguments->has(option))
        return usage(kRender, whole + " is no layer of the notice: it goes with --lang alone.");
    }
  }
  int code = kFine;
  const auto compiled =
      compile_file(kRender, arguments->files()[0], arguments->values("--catalog"), Use::look, code);
  if (!compiled) return code;
  const policy::Policy& policy = compiled->policy;
  const std::string language = arguments->value("--lang").value_or(policy.languages[0]);
  const auto spoken = std::ranges::find(policy.languages, language);
  if (spoken == policy.languages.end())
    return usage(kRender, "the policy does not speak \"" + safe(language) + "\".");
  const notice::Catalog& catalog =
      compiled->catalogs[static_cast<std::size_t>(spoken - policy.languages.begin())];
  const std::string place = arguments->value("--place").value_or("");
  if (!place.empty() && (place == "*" || !policy::is_place(place))) {
    return usage(kRender, "a place is an ISO 3166 code such as CN or US-CA.");
  }
  const auto wanted = read_wanted(*arguments, policy);
  if (!wanted) return usage(kRender, wanted.error());

  const notice::View view{policy, catalog, policy::jurisdiction_at(policy.jurisdictions, place)};
  if (arguments->has("--page")) {
    print(stdout, notice::render_page(view));
    return kFine;
  }
  if (arguments->has("--lists")) {
    print(stdout, notice::render_handout(view));
    return kFine;
  }
  const std::string html = notice::render(view, wanted->layer, wanted->purpose);
  if (arguments->has("--id")) {
    print(stdout, text::to_hex(sha256(as_bytes(html))) + "\n");
  } else {
    print(stdout, arguments->has("--document") ? document(view, compiled->facts.id, html) : html);
  }
  return kFine;
}

}  // namespace

const Verb kRender{"render",
                   "prints the notice as visitors see it, the privacy page, or an announcement",
                   R"(usage: avow render [OPTION...] POLICY
       avow render --change FILE [--lang LANGUAGE] [--as page|mail|sms] OLDER NEWER
       avow render --change FILE --page [--lang LANGUAGE] [--on DATE] OLDER NEWER

Prints the HTML of the notice, the same bytes that a build gives to browsers, without a line feed at the end.

  --lang LANGUAGE  one of the policy's; its first one otherwise
  --layer LAYER    first (the default), choices, yours, door, fallback, or frame
  --purpose ID     whose frame, for --layer frame
  --place PLACE    where the visitor is, "CN" or "US-CA"; unknown otherwise, which asks first
  --catalog FILE   interface texts in a language that the tool does not bring along
  --document       a whole document with the style, to be opened in a browser and shown to a lawyer
  --id             the notice id instead: the SHA-256 that records name
  --page           the privacy page instead: an <article> with all that the policy says, without
                   style or script, to be put into a page of the site
  --lists          the document that visitors can save and print instead: what is collected, and what is given to whom
  --change FILE    the announcement of a change instead (avow change), once avow check has nothing against it: as a
                   whole page (the default), as a mail in plain text, or as a text message. With --page: the
                   privacy page of the policy that holds today, with what will be different, or has become so,
                   beside what it belongs to
  --on DATE        as if today were that day
POLICY  a file, or - for stdin

exit codes: 0 fine, 1 the policy, the catalog or the announcement is not good (problems on stderr), 2 usage or a file
            that cannot be read
)",
                   run_render};

}  // namespace avow::cli
