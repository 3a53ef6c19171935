#pragma once
// The records of one device in order: what a company verifies, without opening any of them.

#include <map>

#include "trust/record.h"

namespace avow::trust {

/// What is wrong in a set of records of any devices, found in one pass in any order.
/// Memory: about 100 bytes a record.
class ChainVerifier {
 public:
  void add(const Header& header, const RecordId& id);

  struct Finding {
    Code code;  ///< chain_gap (a predecessor is missing) or chain_fork (two records follow the same
                ///< one)
    PublicKey device{};
    std::int64_t seq = 0;
    std::vector<RecordId> records;  ///< those that show it
  };
  struct Report {
    std::int64_t devices = 0;
    std::int64_t records = 0;
    std::vector<Finding> findings;  ///< ordered by device, then seq
  };
  [[nodiscard]] Report report() const;

 private:
  struct Link {
    std::int64_t seq;
    RecordId id;
    std::optional<RecordId> prev;
    Digest erase_commit;
  };
  std::map<PublicKey, std::vector<Link>> devices_;
};

}  // namespace avow::trust
