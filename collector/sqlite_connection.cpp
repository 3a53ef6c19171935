#include "sqlite_connection.h"

namespace avow::collector {
namespace {

[[noreturn]] void raise(sqlite3* handle, std::string_view doing) {
  throw SqliteError(sqlite3_extended_errcode(handle),
                    "SQLite, " + std::string(doing) + ": " + sqlite3_errmsg(handle));
}

}  // namespace

Connection::Connection(const std::filesystem::path& file, Access access) {
  const int flags = access == Access::read_only ? SQLITE_OPEN_READONLY
                                                : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  sqlite3* opened = nullptr;
  const int status = sqlite3_open_v2(file.c_str(), &opened,
                                     flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  handle_.reset(opened);
  if (status != SQLITE_OK) raise(handle_.get(), "opening " + file.string());
  sqlite3_busy_timeout(handle_.get(), kBusyTimeout);
  run("PRAGMA mmap_size=0");
  // SQLite reads nothing before it must: what is no database is found here, and named.
  const auto header = [](void*, int, char**, char**) { return 0; };
  if (sqlite3_exec(handle_.get(), "PRAGMA schema_version", header, nullptr, nullptr) ==
      SQLITE_NOTADB) {
    throw SqliteError(
        SQLITE_NOTADB,
        file.string() +
            " is not an SQLite database. It is left as it is: move it away, or name another "
            "directory with --data.");
  }
}

void Connection::run(const char* sql) {
  if (sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK)
    raise(handle_.get(), sql);
}

std::int64_t Connection::integer(const char* sql) {
  Statement statement(*this, sql);
  return statement.step() ? statement.integer(0) : 0;
}

std::string Connection::text(const char* sql) {
  Statement statement(*this, sql);
  return statement.step() ? std::string(statement.blob(0)) : std::string();
}

Statement::Statement(Connection& connection, std::string_view sql)
    : connection_(connection.handle()) {
  sqlite3_stmt* made = nullptr;
  const int size = static_cast<int>(sql.size());
  if (sqlite3_prepare_v3(connection_, sql.data(), size, SQLITE_PREPARE_PERSISTENT, &made,
                         nullptr) != SQLITE_OK) {
    raise(connection_, sql);
  }
  handle_.reset(made);
}

Statement& Statement::bind(int at, std::int64_t value) {
  if (sqlite3_bind_int64(handle_.get(), at, value) != SQLITE_OK) raise(connection_, "binding");
  return *this;
}

Statement& Statement::bind(int at, ByteView bytes) {
  const int size = static_cast<int>(bytes.size());
  if (sqlite3_bind_blob(handle_.get(), at, bytes.data(), size, SQLITE_STATIC) != SQLITE_OK)
    raise(connection_, "binding");
  return *this;
}

bool Statement::step() {
  const int status = sqlite3_step(handle_.get());
  if (status == SQLITE_ROW) return true;
  if (status == SQLITE_DONE) return false;
  const SqliteError error(
      sqlite3_extended_errcode(connection_),
      std::string("SQLite, ") + sqlite3_sql(handle_.get()) + ": " + sqlite3_errmsg(connection_));
  sqlite3_reset(handle_.get());
  throw error;
}

void Statement::finish() {
  const Reading once(*this);
  while (step()) {}
}

std::string_view Statement::blob(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(handle_.get(), column));
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column))};
}

}  // namespace avow::collector
