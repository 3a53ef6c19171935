#include "trust/chain.h"

#include <algorithm>

namespace avow::trust {

void ChainVerifier::add(const Header& header, const RecordId& id) {
  devices_[header.device].push_back({header.seq, id, header.prev, header.erase_commit});
}

ChainVerifier::Report ChainVerifier::report() const {
  Report report;
  report.devices = static_cast<std::int64_t>(devices_.size());
  for (const auto& [device, added] : devices_) {
    // The same record may come from two archives: it counts once.
    std::vector<Link> links = added;
    std::ranges::sort(links, {}, &Link::id);
    const auto twice = std::ranges::unique(links, {}, &Link::id);
    links.erase(twice.begin(), twice.end());
    report.records += static_cast<std::int64_t>(links.size());

    std::vector<Finding> findings;
    std::map<std::optional<RecordId>, std::vector<const Link*>> followers;
    for (const Link& link : links) {
      followers[link.prev].push_back(&link);
      if (!link.prev) continue;
      const auto prev = std::ranges::lower_bound(links, *link.prev, {}, &Link::id);
      if (prev == links.end() || prev->id != *link.prev) {
        findings.push_back({Code::chain_gap, device, link.seq, {link.id}});
      } else if (prev->seq + 1 != link.seq || prev->erase_commit != link.erase_commit) {
        findings.push_back({Code::chain_gap, device, link.seq, {prev->id, link.id}});
      }
    }
    for (const auto& [prev, group] : followers) {
      if (group.size() < 2) continue;
      Finding fork{Code::chain_fork, device, group[0]->seq, {}};
      for (const Link* link : group) {
        fork.seq = std::min(fork.seq, link->seq);
        fork.records.push_back(link->id);
      }
      findings.push_back(std::move(fork));
    }
    std::ranges::stable_sort(findings, {}, &Finding::seq);
    report.findings.insert(report.findings.end(), std::make_move_iterator(findings.begin()),
                           std::make_move_iterator(findings.end()));
  }
  return report;
}

}  // namespace avow::trust
