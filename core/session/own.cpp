#include "base/canonical.h"
#include "base/text.h"
#include "session/sealing.h"
#include "session/wire_reader.h"

namespace avow::session {
namespace {

json::Value own_record(const std::string& base64, const trust::Identity& identity) {
  json::Object out;
  out.set("record", base64);
  const auto wrong = [&](const Error& error) { return out.set("error", write_errors({error})[0]); };
  const Result<Bytes> bytes = text::from_base64(base64, text::Base64::standard);
  if (!bytes) return wrong(bytes.error());
  const Result<trust::Record> record = trust::read_record(*bytes);
  if (!record) return wrong(record.error());
  out.set("id", text::to_hex(record->id)).set("number", trust::short_number(record->id));
  const Result<json::Value> opened = trust::open_record(*record, {&identity, 1});
  return opened ? out.set("opened", *opened) : wrong(opened.error());
}

}  // namespace

std::string own(std::string_view request, Vault vault) {
  const VaultGuard guard(vault);
  return answer(request, [&](json::Fields& fields, Errors&) {
    const Keyring keyring = read_keyring(vault);
    OwnRequest asked;
    Errors none;
    RequestReader(fields, none).walk(asked);
    json::Array records;
    for (const std::string& base64 : asked.records)
      records.push_back(own_record(base64, keyring.identity));
    fields.finish();
    trust::wipe(vault);
    return canonical::write(
        json::Object{}
            .set("ok", true)
            .set("export",
                 json::Object{}
                     .set("v", "avow/v1 export")
                     .set("identity", trust::write_identity(keyring.identity))
                     .set("erase", json::Object{}
                                       .set("device", text::to_hex(trust::device_key(keyring.seed)))
                                       .set("secret", text::to_hex(keyring.erase.view())))
                     .set("records", std::move(records))));
  });
}

}  // namespace avow::session
