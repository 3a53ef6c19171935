#pragma once
// The one connection that writes: changes in transactions, checkpoints, deletion that leaves
// nothing behind.

#include <chrono>

#include "sqlite.h"

namespace avow::collector {

/// A Door's number, from indexes alone: whoever shows a wrong secret costs the same however much of
/// the device is stored.
constexpr std::string_view kDoor =
    "SELECT CASE"
    " WHEN EXISTS (SELECT 1 FROM record WHERE device = ?1 AND erase_commit = ?2) THEN 0"
    " WHEN EXISTS (SELECT 1 FROM record WHERE device = ?1) THEN 1"
    " WHEN EXISTS (SELECT 1 FROM tombstone WHERE device = ?1) THEN 2"
    " ELSE 3 END";

[[nodiscard]] inline Door read_door(Statement& statement, const DeviceHash& device,
                                    const Digest& commit) {
  const Reading once(statement);
  (void)statement.bind(1, device).bind(2, commit).step();
  return static_cast<Door>(statement.integer(0));
}

class SqliteStore::Writer {
 public:
  /// Opens or creates the database and checks that what it commits will be on disk. Throws Refused.
  /// `locks`: how long what is erased is locked, by site; the rest is deleted at once.
  Writer(const std::filesystem::path& file, Locks locks);

  void begin() { begin_.finish(); }
  void commit() { commit_.finish(); }
  void rollback() noexcept;
  [[nodiscard]] Answer apply(const Change& change);
  /// So many records are deleted at a time of those that were locked: others wait meanwhile.
  static constexpr std::int64_t kReleased = 500;
  /// Deletes some of what was locked until then, and says how much that was.
  std::int64_t release_locked(time::Instant now);

  /// After a commit: moves the log into the database when it has grown, or when bytes must go. True
  /// when more remains to be done because a reader stood in the way for longer than `patience`.
  bool checkpoint(std::chrono::milliseconds patience);
  /// Whether the files hold no byte of what was erased.
  [[nodiscard]] bool clean() const { return !bytes_must_go_; }
  [[nodiscard]] std::int64_t count() { return connection_.integer("SELECT count(*) FROM record"); }
  [[nodiscard]] std::int64_t locked() { return connection_.integer("SELECT count(*) FROM locked"); }

 private:
  Answer put(const NewRecord& record);
  Answer erase(const EraseUpTo& erase);
  Answer erase(const EraseBySecret& erase);
  [[nodiscard]] std::optional<std::int64_t> cut_off(const DeviceHash& device);
  Answer remove(const DeviceHash& device, std::int64_t up_to);
  /// Locks what its site wants locked; until when, 0 where nothing is.
  time::Instant lock(const DeviceHash& device, std::int64_t up_to);

  Connection connection_;
  Locks locks_;
  Statement begin_, commit_;
  Statement find_, insert_, cut_off_, door_, delete_, entomb_, last_, lock_up_, release_;
  std::int64_t next_position_ = 1;
  int log_pages_ = 0;  // in the write-ahead log after the last commit
  // An erase is committed and the log still holds the erased bytes; also after a start, for a
  // process that was killed between the two.
  bool bytes_must_go_ = true;
};

}  // namespace avow::collector
