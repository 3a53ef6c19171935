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

/// What a purpose is for.
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
  sharing,            ///< provided to another controller
  cross_border,       ///< provided to a recipient abroad
  public_disclosure,  ///< made public by the company
  publication,        ///< made public by the visitor's own act: a comment, a listing
};

/// The grounds that laws know, as one vocabulary: which law knows which is law.h's.
enum class Basis {
  consent,
  contract,
  employment,
  legal_obligation,
  emergency,
  vital_interests,
  public_task,
  legitimate_interests,
  news_reporting,
  public_information,
  other_law
};

/// What a kind of data is. What of it is sensitive, a law says (law.h).
enum class DataClass {
  ordinary,
  biometric,
  religion,
  identity,
  health,
  finance,
  location,
  child,
  credentials,
  communications,
  origin,
  politics,
  trade_union,
  genetic,
  sexuality,
  criminal,
  other_sensitive
};

enum class About { visitor, child, other };

/// Where data comes from.
enum class Source { person, device, generated, third_party };

/// Where a purpose is pursued; what does not happen on the site is told there, not asked, and
/// runs nothing there.
enum class Where { site, app, mini_program, platform, telephone, store };

/// What happens when a retention period ends.
enum class After { erase, anonymise, give_back };

/// From what a retention period runs.
enum class Event {
  collection,
  year_end,
  last_visit,
  last_contact,
  last_purchase,
  completion,
  contract_end,
  account_closed,
  withdrawal
};

enum class Bound { at_most, at_least };

enum class Role { processor, controller, joint };

/// Whether a recipient is a company, a sort of companies, or whom the visitor chooses.
enum class Naming { named, sort, chosen };

/// What makes a transfer to another country lawful.
enum class Safeguard {
  adequacy,
  contract_clauses,
  binding_rules,
  derogation,
  security_assessment,
  certification,
  standard_contract,
  exempt
};

/// What a use of data counts as where a law tells sale, sharing and disclosure apart.
enum class CountsAs { disclosure, share, sale };

/// What a refusal costs.
enum class Effect { none, this_function, service };

enum class OnWithdrawal { erase, anonymise, stop };

/// How somebody is reached, and by which rule.
enum class Reach { email, sms, telephone, post, push };
enum class ReachRule { asked_here, asked_elsewhere, existing_customer, opt_out };

enum class Regime { opt_in, opt_out, notice_only };

/// Whether a refusal by somebody who granted nothing before is recorded, and under which key
/// (docs/ARCHITECTURE.md, Trust).
enum class RefusalRecord { anonymous, chained, none };

struct Category {
  std::string id;
  Text name;
  DataClass data_class = DataClass::ordinary;
  About about = About::visitor;
  std::optional<Source> source;  ///< for every purpose that says no other
};

/// By what a transfer abroad is covered, under one law.
struct Cover {
  std::string law;
  Safeguard kind = Safeguard::adequacy;
  Text copy;  ///< a link
};

/// What `Recipient::countries` holds where the company does not say which.
inline constexpr std::string_view kUnnamed = "unnamed";

struct Recipient {
  std::string id;
  Naming naming = Naming::named;
  std::optional<Role> role;  ///< in every use that says no other
  Text name;                 ///< of a sort: its words, "couriers"
  std::string registration;  ///< while it stands, another name is the same company
  std::string contact;
  std::vector<std::string> countries;  ///< ISO 3166-1 alpha-2, or kUnnamed
  Text country_names;                  ///< what visitors read of them; empty: the codes
  Text examples;                       ///< of a sort
  Text list;                           ///< a link to those of a sort
  Text chosen;                         ///< where the visitor chooses it
  std::vector<Cover> covers;
  Text arrangement;       ///< a link: what joint controllers have agreed
  Text rights_procedure;  ///< how rights are exercised against a recipient abroad
};

/// What a criterion counts as, in days: more than any period.
constexpr std::int64_t kLongestRetention = 2'147'483'647;

struct Retention {
  std::vector<std::string> categories;  ///< ids; empty: all that the purpose uses
  std::optional<time::Period> period;   ///< or `criteria`, never both
  Text criteria;
  Event from = Event::collection;
  Bound bound = Bound::at_most;
  Text ground;  ///< why it is kept so long
  std::vector<After> after;
  /// Days at most. What has no end in days counts as longest: a criterion, and a least time.
  [[nodiscard]] std::int64_t days() const;
  /// Whether it speaks of this data.
  [[nodiscard]] bool holds_for(std::string_view category) const;
};

struct Ground {
  std::string law;
  Basis basis = Basis::consent;
  Text when;      ///< in which case
  Text interest;  ///< which legitimate interest
};

