#pragma once
// The one connection that writes: changes in transactions, checkpoints, deletion that leaves
// nothing behind.

#include <chrono>

#include "sqlite.h"

namespace avow::collector {

class SqliteStore::Writer {
 public:
  /// Opens or creates the database and checks that what it commits will be on disk. Throws Refused.
  explicit Writer(const std::filesystem::path& file);

  void begin() { begin_.finish(); }
  void commit() { commit_.finish(); }
  void rollback() noexcept;
  [[nodiscard]] Answer apply(const Change& change);

  /// After a commit: moves the log into the database when it has grown, or when bytes must go. True
  /// when more remains to be done because a reader stood in the way for longer than `patience`.
  bool checkpoint(std::chrono::milliseconds patience);
  [[nodiscard]] std::int64_t count() { return connection_.integer("SELECT count(*) FROM record"); }

 private:
  Answer put(const NewRecord& record);
  Answer erase(const EraseUpTo& erase);
  Answer erase(const EraseBySecret& erase);
  [[nodiscard]] std::optional<std::int64_t> cut_off(const DeviceHash& device);
  Answer remove(const DeviceHash& device, std::int64_t up_to);

  Connection connection_;
  Statement begin_, commit_;
  Statement find_, insert_, cut_off_, commits_, delete_, entomb_;
  std::int64_t next_position_ = 1;
  int log_pages_ = 0;  // in the write-ahead log after the last commit
  // An erase is committed and the log still holds the erased bytes; also after a start, for a
  // process that was killed between the two.
  bool bytes_must_go_ = true;
};

}  // namespace avow::collector
