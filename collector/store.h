#pragma once
// What the routes ask of a database. A change is answered once it is durable; a read sees only what
// is.

#include <chrono>
#include <functional>
#include <optional>
#include <stdexcept>
#include <variant>

#include "base/time.h"
#include "trust/record.h"

namespace avow::collector {

/// The server's clock.
[[nodiscard]] inline time::Instant clock_now() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

/// A device as the database knows it: SHA-256 of its public key, so that a tombstone names nobody.
using DeviceHash = Digest;

/// A record that verified, with the time of its arrival on the server's clock.
struct NewRecord {
  trust::RecordId id{};
  DeviceHash device{};
  std::int64_t seq = 0;
  Digest erase_commit{};
  time::Instant received_at = 0;
  std::string body;
};
/// What a device and the hash of a secret open.
enum class Door {
  opens,         ///< a record of the device carries this commitment
  wrong_secret,  ///< the device has records, none with this commitment
  erased,        ///< no record, but a tombstone
  nothing        ///< neither
};
/// A signed erase record: everything of the device up to and with this place in its chain.
struct EraseUpTo {
  DeviceHash device{};
  std::int64_t seq = 0;
};
/// The erase secret of a receipt, hashed: everything of the device, for good.
struct EraseBySecret {
  DeviceHash device{};
  Digest commit{};
};
using Change = std::variant<NewRecord, EraseUpTo, EraseBySecret>;

enum class Outcome {
  stored,        ///< new, and durable
  known,         ///< these very bytes were durable already
  differs,       ///< other bytes are stored under this id
  gone,          ///< a tombstone covers it
  erased,        ///< deleted (perhaps nothing was left to delete), the tombstone stands, and the
                 ///< bytes are in no file any more; or locked, where the store does that
  lingers,       ///< the same, but the bytes could not be removed from the files yet
  wrong_secret,  ///< the device has records, none with this commitment
  nothing,       ///< no record and no tombstone of this device
  unavailable,   ///< the database could not write; nothing changed
};
struct Answer {
  Outcome outcome = Outcome::unavailable;
  std::int64_t erased = 0;         ///< records deleted, or locked
  time::Instant locked_until = 0;  ///< 0: deleted
};

/// One line of the export, and where it stands in the order of arrival; of what is locked, in the
/// order of locking.
struct Stored {
  std::int64_t position = 0;
  trust::RecordId id{};
  time::Instant received_at = 0;
  std::string body;
  time::Instant erased_at = 0, locked_until = 0;  ///< of what is locked
};

/// The database could not be read: nothing that a client did.
struct StoreError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Store {
 public:
  virtual ~Store() = default;

  /// Hands a change over. False when the queue is full: nothing was taken, `done` will not be
  /// called. Otherwise `done` is called exactly once, on the writer's thread, after the commit is
  /// on disk; of an erasing, once the bytes are gone from the files as well, or with `lingers` when
  /// that takes too long.
  [[nodiscard]] virtual bool submit(Change change, std::function<void(Answer)> done) = 0;

  // Reads, from one thread only (the one that speaks HTTP). They throw StoreError.
  [[nodiscard]] virtual std::optional<std::string> body_of(const trust::RecordId& id) = 0;
  /// Whether anything of the device is stored.
  [[nodiscard]] virtual bool holds(const DeviceHash& device) = 0;
  [[nodiscard]] virtual Door door(const DeviceHash& device, const Digest& commit) = 0;
  /// Whether a tombstone covers this place in the device's chain.
  [[nodiscard]] virtual bool buried(const DeviceHash& device, std::int64_t seq) = 0;
  [[nodiscard]] virtual std::optional<std::int64_t> position_of(const trust::RecordId& id) = 0;
  [[nodiscard]] virtual std::int64_t last_position() = 0;
  /// The next records after `position`, in order of arrival, at most `limit`, none beyond `last`.
  [[nodiscard]] virtual std::vector<Stored> after(std::int64_t position, std::int64_t last,
                                                  std::size_t limit) = 0;

  /// The same of what visitors erased and a law lets be kept as proof, until it is deleted.
  [[nodiscard]] virtual std::int64_t last_locked() = 0;
  [[nodiscard]] virtual std::vector<Stored> locked_after(std::int64_t position, std::int64_t last,
                                                         std::size_t limit) = 0;

  /// Empty when the writer takes work and a read succeeds; otherwise what is wrong.
  [[nodiscard]] virtual std::string trouble() = 0;
  /// Finishes everything queued and stops the writer. No `submit` after it.
  virtual void close() = 0;
};

}  // namespace avow::collector
