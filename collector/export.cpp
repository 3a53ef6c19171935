#include "export.h"

#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <charconv>
#include <fstream>
#include <limits>

#include "base/text.h"
#include "problem.h"

namespace avow::collector {
namespace {

constexpr std::size_t kPieceRecords =
    64;  // read at a time: one piece is one short read of the database
constexpr std::size_t kShortestToken = 32;

struct Range {
  std::string after;
  std::int64_t limit = 0;  // 0: all
};

std::optional<Range> read_query(std::string_view query) {
  Range range;
  while (!query.empty()) {
    const std::size_t end = std::min(query.size(), query.find('&'));
    const std::string_view part = query.substr(0, end);
    query.remove_prefix(std::min(query.size(), end + 1));
    if (part.starts_with("after=")) {
      range.after = part.substr(6);
    } else if (part.starts_with("limit=")) {
      const std::string_view number = part.substr(6);
      const auto read = std::from_chars(number.data(), number.data() + number.size(), range.limit);
      if (read.ec != std::errc() || read.ptr != number.data() + number.size() || range.limit < 1)
        return std::nullopt;
    } else {
      return std::nullopt;
    }
  }
  return range;
}

std::string line(const Stored& stored) {
  const auto at = [](std::string_view name, time::Instant instant) {
    return "\"" + std::string(name) + "\":\"" + time::write_instant(instant) + "\",";
  };
  const std::string lock = stored.locked_until == 0 ? std::string()
                                                    : at("erased_at", stored.erased_at) +
                                                          at("locked_until", stored.locked_until);
  return "{\"id\":\"" + text::to_hex(stored.id) + "\"," + lock +
         at("received_at", stored.received_at) + "\"record\":\"" +
         text::to_base64(as_bytes(stored.body), text::Base64::standard) + "\"}\n";
}

bool allowed(std::string_view authorization, const std::string& token) {
  constexpr std::string_view scheme = "Bearer ";
  if (!authorization.starts_with(scheme)) return false;
  // Hashes are compared, all 32 bytes of them, so that the time taken says nothing about the token
  // or its length.
  const Digest given = sha256(as_bytes(authorization.substr(scheme.size())));
  const Digest wanted = sha256(as_bytes(token));
  unsigned difference = 0;
  for (std::size_t i = 0; i < given.size(); ++i)
    difference |= static_cast<unsigned>(given[i] ^ wanted[i]);
  return difference == 0;
}

/// Lines of JSON, a page at a time; the first empty page ends them.
Reply lines(std::function<std::vector<Stored>()> next) {
  Reply reply;
  reply.set("Content-Type", "application/x-ndjson");
  reply.set("Cache-Control", "no-store");
  reply.next_piece = [next = std::move(next)] {
    std::string piece;
    for (const Stored& stored : next()) piece += line(stored);
    return piece;
  };
  return reply;
}

}  // namespace

std::optional<Reply> Export::refusal(const Request& request, const std::string& token,
                                     std::string_view file) {
  if (allowed(request.header("Authorization"), token)) return std::nullopt;
  Reply reply =
      problem(401, "Send \"Authorization: Bearer …\" with the token from the collector's " +
                       std::string(file) + " file.");
  reply.set("WWW-Authenticate", "Bearer realm=\"avow export\"");
  return reply;
}

Reply Export::locked(const Request& request) {
  if (auto refused = refusal(request, locked_token_, "locked-token")) return std::move(*refused);
  if (!request.query.empty())
    return problem(400, "What is locked is read as a whole: ask nothing.");
  return lines([this, position = std::int64_t{0}, last = store_.last_locked()]() mutable {
    std::vector<Stored> page = store_.locked_after(position, last, kPieceRecords);
    if (!page.empty()) position = page.back().position;
    return page;
  });
}

Reply Export::answer(const Request& request) {
  if (auto refused = refusal(request, token_, "export-token")) return std::move(*refused);
  const auto range = read_query(request.query);
  if (!range)
    return problem(400,
                   "Use after=<id of the last line you have> and limit=<at least 1>, or neither.");
  std::int64_t position = 0;
  if (!range->after.empty()) {
    const auto id = text::from_hex(range->after, 32);
    std::optional<std::int64_t> found;
    if (id) {
      trust::RecordId known{};
      std::copy(id->begin(), id->end(), known.begin());
      found = store_.position_of(known);
    }
    if (!found) {
      return problem(
          400,
          "No record with the id in \"after\" is stored; it may have been erased. Use the id of an "
          "earlier line, or leave \"after\" out to read everything again.");
    }
    position = *found;
  }
  // What arrives while this export runs belongs to the next one; otherwise it might never end.
  const std::int64_t last = store_.last_position();
  const std::int64_t all = std::numeric_limits<std::int64_t>::max();
  return lines([this, position, last, left = range->limit == 0 ? all : range->limit]() mutable {
    const auto count = static_cast<std::size_t>(std::min<std::int64_t>(left, kPieceRecords));
    std::vector<Stored> page;
    if (count > 0) page = store_.after(position, last, count);
    if (!page.empty()) position = page.back().position;
    left -= static_cast<std::int64_t>(page.size());
    return page;
  });
}

std::string read_or_make_token(const std::filesystem::path& file) {
  const int made = open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (made >= 0) {
    ByteArray<32> random{};
    const bool drawn =
        getrandom(random.data(), random.size(), 0) == static_cast<ssize_t>(random.size());
    const std::string token = text::to_hex(random) + '\n';
    const bool written =
        drawn && write(made, token.data(), token.size()) == static_cast<ssize_t>(token.size());
    close(made);
    if (!written) {
      unlink(file.c_str());
      throw std::runtime_error("Cannot write the export token to " + file.string() + ".");
    }
  } else if (errno != EEXIST) {
    throw std::runtime_error("Cannot create " + file.string() +
                             ". Make its directory writable, or name another file with " +
                             "--export-token.");
  }
  std::ifstream in(file);
  std::string token;
  std::getline(in, token);
  if (!in || token.size() < kShortestToken) {
    throw std::runtime_error(
        file.string() +
        " must hold one line of at least 32 characters. Delete it to get a new one.");
  }
  return token;
}

}  // namespace avow::collector
