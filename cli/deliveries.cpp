// avow deliveries: who has been reached by an announcement, by what the company's own system says
// of the messages that it sent.
#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <filesystem>
#include <map>
#include <unordered_map>

#include "announcing.h"
#include "arguments.h"
#include "base/fields.h"
#include "base/time.h"
#include "change/declaration.h"
#include "csv.h"
#include "file.h"
#include "policy/shape.h"
#include "progress.h"
#include "screen.h"

namespace avow::cli {
namespace {

enum class Status : std::uint8_t { delivered, failed, unknown };
constexpr json::Spelling<Status> kStatuses[] = {
    {"delivered", Status::delivered}, {"failed", Status::failed}, {"unknown", Status::unknown}};
constexpr std::string_view kColumns[] = {"subject", "channel", "status", "at"};
constexpr std::size_t kMostChannels = 64;

/// What was last said of a person on one channel.
struct Last {
  std::uint8_t channel = 0;
  Status status = Status::unknown;
  time::Instant at = 0;
  time::Instant first = time::kLatest;  ///< when it was first delivered
};

/// Everybody who stands in the file, in the order in which they first do.
class People {
 public:
  /// The later word counts; of two at the same time, the one that stands later.
  void tell(const std::string& subject, std::uint8_t channel, Status status, time::Instant at) {
    const auto [it, fresh] = by_subject_.try_emplace(subject);
    if (fresh) order_.push_back(&*it);
    const time::Instant delivered = status == Status::delivered ? at : time::kLatest;
    const auto known = std::ranges::find(it->second, channel, &Last::channel);
    if (known == it->second.end()) {
      it->second.push_back({channel, status, at, delivered});
      return;
    }
    known->first = std::min(known->first, delivered);
    if (at >= known->at) *known = {channel, status, at, known->first};
  }

  static bool reached(const std::vector<Last>& lasts) {
    return std::ranges::any_of(lasts,
                               [](const Last& one) { return one.status == Status::delivered; });
  }

  /// Whether who has been reached was so before this.
  static bool reached_before(const std::vector<Last>& lasts, time::Instant day) {
    return std::ranges::any_of(
        lasts, [&](const Last& one) { return one.status == Status::delivered && one.first < day; });
  }

  using Person = std::pair<const std::string, std::vector<Last>>;
  [[nodiscard]] const std::vector<const Person*>& all() const { return order_; }

 private:
  std::unordered_map<std::string, std::vector<Last>> by_subject_;
  std::vector<const Person*> order_;
};

class Deliveries {
 public:
  /// `from`: the day from which people are told; rows of earlier days are another announcement's.
  Deliveries(std::string path, time::Instant from) : path_(std::move(path)), from_(from) {}

