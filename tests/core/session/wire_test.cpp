// What is really answered has the members that session/wire.h declares, all of them and no other.
#include "session/wire.h"

#include "session/given.h"

namespace avow::session {
namespace {

using given::member;
using given::parsed;

/// Walks an answer's declaration over an actual answer.
class Agreement {
 public:
  template <class T>
  void walk(const json::Value& value, const std::string& at = "") {
    object_ = value.object();
    at_ = at;
    if (object_ == nullptr) {
      ADD_FAILURE() << at << ": " << value.type() << ", want object";
      return;
    }
    T shape{};
    declare(*this, shape);
  }
  void finish() const {
    if (object_ == nullptr) return;
    for (const auto& [key, value] : object_->members())
      EXPECT_NE(std::ranges::find(known_, key), known_.end()) << at_ << "/" << key << " undeclared";
  }
  template <class T>
  static void check(const json::Value& value, const std::string& at) {
    Agreement io;
    io.walk<T>(value, at);
    io.finish();
  }

  template <class V>
  void constant(std::string_view name, V value, std::string_view) {
    const json::Value* got = find(name);
    if (got == nullptr) return;
    EXPECT_EQ(*got, json::Value{value}) << at(name);
  }
  void flag(std::string_view name, bool, std::string_view) { typed(name, "boolean"); }
  void integer(std::string_view name, std::int64_t, std::string_view) { typed(name, "integer"); }
  void integer_or_null(std::string_view name, const auto&, std::string_view) {
    typed(name, "integer", true);
  }
  void text(std::string_view name, std::string_view, std::string_view) { typed(name, "string"); }
  void text_or_null(std::string_view name, const auto&, std::string_view) {
    typed(name, "string", true);
  }
  void digest(std::string_view name, const Digest&, std::string_view) {
    if (const json::Value* got = typed(name, "string")) hex(*got, at(name));
  }
  void digest_or_null(std::string_view name, const auto&, std::string_view) {
    if (const json::Value* got = typed(name, "string", true)) hex(*got, at(name));
  }
  void named(std::string_view name, const auto&, const auto& table, std::string_view) {
    if (const json::Value* got = typed(name, "string")) one_of(*got, table, {}, at(name));
  }
  void named_or(std::string_view name, const auto&, const auto& table, std::string_view other,
                std::string_view) {
    known_.emplace_back(name);
    if (const json::Value* got = object_->find(name)) one_of(*got, table, other, at(name));
  }
  void texts(std::string_view name, const auto&, std::string_view) {
    each(name, [](const json::Value& one, const std::string& at) {
      EXPECT_EQ(one.type(), "string") << at;
    });
  }
  void list(std::string_view name, const auto&, std::string_view) { typed(name, "array"); }
  void opaque(std::string_view name, const auto&, std::string_view) { typed(name, "object"); }
  void opaque_or_null(std::string_view name, const auto&, std::string_view) {
    typed(name, "object", true);
  }
  void problems(std::string_view name, const auto&, std::string_view) {
    each(name, check<Problem>);
  }
  void entries(std::string_view name, const auto&, std::string_view) {
    each(name, check<sync::Entry>);
  }
  void entry_or_null(std::string_view name, const std::optional<sync::Entry>& entry,
                     std::string_view meaning) {
    object_or_null(name, entry, meaning);
  }
  template <class T>
  void object(std::string_view name, const T&, std::string_view) {
    if (const json::Value* got = typed(name, "object")) check<T>(*got, at(name));
  }
  template <class T>
  void object_or_null(std::string_view name, const std::optional<T>&, std::string_view) {
    if (const json::Value* got = typed(name, "object", true)) check<T>(*got, at(name));
  }
  template <class T>
  void map(std::string_view name, const std::vector<std::pair<std::string, T>>&, std::string_view) {
    const json::Value* got = typed(name, "object");
    if (got == nullptr) return;
    for (const auto& [key, value] : got->object()->members()) {
      if constexpr (std::same_as<T, std::string>) {
        EXPECT_EQ(value.type(), "string") << at(name) << "/" << key;
      } else {
        check<T>(value, at(name) + "/" + key);
      }
    }
  }

 private:
  std::string at(std::string_view name) const { return at_ + "/" + std::string(name); }

