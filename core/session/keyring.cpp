#include "session/keyring.h"

#include <algorithm>

#include "base/fields.h"
#include "base/text.h"

namespace avow::session {

Result<Keyring> new_keyring(trust::Entropy& entropy) {
  const Result<trust::Secret> seed = entropy.secret(), identity = entropy.secret(),
                              erase = entropy.secret();
  if (!erase) return std::unexpected(erase.error());
  return Keyring{*seed, {*identity}, *erase};
}

Keyring read_keyring(Vault vault) {
  return {trust::Secret(vault.subspan<0, 32>()),
          {trust::Secret(vault.subspan<32, 32>())},
          trust::Secret(vault.subspan<64, 32>())};
}

void write_keyring(const Keyring& keyring, Vault vault) {
  std::ranges::copy(keyring.seed.view(), vault.begin());
  std::ranges::copy(keyring.identity.key.view(), vault.begin() + 32);
  std::ranges::copy(keyring.erase.view(), vault.begin() + 64);
}

json::Value write_chain(const Chain& chain) {
  return json::Object{}
      .set("v", 1)
      .set("site", chain.site)
      .set("device", text::to_hex(chain.device))
      .set("seq", chain.seq)
      .set("head", chain.head ? json::Value{text::to_hex(*chain.head)} : json::Value{})
      .set("until", chain.until)
      .set("subject", chain.subject ? json::Value{text::to_hex(*chain.subject)} : json::Value{});
}

Result<Chain> read_chain(const json::Value& stored) {
  Errors errors;
  json::Fields fields(stored, "", errors);
  Chain chain;
  if (fields.integer("v", 0, 1'000'000) != 1) fields.error(Code::unknown_version, "v");
  chain.site = fields.text("site", {1, 253});
  chain.device = fields.digest("device");
  chain.seq = fields.integer("seq", 1, (std::int64_t{1} << 53) - 2);
  chain.head = fields.digest("head");
  chain.until = fields.integer("until", 0, time::kLatest);
  if (fields.optional("subject") != nullptr) chain.subject = fields.digest("subject");
  fields.finish();
  if (errors.empty()) return chain;
  return fail(Code::stored_state, errors.front().where, std::string(name(errors.front().code)));
}

}  // namespace avow::session
