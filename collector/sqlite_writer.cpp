#include "sqlite_writer.h"

#include <limits>

namespace avow::collector {
namespace {

constexpr std::int64_t kApplicationId = 0x41564F57;  // "AVOW"
constexpr std::int64_t kSchema = 3;
constexpr int kCheckpointPages =
    4096;  // 16 MiB of log: checkpoints stay rare, recovery stays short

// `position` is the order of arrival and never reused while the process lives (an export may be
// reading past it). The device is stored as its hash: what an index page may keep in its slack
// names nobody.
constexpr const char* kTables = R"sql(
  CREATE TABLE record (
    position INTEGER PRIMARY KEY,
    received_at INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    id BLOB NOT NULL UNIQUE,
    device BLOB NOT NULL,
    erase_commit BLOB NOT NULL,
    body BLOB NOT NULL
  ) STRICT;
  CREATE INDEX record_device ON record (device, seq);
  CREATE INDEX record_door ON record (device, erase_commit);
  CREATE TABLE tombstone (device BLOB PRIMARY KEY, cut_off INTEGER NOT NULL) STRICT, WITHOUT ROWID;
)sql";

// What visitors erased and a law lets be kept as proof: by no index that a device could be found
// by.
constexpr const char* kLocked = R"sql(
  CREATE TABLE locked (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    received_at INTEGER NOT NULL,
    erased_at INTEGER NOT NULL,
    until INTEGER NOT NULL,
    id BLOB NOT NULL,
    body BLOB NOT NULL
  ) STRICT;
  CREATE INDEX locked_until ON locked (until);
)sql";

Connection open(const std::filesystem::path& file) {
  Connection db(file, Connection::Access::read_write);
  const std::int64_t tables = db.integer("SELECT count(*) FROM sqlite_schema");
  const std::int64_t id = db.integer("PRAGMA application_id");
  if (tables != 0 && id != kApplicationId) {
    throw Refused(file.string() +
                  " is some other program's database. Name another directory with --data.");
  }
  // Deleted content is overwritten with zeros, in the tables and in what a page leaves free.
  db.run("PRAGMA secure_delete=ON");
  db.run("PRAGMA journal_mode=WAL");
  db.run("PRAGMA synchronous=FULL");

  // What SQLite says it does counts, not what it was told. In WAL mode FULL syncs the log at every
  // commit, so that an answered record survives a power cut; NORMAL and OFF do not.
  if (const std::string mode = db.text("PRAGMA journal_mode"); mode != "wal") {
    throw Refused(
        "The database in " + file.string() + " is in journal mode \"" + mode +
        "\", not \"wal\". Put it on a local file system: network file systems cannot carry one.");
  }
  if (const std::int64_t mode = db.integer("PRAGMA synchronous"); mode != 2) {
    throw Refused(
        "The database does not sync at every commit (synchronous=" + std::to_string(mode) +
        ", not 2), so an acknowledged record could be lost. Nothing was started.");
  }
  const std::int64_t schema = db.integer("PRAGMA user_version");
  if (tables == 0 || schema == kSchema - 1) {
    db.run("BEGIN IMMEDIATE");
    if (tables == 0) db.run(kTables);
    db.run(kLocked);
    db.run(("PRAGMA application_id=" + std::to_string(kApplicationId)).c_str());
    db.run(("PRAGMA user_version=" + std::to_string(kSchema)).c_str());
    db.run("COMMIT");
  } else if (schema != kSchema) {
    throw Refused("The database has schema " + std::to_string(schema) +
                  "; this collector reads schema " + std::to_string(kSchema) +
                  ". Run the collector that wrote it.");
  }
  return db;
}

}  // namespace

SqliteStore::Writer::Writer(const std::filesystem::path& file, Locks locks)
    : connection_(open(file)),
      locks_(std::move(locks)),
      begin_(connection_, "BEGIN IMMEDIATE"),
      commit_(connection_, "COMMIT"),
      find_(connection_, "SELECT body FROM record WHERE id = ?1"),
      insert_(connection_,
              "INSERT INTO record (position, received_at, seq, id, device, erase_commit, body) "
              "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"),
      cut_off_(connection_, "SELECT cut_off FROM tombstone WHERE device = ?1"),
      door_(connection_, kDoor),
      delete_(connection_, "DELETE FROM record WHERE device = ?1 AND seq <= ?2"),
      entomb_(connection_,
              "INSERT INTO tombstone (device, cut_off) VALUES (?1, ?2) "
              "ON CONFLICT DO UPDATE SET cut_off = max(cut_off, excluded.cut_off)"),
      last_(connection_,
            "SELECT body FROM record WHERE device = ?1 AND seq <= ?2 ORDER BY seq DESC LIMIT 1"),
      lock_up_(connection_,
               "INSERT INTO locked (received_at, erased_at, until, id, body) "
               "SELECT received_at, ?3, ?4, id, body FROM record WHERE device = ?1 AND seq <= ?2 "
               "ORDER BY position"),
      release_(connection_,
               "DELETE FROM locked WHERE position IN "
               "(SELECT position FROM locked WHERE until <= ?1 LIMIT ?2)") {
  next_position_ = connection_.integer("SELECT max(position) FROM record") + 1;
  // The hook replaces SQLite's automatic checkpoint inside COMMIT: ours comes after the answers
  // have gone out.
  sqlite3_wal_hook(
      connection_.handle(),
      [](void* pages, sqlite3*, const char*, int count) {
        *static_cast<int*>(pages) = count;
        return SQLITE_OK;
      },
      &log_pages_);
}