  const json::Value* find(std::string_view name) {
    known_.emplace_back(name);
    const json::Value* got = object_->find(name);
    EXPECT_NE(got, nullptr) << at(name) << " is declared, and not answered";
    return got;
  }
  /// The member if it is there, in its type, and not null.
  const json::Value* typed(std::string_view name, std::string_view type, bool or_null = false) {
    const json::Value* got = find(name);
    if (got == nullptr || (or_null && got->is_null())) return nullptr;
    EXPECT_EQ(got->type(), type) << at(name);
    return got->type() == type ? got : nullptr;
  }
  void each(std::string_view name, auto look) {
    const json::Value* got = typed(name, "array");
    if (got == nullptr) return;
    for (std::size_t i = 0; i < got->array()->size(); ++i)
      look((*got->array())[i], at(name) + "/" + std::to_string(i));
  }
  static void hex(const json::Value& value, const std::string& at) {
    EXPECT_TRUE(text::from_hex(*value.string(), 32)) << at;
  }
  static void one_of(const json::Value& value, const auto& table, std::string_view other,
                     const std::string& at) {
    for (const auto& one : table) {
      if (value == json::Value{one.name}) return;
    }
    if (other.empty() || value != json::Value{other})
      ADD_FAILURE() << at << ": " << given::string(value) << " is none of its names";
  }

  const json::Object* object_ = nullptr;
  std::string at_;
  std::vector<std::string> known_;
};

template <class... T>
void agree(const json::Value& answer) {
  Agreement io;
  (io.walk<T>(answer), ...);
  io.finish();
}

TEST(Wire, LoadAndFailure) {
  given::Visitor visitor;
  const auto compiled = given::compiled(visitor.policy, visitor.catalog);
  ASSERT_TRUE(compiled);
  Session session;
  agree<LoadAnswer>(
      parsed(load(session, compiled->written_facts, given::texts_in(*compiled, "en"))));
  agree<Failure>(parsed(load(session, "{}", "{}")));
}

TEST(Wire, DecidedShownPressedErased) {
  given::Visitor visitor;
  agree<Decided>(visitor.decided());
  for (const char* layer : {"first", "choices", "yours", "door"})
    agree<Shown>(visitor.view_of(layer, "waiting"));
  agree<Decided, SealedRecord>(visitor.pressed(given::Visitor::act("refuse")));
  agree<Decided, SealedRecord>(visitor.pressed(given::Visitor::act("accept")));
  const json::Value verdict = member(visitor.decided(), {"verdict"});
  EXPECT_NE(verdict.object(), nullptr);
  agree<Decided>(visitor.decided());
  agree<Shown>(visitor.view_of("yours"));
  agree<Decided, SealedRecord>(visitor.erased());
  visitor.held = json::Object{};
  visitor.chain = 1;
  const json::Value warned = visitor.decided();
  EXPECT_EQ(member(warned, {"warnings"}).array()->size(), 2u);
  agree<Decided>(warned);
}

TEST(Wire, StepAndOwn) {
  given::Visitor visitor;
  const json::Value pressed = visitor.pressed(given::Visitor::act("accept"));
  const Session session = visitor.session();
  const json::Value entry = member(pressed, {"entry"});
  const auto step = [&](json::Object event) {
    return parsed(deliver(session, canonical::write(json::Object{}
                                                        .set("now_ms", visitor.now * 1'000)
                                                        .set("random", 1)
                                                        .set("outbox", json::Array{entry, 1})
                                                        .set("event", std::move(event)))));
  };
  const json::Value sends = step(json::Object{}.set("kind", "start"));
  EXPECT_EQ(member(sends, {"send"}), member(entry, {"id"}));
  agree<Step>(sends);
  for (const int status : {0, 200, 400})
    agree<Step>(step(json::Object{}
                         .set("kind", "answer")
                         .set("id", *member(entry, {"id"}).string())
                         .set("status", status)
                         .set("retry_after", 1)));
  agree<Step>(step(
      json::Object{}.set("kind", "answer").set("id", std::string(64, 'a')).set("status", 200)));
  visitor.fill();
  agree<SayAnswer>(parsed(say(
      canonical::write(
          json::Object{}
              .set("now", 1)
              .set("site", "a.example")
              .set("keys",
                   json::Array{"age1hjmfsn0vrgg3fu6rpnuea74hcfw0pvlz87ad34krp7dawatxqg8sp2xzls"})
              .set("policy", std::string(64, 'a'))
              .set("change", std::string(64, 'b'))
              .set("language", "en")
              .set("message", "a")),
      Vault(visitor.vault))));
  visitor.fill();
  agree<OwnAnswer>(
      parsed(own(canonical::write(json::Object{}.set(
                     "records", json::Array{member(pressed, {"record", "bytes"}), "not base64"})),
                 Vault(visitor.vault))));
}

}  // namespace
}  // namespace avow::session
