#include "metrics.h"

#include <cstdint>
#include <cstdio>

namespace avow::collector {
namespace {

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.10g", value);
  return text;
}

void describe(std::string& out, const char* name, const char* type, const char* help) {
  out += std::string("# HELP ") + name + ' ' + help + "\n# TYPE " + name + ' ' + type + '\n';
}

void single(std::string& out, const char* name, const char* type, const char* help, double value) {
  describe(out, name, type, help);
  out += std::string(name) + ' ' + number(value) + '\n';
}

void by_status(std::string& out, const char* name, const char* help,
               std::span<const std::atomic<std::uint64_t>> counts) {
  describe(out, name, "counter", help);
  for (std::size_t status = 0; status < counts.size(); ++status) {
    const std::uint64_t count = counts[status].load(std::memory_order_relaxed);
    if (count == 0) continue;
    out += std::string(name) + "{status=\"" + std::to_string(status) + "\"} " +
           std::to_string(count) + '\n';
  }
}

}  // namespace

template <std::size_t N>
void Histogram<N>::write(std::string& out, const char* name, const char* help) const {
  describe(out, name, "histogram", help);
  const std::string prefix = name;
  for (std::size_t i = 0; i < N; ++i) {
    out += prefix + "_bucket{le=\"" + number(bounds_[i]) + "\"} " +
           std::to_string(counts_[i].load()) + '\n';
  }
  out += prefix + "_bucket{le=\"+Inf\"} " + std::to_string(count_.load()) + '\n';
  out += prefix + "_sum " + number(sum_.load()) + '\n' + prefix + "_count " +
         std::to_string(count_.load()) + '\n';
}

std::string Metrics::write() const {
  std::string out;
  single(out, "avow_records", "gauge", "Records stored.", static_cast<double>(records.load()));
  single(out, "avow_records_locked", "gauge", "Records that visitors erased, locked as proof.",
         static_cast<double>(locked.load()));
  single(out, "avow_queue_depth", "gauge", "Changes taken and not yet on disk.",
         static_cast<double>(queue_depth.load()));
  single(out, "avow_connections", "gauge", "Open connections.",
         static_cast<double>(connections.load()));
  single(out, "avow_connections_refused_total", "counter", "Connections beyond the cap.",
         static_cast<double>(connections_refused.load()));
  single(out, "avow_records_erased_total", "counter", "Records deleted at a visitor's request.",
         static_cast<double>(records_erased.load()));
  single(out, "avow_commit_failures_total", "counter", "Batches that the database could not write.",
         static_cast<double>(commit_failures.load()));
  by_status(out, "avow_acks_total", "Answers to records, by HTTP status.", acks);
  by_status(out, "avow_replies_total", "Answers of every kind, by HTTP status.", replies);
  batch_size.write(out, "avow_commit_batch_size", "Changes in one transaction.");
  commit_seconds.write(out, "avow_commit_seconds",
                       "From the first change of a batch to its commit on disk.");
  return out;
}

}  // namespace avow::collector
