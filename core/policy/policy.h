#pragma once
// What may be asked of a visitor, by whom, and on what ground. docs/POLICY.md describes every
// field.

#include <optional>
#include <span>

#include "base/digest.h"
#include "base/json.h"
#include "base/time.h"

namespace avow::policy {

/// A text in every language the policy declares, in their order (BCP 47 tag, text).
struct Text {
  std::vector<std::pair<std::string, std::string>> languages;
  /// The text in `language`; empty where the field was left out.
  [[nodiscard]] std::string_view in(std::string_view language) const;
  [[nodiscard]] bool empty() const { return languages.empty(); }
};

/// What a purpose is for. The first four never rest on consent; from `sharing` on, PIPL asks a
/// separate one.
enum class Kind {
  service,
  contract,
  security,
  legal_obligation,
  functional,
  analytics,
  personalisation,
  marketing,
  media,
  sharing,            ///< provided to another controller (PIPL 23)
  cross_border,       ///< provided to a recipient abroad (PIPL 39)
  public_disclosure,  ///< made public (PIPL 25)
};

/// The legal bases of PIPL 13(1).
enum class Basis {
  consent,
  contract,
  employment,
  legal_obligation,
  emergency,
  news_reporting,
  public_information,
  other_law
};

/// What happens when a retention period ends (网络数据安全管理条例 21(3)).
enum class After { erase, anonymise, give_back };

enum class Role { processor, controller, joint };

enum class Regime { opt_in, opt_out, notice_only };

/// Whether a refusal by somebody who granted nothing before is recorded, and under which key
/// (docs/ARCHITECTURE.md, Trust).
enum class RefusalRecord { anonymous, chained, none };

struct Category {
  std::string id;
  Text name;
  bool sensitive = false;  ///< PIPL 28
};

struct Recipient {
  std::string id;
  Role role = Role::processor;
  Text name;
  std::string contact;
  std::string country;    ///< ISO 3166-1 alpha-2
  Text country_name;      ///< what visitors read of it; empty: the code
  Text rights_procedure;  ///< how rights are exercised against a recipient abroad (PIPL 39)
};

/// What a criterion counts as, in days: more than any period.
constexpr std::int64_t kLongestRetention = 2'147'483'647;

struct Retention {
  std::optional<time::Period> period;  ///< or `criteria`, never both
  Text criteria;
  After after = After::erase;
  /// Days at most; a criterion has no number and counts as longest.
  [[nodiscard]] std::int64_t days() const;
};

struct Purpose {
  std::string id;
  Kind kind = Kind::functional;
  Basis basis = Basis::consent;
  Text title;
  Text description;
  Text method;
  std::vector<std::string> methods;     ///< material: short ids of how data is processed
  std::vector<std::string> categories;  ///< ids
  std::vector<std::string> recipients;  ///< ids
  Retention retention;
  bool separate = false;  ///< asked by a control of its own, never carried by "accept all"
  Text necessity;         ///< PIPL 30
  Text impact;            ///< PIPL 30
  std::int64_t revision = 1;
  /// SHA-256 of the material facts: an answer stands while they stand (PIPL 14(2)).
  Digest terms{};

  [[nodiscard]] bool asks() const { return basis == Basis::consent; }
  /// Whether Global Privacy Control speaks of it: selling, sharing, targeted advertising (w3c/gpc).
  [[nodiscard]] bool answers_to_gpc() const {
    return kind == Kind::marketing || kind == Kind::sharing;
  }
};

/// A third-party service on the page, and the purpose it serves.
struct Service {
  std::string id;
  std::string purpose;
  Text name;
  std::string recipient;  ///< may be empty
};

struct Jurisdiction {
  std::string place;  ///< ISO 3166 ("CN", "US-CA"), or "*" for every known place not listed
  Regime regime = Regime::opt_in;
};

struct Controller {
  Text name;
  std::string email, phone;  ///< at least one way to reach it (PIPL 17)
  Text address;
};

/// A way to exercise a right (PIPL 44 to 50).
struct Right {
  std::string type;
  Text channel;  ///< links
  Text procedure;
};

struct Validity {
  time::Period grant, refusal;
};

/// How a backend says that it has a record: by repeating its hash, or by status alone.
enum class Acknowledge { echo, status };

/// Where records are put. An empty `url`: the host's own transport carries them.
struct Collector {
  std::string url;
  Acknowledge acknowledge = Acknowledge::echo;
};

/// Whether a page in a frame of another origin's page may be told yes where the browser cannot say
/// that the notice was seen.
enum class Framed { seen, allow };

/// Where the first layer stands: across the foot of the window, as a card above it, in its corner,
/// in its middle.
enum class Layout { card, bar, corner, center };
enum class Density { comfortable, compact };
/// How the door looks that leads back to the choices; `none`: the page has its own.
enum class Entry { icon, text, none };

/// How the notice looks, beyond what style sheets reach.
struct Look {
  Layout layout = Layout::card;
  Density density = Density::comfortable;
  Entry entry = Entry::icon;
  std::string logo;  ///< an image's address; may be empty
};

struct SealKey {
  std::string recipient;  ///< "age1…"
  std::string label;
};

struct Policy {
  std::string site;
  std::string version;  ///< the author's own
  time::Instant effective_at = 0;
  std::vector<std::string> languages;
  /// Where a text is missing in the first language, the second one's stands. Authored policies
  /// only.
  std::vector<std::pair<std::string, std::string>> fallbacks;
  Controller controller;
  Text rules_url;
  std::vector<Category> categories;
  std::vector<Recipient> recipients;
  std::vector<Purpose> purposes;
  std::vector<Service> services;
  std::vector<Right> rights;
  std::vector<Jurisdiction> jurisdictions;
  Validity validity;
  RefusalRecord record_refusals = RefusalRecord::anonymous;
  Framed framed = Framed::seen;
  Look look;
  std::vector<SealKey> keys;
  Collector collector;

  [[nodiscard]] const Purpose* purpose(std::string_view purpose_id) const;
  [[nodiscard]] const Category* category(std::string_view category_id) const;
  [[nodiscard]] const Recipient* recipient(std::string_view recipient_id) const;
};

[[nodiscard]] std::string_view spell(Regime regime);
[[nodiscard]] std::string_view spell(Kind kind);
[[nodiscard]] std::string_view spell(Basis basis);
[[nodiscard]] std::string_view spell(After after);
[[nodiscard]] std::string_view spell(Role role);
/// Whether the law asks for a consent of its own for this kind (PIPL 23, 25, 39).
[[nodiscard]] bool needs_separate_consent(Kind kind);

}  // namespace avow::policy
