// avow find: the records of one customer, or the one whose number somebody reads out.
#include "arguments.h"
#include "examine.h"
#include "identities.h"
#include "in_order.h"
#include "screen.h"

namespace avow::cli {
namespace {

/// A number as people say it, in the one spelling it is printed in: no hyphen, capitals, and the
/// letters that Crockford's alphabet leaves out read as the digits they look like. Nothing where it
/// is no number.
std::optional<std::string> read_number(std::string_view spoken) {
  std::string out;
  for (char c : spoken) {
    if (c == '-' || c == ' ') continue;
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == 'O') c = '0';
    if (c == 'I' || c == 'L') c = '1';
    if (std::string_view("0123456789ABCDEFGHJKMNPQRSTVWXYZ").find(c) == std::string_view::npos)
      return std::nullopt;
    out += c;
  }
  if (out.size() != 8) return std::nullopt;
  return out.substr(0, 4) + "-" + out.substr(4);
}

struct Match {
  std::string text;
  std::string unreadable;
  bool matches = false;
  bool wrong = false;
};

int run_find(Words words) {
  const auto arguments = read_arguments(
      kFind, words,
      {{"--subject"}, {"--number"}, {"--identity", true, "-i", true}, {"--passphrase-file"}}, 1,
      10'000);
  if (!arguments) return kUsage;
  const auto subject = arguments->value("--subject"), spoken = arguments->value("--number");
  if (subject.has_value() == spoken.has_value())
    return usage(kFind, "give either --subject or --number.");
  if (subject && !arguments->has("--identity"))
    return usage(kFind, "the subject is sealed inside: give a key with -i.");
  const auto number = spoken ? read_number(*spoken) : std::nullopt;
  if (spoken && !number)
    return usage(kFind,
                 "\"" + safe(*spoken) + "\" is no record number (eight letters and digits).");
  const std::vector<std::string>& files = arguments->files();
  const PassphraseSource source{arguments->value("--passphrase-file").value_or(""),
                                std::ranges::find(files, "-") != files.end()};
  const auto identities = read_identities(arguments->values("--identity"), source);
  if (!identities) {
    print(stderr, "avow find: " + identities.error() + "\n");
    return kUsage;
  }

  const auto said_by = [&](const Examined& examined) {
    const json::Object* payload = examined.payload ? examined.payload->object() : nullptr;
    const json::Value* named = payload == nullptr ? nullptr : payload->find("subject");
    return named != nullptr && named->string() != nullptr && *named->string() == *subject;
  };
  Intake intake(files);
  Progress progress(true);
  std::uint64_t found = 0, unopened = 0;
  bool wrong = false, unreadable = false;
  in_order(
      intake, progress,
      [&](const Incoming& incoming) {
        // Opening is the dear part, and a number is known without it.
        const auto empty = std::span<const trust::Identity>();
        Examined examined =
            examine(incoming, number ? empty : std::span<const trust::Identity>(*identities));
        Match match{
            {}, examined.unreadable ? examined.source : "", false, !examined.problems.empty()};
        if (examined.unreadable) return match;
        const auto id = examined.id();
        match.matches = number ? id && trust::short_number(*id) == *number : said_by(examined);
        if (match.matches && number && !identities->empty())
          examined = examine(incoming, *identities);
        match.wrong = !examined.problems.empty();
        if (match.matches) match.text = json_line(write_examined(examined));
        return match;
      },
      [&](const Match& match) {
        if (!match.unreadable.empty()) {
          unreadable = true;
          print(stderr, "avow find: " + match.unreadable + "\n");
        } else if (match.matches) {
          ++found;
          wrong = wrong || match.wrong;
          print(stdout, match.text);
        } else if (match.wrong) {
          ++unopened;
        }
      });
  // An answer to an access request must not be taken for complete when it is not.
  if (unopened > 0) {
    print(stderr, "avow find: " + std::to_string(unopened) +
                      " other records are bad or cannot be opened with these keys; " +
                      "avow open says which\n");
  }
  if (found == 0) print(stderr, "avow find: nothing found\n");
  return unreadable ? kUsage : found == 0 || wrong || unopened > 0 ? kWrong : kFine;
}

}  // namespace

const Verb kFind{"find", "finds the records of a customer, or the one with a number",
                 R"(usage: avow find --subject SUBJECT -i KEY... PATH...
       avow find --number NUMBER [-i KEY]... PATH...

Prints the records that match, each as one line of JSON like avow open.
  --subject SUBJECT       the account reference that the site gave to identify(); sealed inside, so a key is needed
  --number NUMBER         what the visitor's notice shows, "K7QF-2M9T"; hyphen and case do not matter, O is read as 0,
                          I and L as 1
  -i, --identity KEY      an identity file, plain or sealed to a passphrase; may repeat
  --passphrase-file FILE  its first line is the passphrase (see avow open)
PATH  a record file, a folder, an export of the collector, or - for stdin

exit codes: 0 found, 1 nothing found, or a record is bad or could not be opened, 2 usage or a file that cannot be read
)",
                 run_find};

}  // namespace avow::cli