/// What a purpose says of the origin of some of its data.
struct Origin {
  std::vector<std::string> categories;  ///< ids
  Source source = Source::person;
  Text from;  ///< who a third party is
};

/// How a purpose uses a recipient, where that differs from what holds of the recipient itself.
struct Use {
  std::string recipient;
  std::optional<Role> role;
  std::vector<std::string> categories;  ///< ids; empty: all that the purpose uses
  std::optional<Basis> basis;
  std::optional<CountsAs> counts_as;
  Text purpose;  ///< what the recipient does with it
  Text method;
  Text kept;  ///< how long the recipient keeps it
};

struct IfRefused {
  Effect effect = Effect::none;
  Text loses;    ///< which function
  Text instead;  ///< the other way that is offered
  Text price;    ///< what that way costs
};

struct Withdrawn {
  OnWithdrawal then = OnWithdrawal::erase;
  std::optional<time::Period> within;
};

struct Channel {
  Reach channel = Reach::email;
  ReachRule rule = ReachRule::asked_here;
  Text stop;  ///< how it is ended
};

struct Permission {
  Text name;
  Where where = Where::site;
  Text if_refused;
};

struct Automated {
  bool significant = false;
  Text logic;
  Text refuse;  ///< a link
};

struct Incentive {
  Text terms, leave, value;
};

/// What every purpose repeats that says no other.
struct Defaults {
  std::vector<Retention> retention;
  std::optional<IfRefused> if_refused;
  std::optional<Withdrawn> on_withdrawal;
  std::vector<Where> where;
};

struct Purpose {
  std::string id;
  Kind kind = Kind::functional;
  Basis basis = Basis::consent;
  std::vector<Ground> bases;  ///< by law, beside `basis`
  Text title;
  Text description;
  Text method;
  std::vector<std::string> methods;     ///< material: short ids of how data is processed
  std::vector<std::string> categories;  ///< ids
  std::vector<std::string> optional;    ///< those of them that the visitor may leave out
  std::vector<Origin> sources;
  std::vector<std::string> recipients;  ///< ids
  std::vector<Use> sharing;
  std::vector<Retention> retention;
  /// Which of the defaults each entry was filled in from; empty where the purpose has its own.
  std::vector<std::size_t> retention_from;
  std::optional<IfRefused> if_refused;
  std::optional<Withdrawn> on_withdrawal;
  std::vector<Where> where;  ///< empty: on the site
  std::vector<Channel> channels;
  std::vector<Permission> permissions;
  std::optional<Automated> automated;
  std::optional<Incentive> incentive;
  Text on_behalf_of;      ///< for whom, where the company is a processor itself
  bool separate = false;  ///< asked by a control of its own, never carried by "accept all"
  Text necessity;         ///< why sensitive data is necessary
  Text impact;            ///< what that means for the visitor
  std::int64_t revision = 1;
  /// SHA-256 of the material facts: an answer stands while they stand.
  Digest terms{};

  [[nodiscard]] bool on_site() const;
  /// Whether a visitor of the site is asked about it.
  [[nodiscard]] bool asks() const { return basis == Basis::consent && on_site(); }
  /// Whether consent to it is asked for where it is pursued, and not on the site.
  [[nodiscard]] bool asked_elsewhere() const { return basis == Basis::consent && !on_site(); }
  /// Whether consent is asked for in a case of it, though it rests on another ground.
  [[nodiscard]] bool asked_in_a_case() const;
  /// Whether a form asks for consent to reach somebody by some way.
  [[nodiscard]] bool asked_by_a_form() const;
  /// Whether Global Privacy Control speaks of it: selling, sharing, targeted advertising (w3c/gpc).
  [[nodiscard]] bool answers_to_gpc() const;
  /// How long the data is kept that is kept longest.
  [[nodiscard]] std::int64_t kept_days() const;
  /// How it uses a recipient, where it says so.
  [[nodiscard]] const Use* use_of(std::string_view recipient) const;
};

/// A third-party service, and the purposes it serves.
struct Service {
  std::string id;
  std::vector<std::string> purposes;
  Text name;
  std::string recipient;                ///< may be empty
  std::vector<std::string> categories;  ///< ids: what it collects itself
  Text method;
  std::vector<Where> platforms;
  std::vector<std::string> permissions;
  Text policy;  ///< a link to its own rules
};

/// A purpose that has another regime than the others of its place.
struct Exception {
  std::string purpose;
  Regime regime = Regime::opt_in;
};

struct Jurisdiction {
  std::string place;  ///< ISO 3166 ("CN", "US-CA"), or "*" for every known place not listed
  Regime regime = Regime::opt_in;
  std::vector<Exception> exceptions = {};

