#pragma once
// The store on SQLite: one thread writes, in batches, and answers a change only after its COMMIT
// returned.

#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>

#include "metrics.h"
#include "sqlite_connection.h"

namespace avow::collector {

/// The data directory cannot be used as it is; the message says what to do.
struct Refused : std::runtime_error {
  using std::runtime_error::runtime_error;
};
/// Another collector holds the data directory.
struct InUse : Refused {
  using Refused::Refused;
};

using Locks = std::map<std::string, time::Period, std::less<>>;

struct SqliteOptions {
  std::filesystem::path
      directory;             ///< created if missing; holds collector.sqlite and collector.lock
  std::size_t queue = 4096;  ///< changes that may wait; beyond it `submit` refuses
  /// How long the answer to an erasing waits for its bytes to leave the files.
  std::chrono::milliseconds erase_patience{5000};
  /// How long what is erased is locked, as proof, before it is deleted, by its site; "": of any
  /// other. What is not here is deleted at once.
  Locks locks;
};

class SqliteStore final : public Store {
 public:
  /// Throws Refused, InUse or SqliteError.
  SqliteStore(const SqliteOptions& options, Metrics& metrics);
  ~SqliteStore() override;

  bool submit(Change change, std::function<void(Answer)> done) override;
  std::optional<std::string> body_of(const trust::RecordId& id) override;
  bool holds(const DeviceHash& device) override;
  Door door(const DeviceHash& device, const Digest& commit) override;
  bool buried(const DeviceHash& device, std::int64_t seq) override;
  std::optional<std::int64_t> position_of(const trust::RecordId& id) override;
  std::int64_t last_position() override;
  std::vector<Stored> after(std::int64_t position, std::int64_t last, std::size_t limit) override;
  std::int64_t last_locked() override;
  std::vector<Stored> locked_after(std::int64_t position, std::int64_t last,
                                   std::size_t limit) override;
  std::string trouble() override;
  void close() override;

 private:
  struct Queued {
    Change change;
    std::function<void(Answer)> done;
  };
  /// An erasing that is committed, whose bytes may still be in the files.
  struct Waiting {
    std::function<void(Answer)> done;
    Answer answer;
    std::chrono::steady_clock::time_point until;
  };
  class Writer;
  class Reader;

  void write_batches();
  void write_batch(std::deque<Queued>& batch);
  /// Deletes what has been locked long enough. False: some is left, or could not be deleted yet.
  bool release_locked();
  /// See Writer::checkpoint; a failure is told once, and tried again like a reader in the way.
  bool checkpoint(std::chrono::milliseconds patience);
  /// Answers the erasings whose bytes are gone, and those that have waited long enough.
  void answer_waiting(std::chrono::steady_clock::time_point now);
  void note(const SqliteError& error);

  SqliteOptions options_;
  Metrics& metrics_;
  int lock_ = -1;
  std::unique_ptr<Writer> writer_;
  std::unique_ptr<Reader> reader_;
  std::vector<Waiting> waiting_;  // the writer's thread alone

  struct Failure {
    std::string what;  ///< empty: the last change was written
    std::chrono::steady_clock::time_point at;
  };
  std::mutex mutex_;  // guards the six below
  std::condition_variable work_;
  std::deque<Queued> queue_;
  bool closing_ = false;
  Failure failure_;
  std::string stuck_;   // why the log cannot be moved into the database; empty: it can
  std::string broken_;  // why nothing is written any more, once the disk has failed us

  std::thread thread_;
};

}  // namespace avow::collector
