#include "base/canonical.h"
#include "base/text.h"
#include "session/sealing.h"
#include "session/wire_reader.h"

namespace avow::session {
namespace {

/// Every message is as long. Beside it stand some 700 bytes, and what make_record adds.
constexpr std::size_t kSaidSize = 16'384;
constexpr std::size_t kAdded = 256;

json::Object content(const SayRequest& said) {
  return json::Object{}
      .set("v", "avow/v1")
      .set("kind", "message")
      .set("core", version())
      .set("created_at", time::write_instant(time::start_of_day(said.now)))
      .set("policy", text::to_hex(said.policy))
      .set("change", text::to_hex(said.change))
      .set("language", said.language)
      .set("message", said.message)
      .set("reply", said.reply.empty() ? json::Value{} : json::Value{said.reply});
}

}  // namespace

std::string say(std::string_view request, Vault vault) {
  const VaultGuard guard(vault);
  return answer(request, [&](json::Fields& fields, Errors& errors) -> std::string {
    SayRequest asked;
    RequestReader(fields, errors).walk(asked);
    fields.finish();
    auto recipients = read_keys(asked.keys);
    if (!recipients)
      errors.insert(errors.end(), recipients.error().begin(), recipients.error().end());
    if (!trust::is_site(asked.site)) errors.push_back({Code::wrong_value, "/site", {}});
    json::Object said = content(asked);
    // Letters that JSON escapes take up to six times their bytes.
    if (canonical::write(said).size() + kAdded > kSaidSize)
      errors.push_back({Code::out_of_range, "/message", {}});
    if (!errors.empty()) return {};
    trust::Entropy entropy(vault.subspan(kKeyringSize));
    const Result<Keyring> keyring = new_keyring(entropy);
    if (!keyring) {
      errors.push_back(keyring.error());
      return {};
    }
    // As many recipients as every record has: the visitor's is thrown away.
    recipients->push_back(trust::recipient_of(keyring->identity));
    const trust::Header header{asked.site,   trust::device_key(keyring->seed),    1,
                               std::nullopt, trust::erase_commit(keyring->erase), trust::Op::set};
    const Result<trust::Record> record =
        trust::make_record(header, std::move(said), kSaidSize, *recipients, keyring->seed, entropy);
    trust::wipe(vault);
    if (!record) {
      errors.push_back(record.error());
      return {};
    }
    const Bytes bytes = trust::write_record(*record);
    return canonical::write(json::Object{}
                                .set("ok", true)
                                .set("id", text::to_hex(record->id))
                                .set("digest", text::to_hex(sha256(bytes)))
                                .set("bytes", text::to_base64(bytes, text::Base64::standard)));
  });
}

}  // namespace avow::session
