#pragma once
// Which address is answered by what, and what holds for all of them: rates, origins, failures.

#include <memory>

#include "demo_routes.h"
#include "export.h"
#include "rate_limit.h"
#include "records.h"
#include "static_files.h"

namespace avow::collector {

struct RouteOptions {
  std::set<std::string> sites;    ///< empty: every site
  std::set<std::string> origins;  ///< may call from a browser (CORS), besides our own origin
  std::string export_token;
  std::string locked_token;  ///< empty: nothing is ever locked here
  double rate = 100;         ///< requests a second and address under /v1/; 0: no limit
  double burst = 400;
  double daily_bytes = 64.0 * 1024 * 1024;  ///< stored of one address a day; 0: no limit
  std::string serve;                        ///< directory, or empty
  std::vector<HeaderField> headers;
  bool count_hits = false;
};

class Routes final : public Handler {
 public:
  Routes(const RouteOptions& options, Store& store, Metrics& metrics);
  void handle(Request request, std::function<void(Reply)> done) override;
  void finish(const Request& request, Reply& reply) override;

 private:
  void dispatch(const Request& request, const std::function<void(Reply)>& done);
  [[nodiscard]] Reply preflight(const Request& request) const;
  [[nodiscard]] Reply health();
  /// The methods of a path, for Allow; empty when nothing is there.
  [[nodiscard]] std::string_view methods(std::string_view path) const;

  Store& store_;
  Metrics& metrics_;
  std::set<std::string> origins_;
  TokenBuckets buckets_;
  Records records_;
  Export export_;
  std::optional<StaticFiles> files_;
  std::optional<HitCounter> hits_;
  std::string trouble_;  // as /healthz was last told
};

}  // namespace avow::collector
