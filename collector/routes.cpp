#include "routes.h"

#include <iostream>

#include "problem.h"

namespace avow::collector {
namespace {

constexpr std::string_view kRecords = "/v1/records";
constexpr std::string_view kRecord = "/v1/records/";
constexpr std::string_view kLocked = "/v1/locked";
constexpr std::string_view kErase = "/v1/erase";
constexpr std::string_view kHealth = "/healthz";
constexpr std::string_view kMetrics = "/metrics";

bool is_hits(std::string_view path) { return path == "/hits" || path.starts_with("/hits/"); }

}  // namespace

Routes::Routes(const RouteOptions& options, Store& store, Metrics& metrics)
    : store_(store),
      metrics_(metrics),
      origins_(options.origins),
      buckets_(options.rate, options.burst),
      records_(store, metrics, options.sites, options.daily_bytes),
      export_(store, options.export_token, options.locked_token) {
  if (!options.serve.empty()) files_.emplace(options.serve, options.headers);
  if (options.count_hits) hits_.emplace();
}

void Routes::handle(Request request, std::function<void(Reply)> done) {
  try {
    if (request.path.starts_with("/v1/")) {
      if (const auto wait = buckets_.take(request.address, TokenBuckets::Clock::now())) {
        return done(come_back(429, *wait,
                              "Too many requests from this address. Try again after Retry-After."));
      }
    }
    dispatch(request, done);
  } catch (const StoreError& error) {
    std::cerr << "avow-collector: " << error.what() << std::endl;
    done(come_back(503, 5, "The database could not be read. Try again after Retry-After."));
  } catch (const std::exception& error) {
    std::cerr << "avow-collector: " << error.what() << std::endl;
    done(problem(500, "This is the collector's fault, and its log says more. Try again later."));
  }
}

void Routes::dispatch(const Request& request, const std::function<void(Reply)>& done) {
  const std::string_view path = request.path;
  const bool reads = request.method == "GET" || request.method == "HEAD";
  const std::string_view allowed = methods(path);
  if (request.method == "OPTIONS") return done(preflight(request));
  if (allowed.empty())
    return done(problem(404, "Nothing is here. Records go to PUT /v1/records/{id}."));

  if (path.starts_with(kRecord)) {
    if (request.method == "PUT") return records_.put(path.substr(kRecord.size()), request, done);
  } else if (path == kErase) {
    if (request.method == "POST") return records_.erase(request, done);
  } else if (path == kRecords) {
    if (reads) return done(export_.answer(request));
  } else if (path == kLocked) {
    if (reads) return done(export_.locked(request));
  } else if (path == kHealth) {
    if (reads) return done(health());
  } else if (path == kMetrics) {
    if (reads) {
      Reply reply{.status = 200, .headers = {}, .body = metrics_.write(), .next_piece = {}};
      reply.set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
      return done(std::move(reply));
    }
  } else if (hits_ && is_hits(path)) {
    return done(hits_->answer(request));
  } else if (files_) {
    return done(files_->answer(request));
  }
  done(wrong_method(allowed));
}

std::string_view Routes::methods(std::string_view path) const {
  if (path.starts_with(kRecord)) return "PUT, OPTIONS";
  if (path == kErase) return "POST, OPTIONS";
  if (path == kRecords || path == kLocked || path == kHealth || path == kMetrics)
    return "GET, HEAD, OPTIONS";
  if (hits_ && is_hits(path)) return "GET, HEAD, POST, OPTIONS";
  if (path.starts_with("/v1/")) return {};
  return files_ ? "GET, HEAD, OPTIONS" : "";
}

Reply Routes::preflight(const Request& request) const {
  const std::string_view allowed =
      request.path == "*" ? "GET, HEAD, PUT, POST, OPTIONS" : methods(request.path);
  if (allowed.empty()) return problem(404, "Nothing is here. Records go to PUT /v1/records/{id}.");
  Reply reply{.status = 204, .headers = {}, .body = {}, .next_piece = {}};
  if (request.header("Access-Control-Request-Method").empty()) {
    reply.set("Allow", std::string(allowed));
    return reply;
  }
  if (!origins_.contains(std::string(request.header("Origin")))) {
    return problem(403,
                   "This origin may not send records here. Its operator adds it with --origin.");
  }
  reply.set("Access-Control-Allow-Methods", "PUT, POST");
  reply.set("Access-Control-Allow-Headers", "content-type");
  reply.set("Access-Control-Max-Age", "7200");
  return reply;
}

// Also on refusals: without these fields a browser shows the page a network error instead of the
// status.
void Routes::finish(const Request& request, Reply& reply) {
  if (origins_.empty()) return;
  reply.set("Vary", "Origin");
  const std::string origin(request.header("Origin"));
  if (!origins_.contains(origin)) return;
  reply.set("Access-Control-Allow-Origin", origin);
  reply.set("Access-Control-Expose-Headers", "Retry-After");
}

Reply Routes::health() {
  // Whoever watches asks every few seconds, and anybody may: the log has what changes.
  if (std::string trouble = store_.trouble(); trouble != trouble_) {
    trouble_ = std::move(trouble);
    std::cerr << "avow-collector: " << (trouble_.empty() ? "Healthy again." : trouble_)
              << std::endl;
  }
  if (trouble_.empty()) return json_reply(200, "{\"status\":\"ok\"}");
  return come_back(503, 5, "Records cannot be stored just now; the collector's log says why.");
}

}  // namespace avow::collector
