#pragma once
// One SQLite connection and its statements, as values that close themselves. Failures throw
// SqliteError.

#include <sqlite3.h>

#include <filesystem>
#include <memory>
#include <span>
#include <string_view>

#include "store.h"

namespace avow::collector {

struct SqliteError : StoreError {
  SqliteError(int extended_code, const std::string& what) : StoreError(what), code(extended_code) {}
  int code;
};

class Connection {
 public:
  enum class Access { read_write, read_only };
  static constexpr int kBusyTimeout = 5000;  // milliseconds
  Connection(const std::filesystem::path& file, Access access);
  void run(const char* sql);
  [[nodiscard]] std::int64_t integer(const char* sql);
  [[nodiscard]] std::string text(const char* sql);
  [[nodiscard]] sqlite3* handle() const { return handle_.get(); }

 private:
  struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  };
  std::unique_ptr<sqlite3, Close> handle_;
};

/// A prepared statement. Text and blobs are bound without copying: they must outlive the next
/// `reset`.
class Statement {
 public:
  Statement(Connection& connection, std::string_view sql);
  Statement& bind(int at, std::int64_t value);
  Statement& bind(int at, ByteView bytes);
  /// True while there is a row.
  [[nodiscard]] bool step();
  /// Runs a statement that gives no row, then resets it.
  void finish();
  void reset() { sqlite3_reset(handle_.get()); }
  [[nodiscard]] std::int64_t integer(int column) const {
    return sqlite3_column_int64(handle_.get(), column);
  }
  [[nodiscard]] std::string_view blob(int column) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* handle) const { sqlite3_finalize(handle); }
  };
  sqlite3* connection_;
  std::unique_ptr<sqlite3_stmt, Finalize> handle_;
};

/// Resets a statement when the reading of its rows is over, so that no snapshot of the database
/// stays open.
class Reading {
 public:
  explicit Reading(Statement& statement) : statement_(statement) {}
  ~Reading() { statement_.reset(); }
  Reading(const Reading&) = delete;
  Reading& operator=(const Reading&) = delete;

 private:
  Statement& statement_;
};

}  // namespace avow::collector
