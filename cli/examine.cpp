#include "examine.h"

#include <algorithm>
#include <filesystem>

#include "base/fields.h"
#include "base/text.h"
#include "base/time.h"
#include "screen.h"
#include "session/request.h"

namespace avow::cli {
namespace {

std::optional<trust::RecordId> read_id(std::string_view hex) {
  const Result<Bytes> bytes = text::from_hex(hex, 32);
  if (!bytes) return std::nullopt;
  trust::RecordId id{};
  std::ranges::copy(*bytes, id.begin());
  return id;
}

/// A line of an export → the record's bytes, with the id and the time it came under.
std::optional<Bytes> unwrap(std::string_view line, Examined& out) {
  const auto document = json::read(line, kLineLimits);
  if (!document) {
    out.problems = document.error();
    return std::nullopt;
  }
  json::Fields fields(*document, "", out.problems);
  // Members that are not read here are the collector's own business: a later one may say more.
  const Digest id = fields.digest("id");
  if (out.problems.empty()) out.given = id;
  out.received_at = fields.optional_text("received_at", {1, 32});
  if (!out.received_at.empty() && !time::read_instant(out.received_at)) {
    fields.error(Code::time_malformed, "received_at");
    out.received_at.clear();
  }
  const std::string base64 = fields.text("record", {1, kLongestLine});
  if (base64.empty()) return std::nullopt;
  Result<Bytes> bytes = text::from_base64(base64, text::Base64::standard);
  if (bytes) return std::move(*bytes);
  fields.error(bytes.error().code, "record", bytes.error().where + bytes.error().detail);
  return std::nullopt;
}

}  // namespace

Examined examine(const Incoming& incoming, std::span<const trust::Identity> identities) {
  Examined out;
  out.source = incoming.source;
  std::optional<Bytes> bytes;
  switch (incoming.form) {
    case Incoming::Form::unreadable:
      out.unreadable = true;
      out.source = incoming.bytes;
      return out;
    case Incoming::Form::too_long:
      out.problems.push_back({Code::json_too_large, {}, "The line is longer than any record."});
      break;
    case Incoming::Form::line: bytes = unwrap(incoming.bytes, out); break;
    case Incoming::Form::record:
      // A file that is named by an id must hold the record of that id.
      out.given = read_id(std::filesystem::path(incoming.source).stem().string());
      bytes = to_bytes(incoming.bytes);
  }
  if (!bytes) return out;
  Result<trust::Record> record = trust::read_record(*bytes);
  if (!record) {
    out.problems.push_back(std::move(record.error()));
    return out;
  }
  out.record = std::move(*record);
  if (out.given && *out.given != out.record->id) {
    std::string both = "Its id is " + text::to_hex(out.record->id) + ", it came as " +
                       text::to_hex(*out.given) + ".";
    out.problems.push_back({Code::record_id, {}, std::move(both)});
  }
  if (identities.empty()) return out;
  Result<json::Value> payload = trust::open_record(*out.record, identities);
  if (payload) {
    out.payload = std::move(*payload);
  } else {
    out.problems.push_back(std::move(payload.error()));
  }
  return out;
}

json::Value write_examined(const Examined& examined) {
  const auto id = examined.id();
  json::Value header;
  if (examined.record) header = *json::read(examined.record->header_line);
  return json::Object{}
      .set("id", id ? json::Value(text::to_hex(*id)) : json::Value())
      .set("number", id ? json::Value(trust::short_number(*id)) : json::Value())
      .set("received_at",
           examined.received_at.empty() ? json::Value() : json::Value(examined.received_at))
      .set("source", safe(examined.source))
      .set("header", std::move(header))
      .set("payload", examined.payload ? *examined.payload : json::Value())
      .set("problems", session::write_errors(examined.problems));
}

}  // namespace avow::cli
