// avow keygen: the two keys of a company. The daily one opens records; the recovery one lies in a
// safe.
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <ctime>

#include "arguments.h"
#include "base/time.h"
#include "file.h"
#include "passphrase.h"
#include "screen.h"
#include "trust/passphrase.h"

namespace avow::cli {
namespace {

constexpr std::string_view kLabels[] = {"daily", "recovery"};

struct KeyFile {
  std::string_view label;
  std::string path;
  trust::Recipient recipient;
  std::string bytes;
};

/// Random bytes of the system; without any there is no key to make.
Bytes draw(std::size_t size) {
  Bytes out(size);
  if (getentropy(out.data(), out.size()) != 0) fatal("the system has no random bytes");
  return out;
}

/// The file as age-keygen writes it.
std::string identity_file(const trust::Identity& identity, const trust::Recipient& recipient) {
  std::string key = trust::write_identity(identity);
  const trust::Wiping wiped(key);
  std::string out;
  out.reserve(512);  // no growing, so no copies left behind
  out += "# created: " + time::write_instant(std::time(nullptr)) +
         "\n# public key: " + trust::write_recipient(recipient) + "\n";
  out += key;
  out += '\n';
  return out;
}

Result<KeyFile> make(std::string_view label, const std::string& folder,
                     const std::string* passphrase) {
  Bytes random = draw(Bytes::size_type{32});
  const trust::Wiping random_wiped(random);
  const trust::Identity identity{
      trust::Secret(std::span<const std::uint8_t, 32>(random.data(), 32))};
  KeyFile out{label, folder + "/" + std::string(label) + ".key", trust::recipient_of(identity), {}};
  std::string plain = identity_file(identity, out.recipient);
  const trust::Wiping plain_wiped(plain);
  if (passphrase == nullptr) {
    out.bytes = plain;
    return out;
  }
  const Bytes salt = draw(trust::kPassphraseEntropy);
  trust::Entropy entropy(salt);
  const Result<Bytes> sealed = trust::seal_with_passphrase(as_bytes(plain), *passphrase, entropy);
  if (!sealed) return std::unexpected(sealed.error());
  out.bytes = as_text(*sealed);
  return out;
}

int refuse(const std::string& why) {
  print(stderr, "avow keygen: " + why + "\n");
  return kUsage;
}

void tell(std::span<const KeyFile> keys) {
  print(stdout, "\"keys\": [\n");
  for (const KeyFile& key : keys) {
    print(stdout, "  { \"recipient\": \"" + trust::write_recipient(key.recipient) +
                      "\", \"label\": \"" + std::string(key.label) + "\" }" +
                      (&key == &keys.back() ? "\n" : ",\n"));
  }
  print(stdout, "]\n");
  for (const KeyFile& key : keys) {
    print(stderr, safe(key.path) + ": fingerprint " + trust::fingerprint(key.recipient) + "\n");
  }
  print(stderr,
        "Put the lines above into the policy. Keep recovery.key and its passphrase apart from "
        "daily.key, offline.\n");
}

int run_keygen(Words words) {
  const auto arguments =
      read_arguments(kKeygen, words, {{"--out"}, {"--plain", false}, {"--passphrase-file"}}, 0, 0);
  if (!arguments) return kUsage;
  const auto folder = arguments->value("--out");
  if (!folder || folder->empty()) return usage(kKeygen, "say where with --out.");
  const bool plain = arguments->has("--plain");
  if (plain && arguments->has("--passphrase-file"))
    return usage(kKeygen, "--plain takes no passphrase.");
  if (mkdir(folder->c_str(), 0700) != 0 && errno != EEXIST)
    return refuse(file_error(*folder, errno));
  for (const std::string_view label : kLabels) {
    const std::string path = *folder + "/" + std::string(label) + ".key";
    struct stat found{};
    if (lstat(path.c_str(), &found) == 0)
      return refuse(safe(path) + " is there already; a key is never overwritten.");
    if (errno != ENOENT) return refuse(file_error(path, errno));
  }

  std::string passphrase;
  const trust::Wiping wiped(passphrase);
  if (!plain) {
    auto typed = read_passphrase({arguments->value("--passphrase-file").value_or(""), false},
                                 "Passphrase for the two keys", true);
    if (!typed) return refuse(typed.error());
    passphrase = *typed;
    trust::wipe(*typed);
  }
  std::vector<KeyFile> keys;
  for (const std::string_view label : kLabels) {
    auto key = make(label, *folder, plain ? nullptr : &passphrase);
    if (!key) return refuse(describe(key.error()));
    keys.push_back(std::move(*key));
  }
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const auto written = write_new_file(keys[i].path, keys[i].bytes);
    if (plain) trust::wipe(keys[i].bytes);
    if (written) continue;
    // Half a pair is no pair.
    for (std::size_t made = 0; made < i; ++made) unlink(keys[made].path.c_str());
    return refuse(written.error());
  }
  tell(keys);
  return kFine;
}

}  // namespace

const Verb kKeygen{"keygen", "makes a daily and a recovery key",
                   R"(usage: avow keygen --out DIR [--passphrase-file FILE | --plain]

Makes DIR/daily.key and DIR/recovery.key, readable by their owner alone, and prints the "keys" of a policy, ready to
paste; the fingerprints go to stderr. Nothing is ever overwritten.

The files are age identity files sealed to a passphrase (scrypt), the way age itself does it: the stock tool opens a
record's sealed part with  age -d -i DIR/daily.key  and asks for the passphrase.

  --passphrase-file FILE  its first line is the passphrase; else it is read from stdin if that is no terminal, else
                          typed twice at the terminal, without echo
  --plain                 not sealed: as age-keygen writes them. For tests, and where the disk is the safe.

exit codes: 0 fine, 2 usage, no good passphrase, or a file that is there already or cannot be written
)",
                   run_keygen};

}  // namespace avow::cli
