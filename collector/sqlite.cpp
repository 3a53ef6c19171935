#include "sqlite.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cstring>
#include <iostream>

#include "sqlite_writer.h"

namespace avow::collector {
namespace {

constexpr std::size_t kLargestBatch =
    1024;  // bounds how long the first of a batch waits for the last
constexpr auto kPatience = std::chrono::milliseconds(100);  // for our own short reads to end
constexpr auto kFailureStands =
    std::chrono::seconds(10);  // then the next record may try again, and tell
// Between two tries to move the log: soon at first (our own reads are short), then rarely.
constexpr auto kFirstRetry = std::chrono::milliseconds(20);
constexpr auto kLastRetry = std::chrono::milliseconds(500);
// Between two looks for what has been locked long enough, and where some was left.
constexpr std::chrono::milliseconds kReleaseEvery = std::chrono::hours(1);
constexpr auto kReleaseRest = std::chrono::milliseconds(100);

/// Holds the directory against a second collector. The kernel lets go of it however this process
/// ends.
int hold(const std::filesystem::path& directory) {
  const std::filesystem::path file = directory / "collector.lock";
  const int lock = open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock < 0) throw Refused("Cannot write " + file.string() + ": " + std::strerror(errno) + ".");
  if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
    close(lock);
    throw InUse("Another collector is using " + directory.string() +
                ". Stop it, or name another directory with --data.");
  }
  return lock;
}

void prepare(const std::filesystem::path& directory) {
  std::error_code error;
  const bool made = std::filesystem::create_directories(directory, error);
  if (error) throw Refused("Cannot create " + directory.string() + ": " + error.message() + ".");
  if (made) std::filesystem::permissions(directory, std::filesystem::perms::owner_all);
}

/// Errors after which nobody can say what is on the disk. What is merely full or busy may pass.
bool lasting(int code) {
  const int primary = code & 0xFF;
  return primary == SQLITE_IOERR || primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB ||
         primary == SQLITE_READONLY;
}

}  // namespace

