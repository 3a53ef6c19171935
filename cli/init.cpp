// avow init: a first policy for a site, from a few answers.
#include <unistd.h>

#include <algorithm>
#include <ctime>

#include "arguments.h"
#include "base/time.h"
#include "file.h"
#include "pretty.h"
#include "screen.h"
#include "session/keys.h"

namespace avow::cli {
namespace {

using json::Array;
using json::Object;

/// What a policy cannot say without its author.
struct Answers {
  std::string site, name, email, rules, video, video_contact, video_country;
  std::vector<std::string> laws, keys;
  bool statistics = true;
};

/// One line of standard input; nothing at its end.
std::optional<std::string> read_line() {
  std::string out;
  for (int c; (c = std::getchar()) != EOF && out.size() < 1'000;) {
    if (c == '\n') return out;
    if (c != '\r') out += static_cast<char>(c);
  }
  return out.empty() ? std::nullopt : std::optional(out);
}

/// Asks on stderr for what no option gave; the end of the input leaves the rest open.
class Asking {
 public:
  explicit Asking(const Arguments& arguments) : arguments_(arguments) {}

  std::string one(std::string_view option, std::string_view question) {
    if (const auto given = arguments_.value(option)) return *given;
    if (ended_) return {};
    print(stderr, std::string(question) + " ");
    const auto line = read_line();
    ended_ = !line;
    return line.value_or("");
  }

  /// Several, in one line with spaces between them.
  std::vector<std::string> several(std::string_view option, std::string_view question) {
    std::vector<std::string> out = arguments_.values(option);
    if (!out.empty()) return out;
    const std::string line = one(option, question);
    for (std::size_t at = 0; at < line.size();) {
      const std::size_t end = std::min(line.find(' ', at), line.size());
      if (end > at) out.push_back(line.substr(at, end - at));
      at = end + 1;
    }
    return out;
  }

