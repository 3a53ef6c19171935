#pragma once
// Receiving and erasing records: docs/PROTOCOL.md, `PUT /v1/records/{id}` and `POST /v1/erase`.

#include <set>

#include "http.h"
#include "rate_limit.h"
#include "store.h"

namespace avow::collector {

class Records {
 public:
  using Done = std::function<void(Reply)>;
  /// `sites` empty: records of every site are taken. `daily_bytes`: what one address may have
  /// stored a day; 0: no limit.
  Records(Store& store, Metrics& metrics, std::set<std::string> sites, double daily_bytes)
      : store_(store),
        metrics_(metrics),
        sites_(std::move(sites)),
        daily_(daily_bytes / kSecondsOfDay, daily_bytes) {}

  void put(std::string_view id, const Request& request, Done done);
  void erase(const Request& request, Done done);

 private:
  static constexpr double kSecondsOfDay = 86'400;
  /// An answer that can be given at once, or the change to make.
  [[nodiscard]] std::variant<Reply, Change> judge(std::string_view id, const Request& request);
  void submit(Change change, std::function<Reply(Answer)> answer, Done done);

  Store& store_;
  Metrics& metrics_;
  std::set<std::string> sites_;
  TokenBuckets daily_;  // bytes
};

}  // namespace avow::collector
