// avow-trust-driver: the trust room at a terminal, for tests that compare it with other people's
// tools. Input on stdin, result on stdout; a refusal is one line on stderr ("code at where: …") and
// exit code 1.
//   seal RECIPIENT...                      open IDENTITY-FILE
//   seal-passphrase PASSPHRASE WORK        open-passphrase PASSPHRASE
//   make-record SIZE RECIPIENT...          stdin: the payload's own fields, a JSON object
//   describe-record                        prints id, number and header of a record that verifies
//   open-record IDENTITY-FILE              prints the content of a record, canonical

#include <sys/random.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "base/canonical.h"
#include "base/text.h"
#include "trust/passphrase.h"
#include "trust/record.h"

using namespace avow;
using namespace avow::trust;

namespace {

Bytes read_all(std::FILE* file) {
  Bytes out;
  std::uint8_t part[65'536];
  for (std::size_t got; (got = std::fread(part, 1, sizeof part, file)) > 0;)
    append(out, {part, got});
  return out;
}

void print(ByteView bytes) { std::fwrite(bytes.data(), 1, bytes.size(), stdout); }

template <class T>
T must(Result<T> result) {
  if (!result) {
    std::fprintf(stderr, "%s\n", describe(result.error()).c_str());
    std::exit(1);
  }
  return std::move(*result);
}

Bytes draw(std::size_t size) {
  Bytes out(size);
  for (std::size_t at = 0; at < size; at += 256) {
    if (getentropy(out.data() + at, std::min<std::size_t>(256, size - at)) != 0) std::exit(3);
  }
  return out;
}

std::vector<Recipient> recipients(char** first, char** last) {
  std::vector<Recipient> out;
  for (; first != last; ++first) out.push_back(must(read_recipient(*first)));
  return out;
}

std::vector<Identity> identities(const char* path) {
  std::FILE* file = std::fopen(path, "rb");
  if (file == nullptr) std::exit(2);
  const Bytes text = read_all(file);
  std::fclose(file);
  return must(read_identity_file(as_text(text)));
}

/// The first record of a new device.
Record make(std::size_t size, std::span<const Recipient> to, ByteView content) {
  const auto fields = json::read(as_text(content));
  if (!fields || fields->object() == nullptr) std::exit(2);
  const Bytes random = draw(64 + seal_entropy(to.size()));
  Entropy entropy{random};
  const Secret seed = must(entropy.secret());
  Header header;
  header.site = "shop.example";
  header.device = device_key(seed);
  header.erase_commit = erase_commit(must(entropy.secret()));
  return must(make_record(header, *fields->object(), size, to, seed, entropy));
}

}  // namespace

int main(int count, char** words) {
  const std::string_view verb = count > 1 ? words[1] : "";
  const Bytes input = read_all(stdin);
  if (verb == "seal" && count > 2) {
    const auto to = recipients(words + 2, words + count);
    const Bytes random = draw(seal_entropy(to.size()));
    Entropy entropy{random};
    print(must(seal(input, to, entropy)));
  } else if (verb == "open" && count == 3) {
    print(must(trust::open(input, identities(words[2]))));
  } else if (verb == "seal-passphrase" && count == 4) {
    const Bytes random = draw(kPassphraseEntropy);
    Entropy entropy{random};
    print(must(seal_with_passphrase(input, words[2], entropy, std::atoi(words[3]))));
  } else if (verb == "open-passphrase" && count == 3) {
    print(must(open_with_passphrase(input, words[2])));
  } else if (verb == "make-record" && count > 3) {
    print(write_record(
        make(std::strtoul(words[2], nullptr, 10), recipients(words + 3, words + count), input)));
  } else if (verb == "describe-record" && count == 2) {
    const Record record = must(read_record(input));
    std::printf("%s\n%s\n%s\n", text::to_hex(record.id).c_str(), short_number(record.id).c_str(),
                record.header_line.c_str());
  } else if (verb == "open-record" && count == 3) {
    std::printf("%s\n",
                canonical::write(must(open_record(must(read_record(input)), identities(words[2]))))
                    .c_str());
  } else {
    std::fprintf(stderr, "see the first lines of tests/interop/driver.cpp\n");
    return 2;
  }
  return 0;
}