 private:
  const Arguments& arguments_;
  bool ended_ = false;
};

Object said(std::string_view chinese, std::string_view english) {
  return Object{}.set("zh-CN", chinese).set("en", english);
}

Object kept(const char* period) {
  return Object{}.set("period", period).set("after", Array{"delete"});
}

Object statistics() {
  return Object{}
      .set("id", "statistics")
      .set("kind", "analytics")
      .set("basis", "consent")
      .set("title", said("访问统计", "visit statistics"))
      .set("description", said("统计各页面的访问情况，据此改进本网站。",
                               "To learn which pages are useful, and to improve this site."))
      .set("method", said("在您的浏览器中运行统计脚本自动收集，由我们自行存储、汇总。",
                          "A script counts the pages you view; we store and sum up the numbers "
                          "ourselves."))
      .set("methods", Array{"collection", "storage", "aggregation"})
      .set("categories", Array{"device", "usage"})
      .set("retention", Array{kept("P13M")});
}

/// `separate`: Chinese law has data given to who decides on its own use asked for apart (PIPL 23).
Object video(bool separate) {
  Object out;
  if (separate) out.set("separate", true);
  return out.set("id", "video")
      .set("kind", "media")
      .set("basis", "consent")
      .set("title", said("播放视频", "embedded videos"))
      .set("description", said("在页面中加载并播放视频。", "To play videos inside the page."))
      .set("method", said("视频加载时，您的浏览器直接连接视频平台的服务器。",
                          "When a video loads, your browser connects to the video site."))
      .set("methods", Array{"embedding"})
      .set("categories", Array{"device"})
      .set("recipients", Array{"video-host"})
      // Nothing comes after it: what the video site has is not the company's to delete.
      .set("retention", Array{Object{}.set("criteria", said("依照视频平台的个人信息处理规则",
                                                            "as the video site's own privacy "
                                                            "rules say"))})
      .set("if_refused",
           Object{}
               .set("effect", "this-function")
               .set("loses", said("在页面内播放视频", "playing videos inside the page")))
      .set("on_withdrawal", Object{}.set("then", "stop"));
}

/// Sets what was answered and leaves the rest open: a gap of the draft.
void put(Object& into, const char* name, const std::string& value) {
  if (!value.empty()) into.set(name, value);
}

Object recipient(const Answers& answers) {
  Object out;
  out.set("id", "video-host").set("role", "controller").set("name", answers.video);
  put(out, "contact", answers.video_contact);
  if (!answers.video_country.empty()) out.set("countries", Array{answers.video_country});
  return out;
}

Object policy(const Answers& answers, const std::string& today) {
  Object controller;
  put(controller, "name", answers.name);
  put(controller, "email", answers.email);
  Array categories{Object{}
                       .set("id", "device")
                       .set("source", "device")
                       .set("name", said("设备和网络信息（浏览器类型、IP 地址）",
                                         "device, browser and IP address"))};
  Array purposes, recipients, laws, keys;
  if (answers.statistics) {
    categories.push_back(
        Object{}
            .set("id", "usage")
            .set("source", "device")
            .set("name", said("访问的页面和停留时间", "pages viewed and time spent")));
    purposes.push_back(statistics());
  }
  if (!answers.video.empty()) {
    purposes.push_back(video(std::ranges::find(answers.laws, "cn") != answers.laws.end()));
    recipients.push_back(recipient(answers));
  }
  for (const std::string& law : answers.laws) laws.emplace_back(law);
  for (std::size_t i = 0; i < answers.keys.size(); ++i)
    keys.push_back(Object{}
                       .set("recipient", answers.keys[i])
                       .set("label", i == 0 ? std::string("daily")
                                            : "recovery" + (i > 1 ? std::to_string(i) : "")));
  const Object withdraw =
      Object{}
          .set("type", "withdraw")
          .set("channel", "/#privacy-choices")
          .set("procedure", said("点击页面底部的“隐私设置”，即可随时撤回同意。",
                                 "Use “Privacy choices” at the foot of every page."));
  Object out;
  out.set("avow", 1);
  put(out, "site", answers.site);
  out.set("version", today).set("effective_at", today).set("languages", Array{"zh-CN", "en"});
  if (!laws.empty()) out.set("laws", std::move(laws));
  out.set("controller", std::move(controller));
  put(out, "rules_url", answers.rules);
  out.set("categories", std::move(categories));
  if (!recipients.empty()) out.set("recipients", std::move(recipients));
  out.set("defaults", Object{}
                          .set("if_refused", Object{}.set("effect", "none"))
                          .set("on_withdrawal", Object{}.set("then", "delete")))
      .set("purposes", std::move(purposes))
      .set("rights", Array{withdraw})
      .set("validity", Object{}.set("grant", "P6M").set("refusal", "P6M"));
  if (!keys.empty()) out.set("keys", std::move(keys));
  return out.set("collector", Object{}.set("url", "/v1/records"));
}

Answers ask(const Arguments& arguments) {
  Asking asking(arguments);
  Answers out;
  out.site = asking.one("--site", "The site's host name, such as shop.example:");
  out.name = asking.one("--name", "The company's name:");
  out.email = asking.one("--email", "Where visitors reach it, an email address:");
  out.rules = asking.one("--rules", "The address of the full privacy rules:");
  out.laws = asking.several("--law", "The laws it stands under, such as \"cn eu\":");
  out.statistics = !arguments.has("--no-statistics");
  if (!arguments.has("--no-video")) {
    out.video = asking.one("--video", "Who hosts the videos on the pages (nobody: empty):");
    if (!out.video.empty()) {
      out.video_contact = asking.one("--video-contact", "How visitors reach them:");
      out.video_country = asking.one("--video-country", "In which country, such as CN:");
    }
  }
  out.keys = asking.several("--key", "The keys of `avow keygen`, daily first (age1… age1…):");
  return out;
}

int run_init(Words words) {
  const auto arguments = read_arguments(kInit, words,
                                        {{"--out"},
                                         {"--site"},
                                         {"--name"},
                                         {"--email"},
                                         {"--rules"},
                                         {"--law", true, {}, true},
                                         {"--no-statistics", false},
                                         {"--no-video", false},
                                         {"--video"},
                                         {"--video-contact"},
                                         {"--video-country"},
                                         {"--key", true, {}, true}},
                                        0, 0);
  if (!arguments) return kUsage;
  const auto path = arguments->value("--out");
  if (path && access(path->c_str(), F_OK) == 0) {
    print(stderr, "avow init: " + safe(*path) + " is there already.\n");
    return kUsage;
  }
  const Answers answers = ask(*arguments);
  const std::string today = time::write_date(std::time(nullptr));
  const Object whole = policy(answers, today);
  std::string written = pretty(whole) + "\n";
  if (!session::load_policy(written)) {
    // What nobody answered is a gap; what was answered wrongly stays an error.
    Object draft;
    draft.set("avow", 1).set("draft", true);
    for (const auto& [name, value] : whole.members()) draft.set(name, value);
    written = pretty(draft) + "\n";
  }
  const auto loaded = session::load_policy(written);
  if (!loaded) {
    print_errors(stderr, "avow init", loaded.error());
    return kWrong;
  }
  if (!path) {
    print(stdout, written);
  } else if (const auto kept = replace_file(*path, written); !kept) {
    print(stderr, "avow init: " + kept.error() + "\n");
    return kUsage;
  }
  if (loaded->policy.draft) print_errors(stderr, path.value_or("the policy"), loaded->policy.gaps);
  print(stderr, loaded->policy.draft
                    ? "A draft: say what is missing, take \"draft\" out, and run avow "
                      "check.\n"
                    : "Read every sentence of it: it speaks in your name. Then run avow "
                      "check.\n");
  return kFine;
}

}  // namespace

const Verb kInit{"init", "writes a first policy for a site",
                 R"(usage: avow init [OPTION...]

Asks for what no option gives and writes a first policy in Chinese and English: statistics of visits, a video of
somebody else's on the page. What is not answered is left out; the policy is then a draft, and what it lacks is listed.

  --out FILE               where to, a file that is not there yet; printed otherwise
  --site HOST              the site's host name
  --name COMPANY           who decides about the data
  --email ADDRESS          where visitors reach them
  --rules LINK             the full privacy rules
  --law CODE               a law they stand under, such as cn or eu; may be repeated
  --no-statistics          without the statistics
  --video NAME             who hosts the videos; --no-video for none
  --video-contact CONTACT  how visitors reach them
  --video-country CODE     where they are, such as CN
  --key AGE1...            a key of avow keygen, the daily one first; may be repeated

exit codes: 0 fine, 1 an answer that cannot be (said on stderr), 2 usage, or a file that is there or cannot be written
)",
                 run_init};

}  // namespace avow::cli
