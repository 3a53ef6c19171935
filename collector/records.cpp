#include "records.h"

#include <chrono>

#include "base/canonical.h"
#include "base/text.h"
#include "problem.h"

namespace avow::collector {
namespace {

/// The media type without its parameters, in lower case.
std::string media_type(const Request& request) {
  std::string type(request.header("Content-Type"));
  type.resize(std::min(type.size(), type.find(';')));
  while (type.ends_with(' ')) type.pop_back();
  for (char& c : type) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return type;
}

/// The acknowledgement: a hash that only somebody who has the bytes can name, so that no error page
/// can fake it.
Reply acknowledgement(int status, const Digest& body) {
  return json_reply(status, "{\"stored\":\"" + text::to_hex(body) + "\"}");
}

Reply gone() {
  return problem(410,
                 "This device's records were erased at the visitor's request. Forget this record.");
}
Reply differs() {
  return unverifiable({Code::record_id,
                       {},
                       "The record with this id is stored already, and these are other bytes."});
}
Reply unavailable() {
  return come_back(
      503, 5,
      "The change could not be written and nothing was stored. Send it again after Retry-After.");
}

Reply lingers() {
  return come_back(
      503, 5,
      "The records are erased, but some of their bytes could not be removed from where "
      "they stood in the database's files yet. Ask again after Retry-After; they go "
      "meanwhile.");
}

Reply answer_put(Answer answer, const Digest& body) {
  switch (answer.outcome) {
    case Outcome::stored: return acknowledgement(201, body);
    case Outcome::known:
    case Outcome::erased: return acknowledgement(200, body);
    case Outcome::differs: return differs();
    case Outcome::gone: return gone();
    case Outcome::lingers: return lingers();
    default: return unavailable();
  }
}

Reply answer_erase(Answer answer) {
  switch (answer.outcome) {
    case Outcome::erased:
      if (answer.locked_until > 0) {
        return json_reply(200, "{\"erased\":0,\"locked\":" + std::to_string(answer.erased) +
                                   ",\"until\":\"" + time::write_date(answer.locked_until) + "\"}");
      }
      return json_reply(200, "{\"erased\":" + std::to_string(answer.erased) + "}");
    case Outcome::wrong_secret:
      return problem(
          403, "This is not the erase secret of that device. Read it from the receipt again.");
    case Outcome::nothing:
      return problem(404,
                     "Nothing of that device is stored here. Check the device key on the receipt.");
    case Outcome::lingers: return lingers();
    default: return unavailable();
  }
}

Result<Digest> hash_member(const json::Value& document, std::string_view key) {
  const json::Object* object = document.object();
  const json::Value* value = object == nullptr ? nullptr : object->find(key);
  const std::string where = json::join("", key);
  if (value == nullptr) return fail(Code::missing_field, where);
  if (value->string() == nullptr)
    return fail(Code::wrong_type, where, "Want a text of 64 hexadecimal digits.");
  const auto bytes = text::from_hex(*value->string(), 32);
  if (!bytes) return fail(Code::hex_malformed, where, "Want 64 lower-case hexadecimal digits.");
  Digest out{};
  std::copy(bytes->begin(), bytes->end(), out.begin());
  return out;
}

}  // namespace

void Records::put(std::string_view id, const Request& request, Done done) {
  const Done counted = [this, done = std::move(done)](Reply reply) {
    const auto status = static_cast<std::size_t>(reply.status);
    if (status < metrics_.acks.size()) ++metrics_.acks[status];
    done(std::move(reply));
  };
  std::variant<Reply, Change> judged = judge(id, request);
  if (auto* reply = std::get_if<Reply>(&judged)) return counted(std::move(*reply));
  const Digest body = sha256(as_bytes(request.body));
  submit(
      std::move(std::get<Change>(judged)),
      [body](Answer answer) { return answer_put(answer, body); }, counted);
}

std::variant<Reply, Change> Records::judge(std::string_view id_text, const Request& request) {
  const auto id_bytes = text::from_hex(id_text, 32);
  if (!id_bytes)
    return problem(404, "A record's name is its id: 64 lower-case hexadecimal digits.");
  trust::RecordId id{};
  std::copy(id_bytes->begin(), id_bytes->end(), id.begin());

  // First of all: what was acknowledged once stays acknowledged, whatever the rules have become
  // since.
  if (const auto stored = store_.body_of(id)) {
    return *stored == request.body ? acknowledgement(200, sha256(as_bytes(*stored))) : differs();
  }

  if (media_type(request) != "application/octet-stream") {
    return problem(415, "Send the record's bytes with Content-Type: application/octet-stream.");
  }
  const auto record = trust::read_record(as_bytes(request.body));
  if (!record) return unverifiable(record.error());
  if (record->id != id)
    return unverifiable(
        {Code::record_id, {}, "The record's id is " + text::to_hex(record->id) + "."});
  const trust::Header& header = record->header;
  const DeviceHash device = sha256(header.device);
  const bool erases = header.op == trust::Op::erase;
  // Of an erasing the writer says so, who knows whether the bytes are gone as well.
  if (!erases && store_.buried(device, header.seq)) return gone();
  // Erasing must go on working for what was taken when its site was still listed.
  if (!sites_.empty() && !sites_.contains(header.site) && !(erases && store_.holds(device))) {
    return unverifiable({Code::wrong_value, "/site", "This backend does not serve that site."});
  }
  // Nobody can see what is sealed: noise looks like an answer. What one address may leave here is
  // therefore counted, and so are tombstones of devices that nobody knows; erasing what is here is
  // not.
  if (!erases || !store_.holds(device)) {
    const auto size = static_cast<double>(request.body.size());
    if (const auto wait = daily_.take(request.address, TokenBuckets::Clock::now(), size)) {
      return come_back(429, *wait,
                       "This address has sent its share of today. Try again after Retry-After.");
    }
  }
  if (erases) return EraseUpTo{device, header.seq};
  return NewRecord{id, device, header.seq, header.erase_commit, clock_now(), request.body};
}

void Records::erase(const Request& request, Done done) {
  if (media_type(request) != "application/json")
    return done(problem(415, "Send JSON with Content-Type: application/json."));
  const auto document = json::read(request.body, {.bytes = 1024, .depth = 2, .values = 8});
  if (!document) return done(unverifiable(document.error()[0]));
  const auto device = hash_member(*document, "device");
  if (!device) return done(unverifiable(device.error()));
  const auto secret = hash_member(*document, "secret");
  if (!secret) return done(unverifiable(secret.error()));
  if (document->object()->size() != 2) {
    return done(unverifiable({Code::unknown_field, {}, "Want device and secret, nothing else."}));
  }
  const EraseBySecret change{sha256(*device), trust::erase_commit(trust::Secret(*secret))};
  // What opens nothing is answered here, from an index: guesses do not take the writer's time.
  switch (store_.door(change.device, change.commit)) {
    case Door::wrong_secret: return done(answer_erase({Outcome::wrong_secret}));
    case Door::nothing: return done(answer_erase({Outcome::nothing}));
    default: return submit(change, answer_erase, std::move(done));
  }
}

void Records::submit(Change change, std::function<Reply(Answer)> answer, Done done) {
  const bool taken =
      store_.submit(std::move(change), [answer, done](Answer result) { done(answer(result)); });
  // A closed or broken store takes nothing either, and time may not heal that.
  if (!taken) done(unavailable());
}

}  // namespace avow::collector