void SqliteStore::Writer::rollback() noexcept {
  // Some failures have rolled back already; then there is nothing to do.
  if (sqlite3_get_autocommit(connection_.handle()) == 0) {
    sqlite3_exec(connection_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
  }
}

Answer SqliteStore::Writer::apply(const Change& change) {
  if (const auto* record = std::get_if<NewRecord>(&change)) return put(*record);
  if (const auto* up_to = std::get_if<EraseUpTo>(&change)) return erase(*up_to);
  return erase(std::get<EraseBySecret>(change));
}

Answer SqliteStore::Writer::put(const NewRecord& record) {
  {
    const Reading once(find_);
    if (find_.bind(1, record.id).step())
      return {find_.blob(0) == record.body ? Outcome::known : Outcome::differs};
  }
  if (record.seq <= cut_off(record.device).value_or(0)) return {Outcome::gone};
  insert_.bind(1, next_position_)
      .bind(2, record.received_at)
      .bind(3, record.seq)
      .bind(4, record.id);
  insert_.bind(5, record.device)
      .bind(6, record.erase_commit)
      .bind(7, as_bytes(record.body))
      .finish();
  ++next_position_;
  return {Outcome::stored};
}

Answer SqliteStore::Writer::erase(const EraseUpTo& erase) {
  if (erase.seq <= cut_off(erase.device).value_or(0)) return {Outcome::gone};
  return remove(erase.device, erase.seq);
}

Answer SqliteStore::Writer::erase(const EraseBySecret& erase) {
  switch (read_door(door_, erase.device, erase.commit)) {
    // One match is enough: a record under another commitment was signed by the same device key, and
    // whoever holds that could erase everything with a signed record anyway.
    case Door::opens: return remove(erase.device, std::numeric_limits<std::int64_t>::max());
    case Door::wrong_secret: return {Outcome::wrong_secret};
    case Door::erased: return {Outcome::erased};
    case Door::nothing: break;
  }
  return {Outcome::nothing};
}

std::optional<std::int64_t> SqliteStore::Writer::cut_off(const DeviceHash& device) {
  const Reading once(cut_off_);
  if (!cut_off_.bind(1, device).step()) return std::nullopt;
  return cut_off_.integer(0);
}

Answer SqliteStore::Writer::remove(const DeviceHash& device, std::int64_t up_to) {
  const time::Instant until = locks_.empty() ? 0 : lock(device, up_to);
  delete_.bind(1, device).bind(2, up_to).finish();
  const std::int64_t erased = sqlite3_changes64(connection_.handle());
  entomb_.bind(1, device).bind(2, up_to).finish();
  bytes_must_go_ = true;
  return {Outcome::erased, erased, until};
}

time::Instant SqliteStore::Writer::lock(const DeviceHash& device, std::int64_t up_to) {
  // A device's key belongs to one site: its records name the same.
  std::string site;
  {
    const Reading once(last_);
    if (!last_.bind(1, device).bind(2, up_to).step()) return 0;
    const auto record = trust::read_record(as_bytes(last_.blob(0)));
    if (record) site = record->header.site;
  }
  auto period = locks_.find(site);
  if (period == locks_.end()) period = locks_.find("");
  if (period == locks_.end()) return 0;
  const time::Instant now = clock_now(), until = time::add(now, period->second);
  lock_up_.bind(1, device).bind(2, up_to).bind(3, now).bind(4, until).finish();
  return until;
}

std::int64_t SqliteStore::Writer::release_locked(time::Instant now) {
  release_.bind(1, now).bind(2, kReleased).finish();
  const std::int64_t released = sqlite3_changes64(connection_.handle());
  if (released > 0) bytes_must_go_ = true;
  return released;
}

bool SqliteStore::Writer::checkpoint(std::chrono::milliseconds patience) {
  if (!bytes_must_go_ && log_pages_ < kCheckpointPages) return false;
  const int mode = bytes_must_go_ ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE;
  int left = 0;
  sqlite3_busy_timeout(connection_.handle(), static_cast<int>(patience.count()));
  const int status = sqlite3_wal_checkpoint_v2(connection_.handle(), nullptr, mode, &left, nullptr);
  sqlite3_busy_timeout(connection_.handle(), Connection::kBusyTimeout);
  if (status == SQLITE_BUSY) return true;
  if (status != SQLITE_OK)
    throw SqliteError(status,
                      std::string("SQLite, checkpoint: ") + sqlite3_errmsg(connection_.handle()));
  bytes_must_go_ = false;
  log_pages_ = 0;
  return false;
}

}  // namespace avow::collector