/// Reads on a connection of its own, which can neither write nor checkpoint: SQLite before 3.51.3
/// can lose commits when two connections checkpoint. A reader sees a commit only once its log was
/// synced, so "known" means durable.
class SqliteStore::Reader {
 public:
  explicit Reader(const std::filesystem::path& file)
      : connection(file, Connection::Access::read_only),
        body(connection, "SELECT body FROM record WHERE id = ?1"),
        holds(connection, "SELECT 1 FROM record WHERE device = ?1 LIMIT 1"),
        door(connection, kDoor),
        buried(connection, "SELECT 1 FROM tombstone WHERE device = ?1 AND cut_off >= ?2"),
        position(connection, "SELECT position FROM record WHERE id = ?1"),
        last(connection, "SELECT max(position) FROM record"),
        after(connection,
              "SELECT position, id, received_at, body FROM record "
              "WHERE position > ?1 AND position <= ?2 ORDER BY position LIMIT ?3"),
        last_locked(connection, "SELECT max(position) FROM locked"),
        locked_after(connection,
                     "SELECT position, id, received_at, body, erased_at, until FROM locked "
                     "WHERE position > ?1 AND position <= ?2 ORDER BY position LIMIT ?3") {
    connection.run("PRAGMA wal_autocheckpoint=0");
    sqlite3_db_config(connection.handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  }
  Connection connection;
  Statement body, holds, door, buried, position, last, after, last_locked, locked_after;
};

SqliteStore::SqliteStore(const SqliteOptions& options, Metrics& metrics)
    : options_(options),
      metrics_(metrics) {
  prepare(options_.directory);
  lock_ = hold(options_.directory);
  const std::filesystem::path file = options_.directory / "collector.sqlite";
  writer_ = std::make_unique<Writer>(file, options_.locks);
  (void)writer_->checkpoint(kPatience);
  reader_ = std::make_unique<Reader>(file);
  metrics_.records = writer_->count();
  metrics_.locked = writer_->locked();
  thread_ = std::thread([this] { write_batches(); });
}

SqliteStore::~SqliteStore() {
  close();
  if (lock_ >= 0) ::close(lock_);
}

void SqliteStore::close() {
  {
    const std::lock_guard guard(mutex_);
    closing_ = true;
  }
  work_.notify_one();
  if (thread_.joinable()) thread_.join();
  reader_.reset();  // before the writer, whose closing then empties the log
  writer_.reset();
}

bool SqliteStore::submit(Change change, std::function<void(Answer)> done) {
  {
    const std::lock_guard guard(mutex_);
    if (closing_ || !broken_.empty() || queue_.size() >= options_.queue) return false;
    queue_.push_back({std::move(change), std::move(done)});
    ++metrics_.queue_depth;
  }
  work_.notify_one();
  return true;
}

void SqliteStore::write_batches() {
  bool checkpoint_left = !writer_->clean();  // somebody else was reading when we started
  std::chrono::milliseconds pause = kFirstRetry;
  auto release_at = std::chrono::steady_clock::now();
  for (;;) {
    if (std::chrono::steady_clock::now() >= release_at) {
      const bool all = release_locked();
      checkpoint_left = checkpoint_left || !writer_->clean();
      release_at = std::chrono::steady_clock::now() + (all ? kReleaseEvery : kReleaseRest);
    }
    std::deque<Queued> batch;
    {
      std::unique_lock guard(mutex_);
      const auto ready = [&] { return closing_ || !queue_.empty(); };
      if (checkpoint_left) {
        work_.wait_for(guard, pause, ready);
      } else {
        work_.wait_until(guard, release_at, ready);
      }
      if (queue_.empty() && closing_) break;
      while (!queue_.empty() && batch.size() < kLargestBatch) {
        batch.push_back(std::move(queue_.front()));
        queue_.pop_front();
      }
    }
    const std::size_t waited = waiting_.size();
    if (!batch.empty()) write_batch(batch);
    metrics_.queue_depth -= static_cast<std::int64_t>(batch.size());
    // A new erasing is worth a moment's wait for our own short reads; a later try is not, since
    // other records wait behind it.
    const bool fresh = waiting_.size() > waited;
    checkpoint_left = checkpoint(fresh ? kPatience : std::chrono::milliseconds(0));
    pause = checkpoint_left && !fresh ? std::min(2 * pause, kLastRetry) : kFirstRetry;
    answer_waiting(std::chrono::steady_clock::now());
  }
  // Nobody is left waiting: the next start removes what still stands.
  answer_waiting(std::chrono::steady_clock::time_point::max());
}

bool SqliteStore::checkpoint(std::chrono::milliseconds patience) {
  std::string trouble;
  bool left = true;
  try {
    left = writer_->checkpoint(patience);
  } catch (const SqliteError& error) {
    // What was committed stands in the log, synced; only moving it into the database failed. SQLite
    // writes the pages anew at the next try, so trying again cannot lose anything.
    trouble = error.what();
  }
  const std::lock_guard guard(mutex_);
  if (stuck_ == trouble) return left;
  stuck_ = trouble;
  std::cerr << "avow-collector: "
            << (trouble.empty() ? "The write-ahead log can be moved again." : trouble) << std::endl;
  return left;
}

bool SqliteStore::release_locked() {
  {
    const std::lock_guard guard(mutex_);
    if (!broken_.empty()) return true;  // nobody knows what is on the disk: nothing is written
  }
  try {
    writer_->begin();
    const std::int64_t released = writer_->release_locked(clock_now());
    writer_->commit();
    metrics_.locked -= released;
    return released < Writer::kReleased;
  } catch (const SqliteError& error) {
    writer_->rollback();
    note(error);
    return true;  // at the next look
  }
}

void SqliteStore::answer_waiting(std::chrono::steady_clock::time_point now) {
  std::erase_if(waiting_, [&](const Waiting& one) {
    const bool clean = writer_->clean();
    if (!clean && now < one.until) return false;
    one.done(clean ? one.answer : Answer{Outcome::lingers, one.answer.erased, 0});
    return true;
  });
}

void SqliteStore::note(const SqliteError& error) {
  std::cerr << "avow-collector: " << error.what() << std::endl;
  const std::lock_guard guard(mutex_);
  failure_ = {error.what(), std::chrono::steady_clock::now()};
  if (lasting(error.code)) broken_ = error.what();
}

void SqliteStore::write_batch(std::deque<Queued>& batch) {
  const auto began = std::chrono::steady_clock::now();
  std::vector<Answer> answers;
  std::int64_t added = 0;
  std::int64_t removed = 0, locked = 0;
  try {
    writer_->begin();
    for (const Queued& queued : batch) {
      answers.push_back(writer_->apply(queued.change));
      added += answers.back().outcome == Outcome::stored;
      removed += answers.back().erased;
      if (answers.back().locked_until > 0) locked += answers.back().erased;
    }
    writer_->commit();  // with synchronous=FULL the log is on disk when this returns: only now may
                        // anybody be told
    {
      const std::lock_guard guard(mutex_);
      failure_ = {};
    }
    metrics_.records += added - removed;
    metrics_.records_erased += static_cast<std::uint64_t>(removed);
    metrics_.locked += locked;
  } catch (const SqliteError& error) {
    writer_->rollback();
    answers.assign(batch.size(), Answer{});
    ++metrics_.commit_failures;
    note(error);
  }
  metrics_.batch_size.observe(static_cast<double>(batch.size()));
  metrics_.commit_seconds.observe(
      std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count());
  // "Erased" is said when the bytes are gone from the files: also to who asks for it a second time
  // because the first answer was lost or said "later". Nobody else waits for that.
  const auto until = std::chrono::steady_clock::now() + options_.erase_patience;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const Outcome outcome = answers[i].outcome;
    const bool asked_to_erase = !std::holds_alternative<NewRecord>(batch[i].change);
    if (asked_to_erase && (outcome == Outcome::erased || outcome == Outcome::gone)) {
      waiting_.push_back({std::move(batch[i].done), answers[i], until});
    } else {
      batch[i].done(answers[i]);
    }
  }
}