  /// Reads all of it; what is wrong is said on stderr. Nothing but a file that cannot be read is an
  /// error here.
  std::expected<void, std::string> read() {
    std::FILE* file = path_ == "-" ? stdin : std::fopen(path_.c_str(), "rbe");
    if (file == nullptr) return std::unexpected(file_error(path_, errno));
    std::error_code unsized_error;
    const std::uint64_t size = path_ == "-" ? 0 : std::filesystem::file_size(path_, unsized_error);
    Progress progress(false, "rows");
    CsvReader rows(file);
    std::uint64_t count = 0;
    while (const auto row = rows.next()) {
      if (columns_.empty())
        header(*row);
      else
        take(*row);
      if (errors_ >= kMostErrors || columns_.empty()) break;
      if (++count % 4'096 != 0) continue;
      progress.tell(4'096, size == 0 || unsized_error
                               ? std::nullopt
                               : std::optional(static_cast<int>(std::min<std::uint64_t>(
                                     100, rows.bytes_read() * 100 / size))));
    }
    progress.clear();
    const int error = std::ferror(file) != 0 ? errno : 0;
    if (file != stdin) std::fclose(file);
    if (error != 0) return std::unexpected(file_error(path_, error));
    if (columns_.empty() && errors_ == 0)
      complain(1, Code::missing_field, "", "Want a first line with the names of the columns.");
    return {};
  }

  [[nodiscard]] bool good() const { return errors_ == 0; }
  [[nodiscard]] const People& people() const { return people_; }
  [[nodiscard]] const std::vector<std::string>& channels() const { return channels_; }

 private:
  void complain(std::uint64_t line, Code code, std::string_view column, std::string detail) {
    ++errors_;
    const std::string place = (path_ == "-" ? "stdin" : path_) + ":" + std::to_string(line);
    print_errors(stderr, place, {{code, std::string(column), std::move(detail)}});
  }

  void header(const CsvRow& row) {
    if (!row.error.empty()) return complain(row.line, Code::wrong_value, "", row.error);
    const std::size_t before = errors_;
    for (std::size_t i = 0; i < row.fields.size(); ++i) {
      const std::string& name = row.fields[i];
      if (std::ranges::find(kColumns, name) == std::end(kColumns))
        complain(row.line, Code::unknown_field, safe(name), "Want subject, channel, status, at.");
      else if (std::ranges::find(row.fields, name) - row.fields.begin() !=
               static_cast<std::ptrdiff_t>(i))
        complain(row.line, Code::duplicate_id, name, "The column stands twice.");
    }
    for (const std::string_view name : kColumns) {
      if (std::ranges::find(row.fields, name) == row.fields.end())
        complain(row.line, Code::missing_field, name, {});
    }
    if (errors_ == before) columns_ = row.fields;
  }

  void take(const CsvRow& row) {
    if (!row.error.empty()) return complain(row.line, Code::wrong_value, "", row.error);
    if (row.fields.size() != columns_.size())
      return complain(row.line, Code::wrong_value, "",
                      "Got " + std::to_string(row.fields.size()) + " fields, want " +
                          std::to_string(columns_.size()) + ".");
    const auto field = [&](std::string_view column) -> const std::string& {
      const auto at = std::ranges::find(columns_, column) - columns_.begin();
      return row.fields[static_cast<std::size_t>(at)];
    };
    const std::size_t before = errors_;
    const std::string& subject = field("subject");
    if (subject.empty()) complain(row.line, Code::missing_field, "subject", "Say who it was.");
    const auto channel = channel_of(field("channel"));
    if (!channel)
      complain(row.line, Code::wrong_value, "channel",
               "Got \"" + safe(field("channel")) +
                   "\", want a word in lower case, such as mail, sms, telephone or post.");
    const auto status =
        std::ranges::find(kStatuses, field("status"), &json::Spelling<Status>::name);
    if (status == std::end(kStatuses))
      complain(row.line, Code::wrong_value, "status",
               "Got \"" + safe(field("status")) + "\", want delivered, failed or unknown.");
    auto at = time::read_instant(field("at"));
    if (!at) at = time::read_date(field("at"));
    if (!at)
      complain(row.line, Code::time_malformed, "at",
               "Got \"" + safe(field("at")) + "\", want 2026-12-01T08:00:00Z or 2026-12-01.");
    // A day begins earlier in the east than in UTC.
    if (at && *at < from_ - time::kDay)
      complain(row.line, Code::out_of_range, "at",
               "Got \"" + safe(field("at")) + "\": people are told from " +
                   time::write_date(from_) + " on.");
    if (errors_ == before) people_.tell(subject, *channel, status->value, *at);
  }

  /// The channel's place among those that have been named.
  std::optional<std::uint8_t> channel_of(const std::string& name) {
    const auto known = std::ranges::find(channels_, name);
    if (known != channels_.end()) return static_cast<std::uint8_t>(known - channels_.begin());
    if (!policy::is_id(name) || channels_.size() == kMostChannels) return std::nullopt;
    channels_.push_back(name);
    return static_cast<std::uint8_t>(channels_.size() - 1);
  }

  std::string path_;
  time::Instant from_;
  std::vector<std::string> columns_, channels_;
  People people_;
  std::size_t errors_ = 0;
};

std::string write_unreached(const Deliveries& deliveries) {
  std::string out = "\xEF\xBB\xBF";  // so that spreadsheets read it as UTF-8
  out += csv_line({kColumns[0], kColumns[1], kColumns[2], kColumns[3]});
  for (const auto* person : deliveries.people().all()) {
    if (People::reached(person->second)) continue;
    for (const Last& last : person->second)
      out += csv_line({person->first, deliveries.channels()[last.channel],
                       json::spelled(kStatuses, last.status), time::write_instant(last.at)});
  }
  return out;
}

using Counts = std::array<std::int64_t, 3>;

/// Whom an announcement is meant for, as far as the company says.
struct Meant {
  std::string_view who = "people";
  std::int64_t count = 0;  ///< 0: no more is known than who stands in the file
  time::Instant from = 0,
                effective = time::kLatest;  ///< the announcement's days, where one is named
};

/// A whole number above 0; 0 where it is none.
std::int64_t read_count(const std::string& text) {
  std::int64_t out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc{} || end != text.data() + text.size() || out < 1) return 0;
  return out;
}

int run_deliveries(Words words) {
  const auto arguments = read_arguments(
      kDeliveries, words, {{"--unreached"}, {"--of"}, {"--change"}, {"--json", false}}, 1, 1);
  if (!arguments) return kUsage;
  Meant meant;
  if (const auto of = arguments->value("--of")) {
    meant.count = read_count(*of);
    if (meant.count == 0) return usage(kDeliveries, "--of wants a whole number of people, from 1.");
  }
  if (const auto file = arguments->value("--change")) {
    int code = kFine;
    const auto announcement = read_announcement(kDeliveries, *file, code);
    if (!announcement) return code;
    if (announcement->audience != change::Audience::everybody)
      meant.who = json::spelled(change::kAudiences, announcement->audience);
    meant.from = announcement->notify_from;
    meant.effective = announcement->effective_at;
  }
  const auto refuse = [](const std::string& why) {
    print(stderr, "avow deliveries: " + why + "\n");
    return kUsage;
  };
  Deliveries deliveries(arguments->files()[0], meant.from);
  if (const auto read = deliveries.read(); !read) return refuse(read.error());
  // Numbers of a file that is not understood would be taken for true.
  if (!deliveries.good()) return kWrong;

  std::map<std::string, Counts> by_channel;
  std::int64_t reached = 0, late = 0;
  for (const auto* person : deliveries.people().all()) {
    const bool told = People::reached(person->second);
    reached += told ? 1 : 0;
    late += told && !People::reached_before(person->second, meant.effective) ? 1 : 0;
    for (const Last& last : person->second)
      ++by_channel[deliveries.channels()[last.channel]][static_cast<std::size_t>(last.status)];
  }
  const auto all = static_cast<std::int64_t>(deliveries.people().all().size());
  if (meant.count != 0 && meant.count < all)
    return refuse("--of says " + std::to_string(meant.count) + ", and the file has " +
                  std::to_string(all) + " people.");
  const std::int64_t of = meant.count == 0 ? all : meant.count;
  const auto out = arguments->value("--unreached");
  if (out) {
    if (const auto written = write_new_file(*out, write_unreached(deliveries)); !written)
      return refuse(written.error());
  }
  if (arguments->has("--json")) {
    json::Object channels;
    for (const auto& [channel, counts] : by_channel) {
      json::Object each;
      for (const auto& [name, status] : kStatuses)
        each.set(std::string(name), counts[static_cast<std::size_t>(status)]);
      channels.set(channel, std::move(each));
    }
    json::Object counted;
    if (arguments->has("--change")) counted.set("late", late);
    print(stdout, json_line(counted.set("meant", meant.count == 0 ? json::Value{} : json::Value{of})
                                .set("people", all)
                                .set("reached", reached)
                                .set("unreached", of - reached)
                                .set("channels", std::move(channels))));
    return kFine;
  }
  print(stdout,
        "announced to " + std::to_string(reached) + " of " + std::to_string(of) + " " +
            std::string(meant.who) +
            (meant.count == 0 ? " in the file (--of COUNT: how many it is meant for)\n" : "\n"));
  for (const auto& [channel, counts] : by_channel) {
    std::string line = "  " + channel;
    line.resize(std::max<std::size_t>(line.size() + 2, 13), ' ');
    for (const auto& [name, status] : kStatuses) {
      line += (status == Status::delivered ? "" : ", ") +
              std::to_string(counts[static_cast<std::size_t>(status)]) + " " + std::string(name);
    }
    print(stdout, line + "\n");
  }
  if (late > 0)
    print(stdout, "too late: " + std::to_string(late) +
                      " of them, told only once it is in effect (" +
                      time::write_date(meant.effective) + ")\n");
  std::string who = of > all ? "the other " + std::to_string(all - reached) : std::string("who");
  std::string told = "not reached: " + std::to_string(of - reached);
  if (of > all) told += ", of whom " + std::to_string(of - all) + " stand in no row";
  if (out)
    told += " (" + (of > all ? who + " " : std::string()) + "written to " + safe(*out) + ")";
  else if (all > reached)
    told += " (--unreached OUT.csv writes " + who + ")";
  print(stdout, told + "\n");
  return kFine;
}

}  // namespace

const Verb kDeliveries{
    "deliveries", "says whom an announcement has reached",
    R"(usage: avow deliveries [--of COUNT] [--change FILE] [--json] [--unreached OUT.csv] RESULTS.csv

Reads what your own system says of the messages that it sent, and prints how many people have been reached, by which
channel, and how many have not. Of a person and a channel the last word counts; whoever was reached by one channel has
been reached. RESULTS.csv (RFC 4180, UTF-8, with or without a byte order mark) has these columns, in any order:

  subject   your reference of a person; nothing else of them is needed
  channel   a word in lower case: mail, sms, telephone, post
  status    delivered, failed or unknown
  at        2026-12-01T08:00:00Z, or a day

--of COUNT           how many people the announcement is meant for, by your own count: who stands in no row has not
                     been reached. Without it only the people in the file are counted
--change FILE        the announcement (avow change): its audience is called what it is, customers or visitors; who was
                     told only once it is in effect is counted apart, and a row of before people are told is not good
--unreached OUT.csv  also writes who has not been reached, with the last word of each channel: a new file of the same
                     form that only you can read
--json               one line of JSON instead: {"channels", "meant", "people", "reached", "unreached"};
                     "meant" is null without --of; "late" with --change
RESULTS.csv          a file, or - for stdin

exit codes: 0 fine, 1 a row is not good (each on stderr as FILE:LINE), and nothing is counted, 2 usage or a file that
            cannot be read or written
)",
    run_deliveries};

}  // namespace avow::cli
