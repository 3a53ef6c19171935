// How an outbox is stored, and read back from storage that anybody may have touched.
#include "base/fields.h"
#include "base/text.h"
#include "sync/outbox.h"

namespace avow::sync {
namespace {

constexpr std::int64_t kAnyNumber = (std::int64_t{1} << 53) - 1;
// More than any device makes; one more of the largest number would be none that JSON may hold.
constexpr std::int64_t kMostTriesStored = 1'000'000;

}  // namespace

json::Value write_outbox(const Outbox& outbox) {
  json::Array out;
  for (const Entry& entry : outbox) {
    out.push_back(json::Object{}
                      .set("id", text::to_hex(entry.id))
                      .set("digest", text::to_hex(entry.digest))
                      .set("device", text::to_hex(entry.device))
                      .set("seq", entry.seq)
                      .set("op", json::spelled(trust::kOps, entry.op))
                      .set("state", json::spelled(kStates, entry.state))
                      .set("reason", json::spelled(kReasons, entry.reason))
                      .set("status", entry.status)
                      .set("tries", entry.tries)
                      .set("not_before", entry.not_before));
  }
  return out;
}

Outbox read_outbox(const json::Value& stored, Errors& errors) {
  Outbox out;
  if (stored.is_null()) return out;
  const json::Value wrapped = json::Object{}.set("outbox", stored);
  Errors shape;
  json::Fields(wrapped, "", shape)
      .array("outbox", 0, 10'000, [&](const json::Value& item, const std::string& at) {
        Errors wrong;
        json::Fields fields(item, at, wrong);
        Entry entry;
        entry.id = fields.digest("id");
        entry.digest = fields.digest("digest");
        entry.device = fields.digest("device");
        entry.seq = fields.integer("seq", 1, kAnyNumber);
        entry.op = fields.choice("op", trust::kOps);
        entry.state = fields.choice("state", kStates);
        entry.reason = fields.choice("reason", kReasons);
        entry.status = fields.integer("status", 0, 999);
        entry.tries = fields.integer("tries", 0, kMostTriesStored);
        entry.not_before = fields.integer("not_before", 0, kAnyNumber);
        fields.finish();
        if (wrong.empty()) {
          out.push_back(std::move(entry));
        } else {
          errors.push_back(
              {Code::stored_state, wrong.front().where, std::string(name(wrong.front().code))});
        }
      });
  for (const Error& error : shape)
    errors.push_back({Code::stored_state, error.where, std::string(name(error.code))});
  return out;
}

}  // namespace avow::sync