std::optional<std::string> SqliteStore::body_of(const trust::RecordId& id) {
  const Reading once(reader_->body);
  if (!reader_->body.bind(1, id).step()) return std::nullopt;
  return std::string(reader_->body.blob(0));
}

bool SqliteStore::holds(const DeviceHash& device) {
  const Reading once(reader_->holds);
  return reader_->holds.bind(1, device).step();
}

Door SqliteStore::door(const DeviceHash& device, const Digest& commit) {
  return read_door(reader_->door, device, commit);
}

bool SqliteStore::buried(const DeviceHash& device, std::int64_t seq) {
  const Reading once(reader_->buried);
  return reader_->buried.bind(1, device).bind(2, seq).step();
}

std::optional<std::int64_t> SqliteStore::position_of(const trust::RecordId& id) {
  const Reading once(reader_->position);
  if (!reader_->position.bind(1, id).step()) return std::nullopt;
  return reader_->position.integer(0);
}

std::int64_t SqliteStore::last_position() {
  const Reading once(reader_->last);
  (void)reader_->last.step();
  return reader_->last.integer(0);
}

namespace {

/// `locked`: whether its columns follow.
std::vector<Stored> page_of(Statement& rows, std::int64_t position, std::int64_t last,
                            std::size_t limit, bool locked) {
  const Reading once(rows);
  rows.bind(1, position).bind(2, last).bind(3, static_cast<std::int64_t>(limit));
  std::vector<Stored> page;
  while (rows.step()) {
    Stored& stored = page.emplace_back();
    stored.position = rows.integer(0);
    const std::string_view id = rows.blob(1);
    std::copy_n(id.begin(), std::min(id.size(), stored.id.size()), stored.id.begin());
    stored.received_at = rows.integer(2);
    stored.body = rows.blob(3);
    if (!locked) continue;
    stored.erased_at = rows.integer(4);
    stored.locked_until = rows.integer(5);
  }
  return page;
}

}  // namespace

std::vector<Stored> SqliteStore::after(std::int64_t position, std::int64_t last,
                                       std::size_t limit) {
  return page_of(reader_->after, position, last, limit, false);
}

std::int64_t SqliteStore::last_locked() {
  const Reading once(reader_->last_locked);
  (void)reader_->last_locked.step();
  return reader_->last_locked.integer(0);
}

std::vector<Stored> SqliteStore::locked_after(std::int64_t position, std::int64_t last,
                                              std::size_t limit) {
  return page_of(reader_->locked_after, position, last, limit, true);
}

std::string SqliteStore::trouble() {
  {
    const std::lock_guard guard(mutex_);
    if (!broken_.empty()) return broken_;
    if (!stuck_.empty()) return stuck_;
    if (closing_) return "Shutting down.";
    if (queue_.size() >= options_.queue) return "The queue for the disk is full.";
    if (!failure_.what.empty() && std::chrono::steady_clock::now() - failure_.at < kFailureStands)
      return failure_.what;
  }
  try {
    (void)last_position();
  } catch (const StoreError& error) {
    return error.what();
  }
  return {};
}

}  // namespace avow::collector
