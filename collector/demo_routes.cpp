#include "demo_routes.h"

#include <algorithm>

#include "problem.h"

namespace avow::collector {
namespace {

constexpr std::string_view kPrefix = "/hits/";
constexpr std::size_t kMostNames = 64;

bool is_name(std::string_view name) {
  return !name.empty() && name.size() <= 32 && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

Reply document(std::string type, std::string body) {
  Reply reply{.status = 200, .headers = {}, .body = std::move(body), .next_piece = {}};
  reply.set("Content-Type", std::move(type));
  return reply;
}

/// What a third party would have sent.
Reply content(const std::string& name, std::string_view suffix) {
  if (suffix == ".js") {
    // Written in two pieces: `??=` is a trigraph's beginning to the compiler.
    return document("text/javascript; charset=utf-8", "/* " + name +
                                                          " */ (globalThis.__hits ?"
                                                          "?= []).push(\"" +
                                                          name + "\");\n");
  }
  if (suffix == ".html") {
    return document("text/html; charset=utf-8",
                    "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>" + name +
                        "</title><p>" + name + "</p></html>\n");
  }
  return {.status = 204, .headers = {}, .body = {}, .next_piece = {}};
}

}  // namespace

Reply HitCounter::answer(const Request& request) {
  const bool reads = request.method == "GET" || request.method == "HEAD";
  if (request.path == "/hits") {
    if (!reads) return wrong_method("GET, HEAD, OPTIONS");
    std::string counts;
    for (const auto& [name, count] : hits_) {
      counts += (counts.empty() ? "\"" : ",\"") + name + "\":" + std::to_string(count);
    }
    return json_reply(200, "{" + counts + "}");
  }
  if (!reads && request.method != "POST") return wrong_method("GET, HEAD, POST, OPTIONS");
  const std::string_view asked = std::string_view(request.path).substr(kPrefix.size());
  const std::string_view suffix = asked.ends_with(".js")     ? ".js"
                                  : asked.ends_with(".html") ? ".html"
                                                             : "";
  const std::string name(asked.substr(0, asked.size() - suffix.size()));
  if (!is_name(name)) return problem(404, "Use a name of 1 to 32 of a-z, 0-9 and hyphen.");
  if (request.method != "HEAD") {
    if (!hits_.contains(name) && hits_.size() >= kMostNames) {
      return problem(404, "64 names are counted already. Use one of them.");
    }
    ++hits_[name];
  }
  Reply reply = content(name, suffix);
  reply.set("Cache-Control", "no-store");
  return reply;
}

}  // namespace avow::collector
