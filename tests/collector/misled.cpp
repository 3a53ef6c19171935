// An SQLite that takes "sync at every commit" for "never sync", as one built or configured by
// somebody else might: the linker puts this before the collector's calls (--wrap=sqlite3_exec).

#include <sqlite3.h>

#include <string_view>

extern "C" {

using Row = int (*)(void*, int, char**, char**);

int __real_sqlite3_exec(sqlite3*, const char*, Row, void*, char**);

int __wrap_sqlite3_exec(sqlite3* db, const char* sql, Row row, void* context, char** error) {
  if (std::string_view(sql) == "PRAGMA synchronous=FULL") sql = "PRAGMA synchronous=OFF";
  return __real_sqlite3_exec(db, sql, row, context, error);
}
}