  /// What holds of a purpose there. One that needs a consent of its own is asked first everywhere
  /// (PIPL 23, 25, 29, 39), unless it is an exception by name.
  [[nodiscard]] Regime regime_of(std::string_view purpose, bool separate) const;
  /// What tells its notices from others': the regime; with the place where it has exceptions.
  [[nodiscard]] std::string name() const;
};

struct Controller {
  Text name;
  std::string registration;  ///< while it stands, another name is the same company
  std::string country;
  std::string email, phone;  ///< at least one way to reach it
  Text address;
};

/// Somebody who answers for a part: a data protection officer, a representative.
enum class Duty { officer, representative, supervisor, children };
struct Contact {
  Duty duty = Duty::officer;
  std::string law;
  Text name;
  std::string contact;
};

struct Authority {
  std::string law;
  Text name;
  Text link;
};

enum class Days { calendar, working };
enum class Clock { receipt, verification };

/// A time within which the company does something.
struct Term {
  std::int64_t days = 0;
  Days unit = Days::calendar;
  Clock from = Clock::receipt;
  std::int64_t extension = 0;  ///< more days, where the company says why
};

enum class Identity { none, account, code, document };

/// A way to exercise a right.
struct Right {
  std::string type;
  std::string law;
  Text channel;  ///< links
  Text procedure;
  Text absent;  ///< instead of both: why the right does not arise
  std::optional<Identity> identity;
  std::optional<Term> answer;
};

struct Complaint {
  Text channel;
  std::optional<Term> acknowledge, answer;
  Text court;
};

enum class MinorsMode { none, declared, verified };
struct Minors {
  std::int64_t age = 0;
  std::string law;
  MinorsMode mode = MinorsMode::none;
  std::vector<std::string> purposes;  ///< ids: what is done with their data
  Text rules;
  std::string contact;
};

enum class DocumentKind {
  cookies,
  children,
  recipients,
  services,
  permissions,
  addendum,
  terms,
  archive,
  other
};
struct Document {
  DocumentKind kind = DocumentKind::other;
  Text link;
  Text title;
  std::string law;
};

struct Storage {
  std::vector<std::string> countries;
  Text text;
};

/// Whether a visitor's erasing takes the record away, or locks it as proof until a day.
enum class EraseMode { erase, keep_proof };
struct Erase {
  EraseMode mode = EraseMode::erase;
  std::optional<time::Period> until;
  Text ground;
  std::optional<time::Period> backups;
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

/// An answer holds for every sub-domain of a domain.
struct Subdomains {
  std::string domain;
  std::string cookie;  ///< by which they tell each other
};

struct Policy {
  std::string site;
  std::string version;  ///< the author's own
  time::Instant effective_at = 0;
  std::string supersedes;  ///< hash of the public policy before it, in hexadecimal
  std::vector<std::string> languages;
  /// Where a text is missing in the first language, the second one's stands. Authored policies
  /// only.
  std::vector<std::pair<std::string, std::string>> fallbacks;
  std::vector<std::string> laws;
  Controller controller;
  std::vector<Contact> contacts;
  Text rules_url;
  std::vector<Document> documents;
  std::optional<Storage> storage;
  std::vector<Category> categories;
  std::vector<Recipient> recipients;
  Defaults defaults;
  std::vector<Purpose> purposes;
  std::vector<Service> services;
  std::vector<Right> rights;
  std::optional<Complaint> complaint;
  std::vector<Authority> authorities;
  std::vector<Minors> minors;
  std::vector<Jurisdiction> jurisdictions;
  Validity validity;
  RefusalRecord record_refusals = RefusalRecord::anonymous;
  Erase erase;
  Framed framed = Framed::seen;
  std::optional<Subdomains> subdomains;
  Look look;
  std::vector<SealKey> keys;
  Collector collector;

  [[nodiscard]] const Purpose* purpose(std::string_view purpose_id) const;
  [[nodiscard]] const Category* category(std::string_view category_id) const;
  [[nodiscard]] const Recipient* recipient(std::string_view recipient_id) const;
  /// What a recipient is in a purpose: as its use says, else as the recipient itself does.
  [[nodiscard]] std::optional<Role> role(const Purpose& purpose, const Recipient& recipient) const;
};

/// What tools say of a kind or a ground that a draft has left open.
inline constexpr std::string_view kOpen = "not stated yet";

[[nodiscard]] std::string_view spell(Regime regime);
[[nodiscard]] std::string_view spell(Kind kind);
[[nodiscard]] std::string_view spell(Basis basis);
[[nodiscard]] std::string_view spell(After after);
[[nodiscard]] std::string_view spell(Role role);

}  // namespace avow::policy
