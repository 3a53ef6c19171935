#include "session/sealing.h"

#include <algorithm>

#include "base/canonical.h"
#include "base/text.h"
#include "session/verdict.h"
#include "sync/outbox.h"

namespace avow::session {
namespace {

/// Whether the vault holds the key of the visit's chain, and that key may still sign.
bool continues_chain(const Visit& visit, Vault vault, const std::string& site) {
  return visit.chain && visit.chain->site == site && visit.now < visit.chain->until &&
         trust::device_key(read_keyring(vault).seed) == visit.chain->device;
}

trust::Header header_of(const Chain& chain, const Keyring& keyring, trust::Op op) {
  return {chain.site, chain.device, chain.seq + 1, chain.head, trust::erase_commit(keyring.erase),
          op};
}

/// Everybody's record has the same recipients: the company's keys and one of the visitor's, used or
/// thrown away.
std::vector<trust::Recipient> recipients(const Loaded& loaded, const Keyring& keyring) {
  std::vector<trust::Recipient> out = loaded.recipients;
  out.push_back(trust::recipient_of(keyring.identity));
  return out;
}

Chain start_chain(const std::string& site, const Keyring& keyring) {
  Chain chain;
  chain.site = site;
  chain.device = trust::device_key(keyring.seed);
  return chain;
}

void write_sealed(json::Object& out, const Sealed& sealed) {
  out.set("chain", sealed.chain ? write_chain(*sealed.chain) : json::Value{});
  if (!sealed.record) {
    out.set("record", nullptr).set("entry", nullptr);
    return;
  }
  const trust::Record& record = *sealed.record;
  const Bytes bytes = trust::write_record(record);
  sync::Outbox one;
  sync::enqueue(one, {.id = record.id,
                      .digest = sha256(bytes),
                      .device = record.header.device,
                      .seq = record.header.seq,
                      .op = record.header.op});
  out.set("record", json::Object{}
                        .set("id", text::to_hex(record.id))
                        .set("number", trust::short_number(record.id))
                        .set("seq", record.header.seq)
                        .set("bytes", text::to_base64(bytes, text::Base64::standard)));
  out.set("entry", (*sync::write_outbox(one).array())[0]);
}

}  // namespace

VaultGuard::~VaultGuard() { trust::wipe(vault_.subspan(kKeyringSize)); }

Result<Sealed> seal_choice(const SealingRequest& request, Vault vault) {
  const policy::Facts& facts = request.loaded.facts;
  trust::Entropy entropy(vault.subspan(kKeyringSize));
  const bool chained = continues_chain(request.visit, vault, facts.site);
  const bool keeps =
      chained || request.grants || facts.record_refusals == policy::RefusalRecord::chained;
  Sealed out;
  if (!keeps && facts.record_refusals == policy::RefusalRecord::none) {
    trust::wipe(vault);
    return out;
  }

  Keyring keyring;
  if (chained) {
    keyring = read_keyring(vault);
  } else {
    const Result<Keyring> fresh = new_keyring(entropy);
    if (!fresh) return std::unexpected(fresh.error());
    keyring = *fresh;
  }
  Chain chain = chained ? *request.visit.chain : start_chain(facts.site, keyring);
  Payload payload = request.payload;
  // A refusal by somebody who granted nothing names nobody, whatever the host knows
  // (docs/ARCHITECTURE.md, Trust).
  if (!keeps) payload.subject.clear();
  // A chain whose key is gone or was copied away is not continued but named.
  const Visit& visit = request.visit;
  if (keeps && !chained && visit.chain && visit.chain->site == facts.site &&
      visit.now < visit.chain->until) {
    payload.continues = visit.chain->device;
  }

  Result<trust::Record> record = trust::make_record(
      header_of(chain, keyring, trust::Op::set), write_payload(payload), padded_size(facts),
      recipients(request.loaded, keyring), keyring.seed, entropy);
  if (!record) return std::unexpected(record.error());
  out.record = std::move(*record);
  if (!keeps) {
    trust::wipe(vault);
    return out;
  }
  chain.seq = out.record->header.seq;
  chain.head = out.record->id;
  chain.until = std::max(chain.until, request.key_until);
  if (!payload.subject.empty()) chain.subject = sha256(as_bytes(payload.subject));
  out.chain = chain;
  write_keyring(keyring, vault);
  return out;
}

Result<Sealed> seal_erase(const Loaded& loaded, const Visit& visit, Vault vault) {
  if (!visit.chain) return fail(Code::stored_state, "/chain", "There is no chain to erase.");
  const Keyring keyring = read_keyring(vault);
  if (trust::device_key(keyring.seed) != visit.chain->device) {
    return fail(Code::secret_malformed, {}, "The key given is not this chain's.");
  }
  trust::Entropy entropy(vault.subspan(kKeyringSize));
  Payload payload;
  payload.kind = "erase";
  payload.created_at = payload.until = visit.now;
  payload.policy = loaded.facts.id;
  payload.language = visit.language;
  payload.signals = visit.signals;
  payload.regime = policy::jurisdiction_at(loaded.facts.jurisdictions, visit.signals.place).regime;
  payload.control = "erase";
  payload.via = "notice";
  Result<trust::Record> record = trust::make_record(
      header_of(*visit.chain, keyring, trust::Op::erase), write_payload(payload),
      padded_size(loaded.facts), recipients(loaded, keyring), keyring.seed, entropy);
  if (!record) return std::unexpected(record.error());
  trust::wipe(vault);
  return Sealed{std::move(*record), std::nullopt};
}

std::string sealed_answer(const Loaded& loaded, Visit visit, const consent::Choice& choice,
                          const Sealed& sealed, const Errors& warnings) {
  visit.held = choice;
  json::Object out;
  write_decision(out, loaded, visit,
                 consent::decide(loaded.facts, visit.signals, &choice, visit.now), warnings);
  out.set("choice", write_choice(choice));
  write_sealed(out, sealed);
  return canonical::write(out);
}

}  // namespace avow::session
