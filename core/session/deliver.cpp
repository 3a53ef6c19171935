#include "base/canonical.h"
#include "base/text.h"
#include "session/request.h"
#include "sync/outbox.h"

namespace avow::session {
namespace {

enum class Event { start, tick, answer };
constexpr json::Spelling<Event> kEvents[] = {
    {"start", Event::start}, {"tick", Event::tick}, {"answer", Event::answer}};
constexpr sync::Millis kLatestMillis = time::kLatest * 1'000;

}  // namespace

std::string deliver(const Session& session, std::string_view request) {
  return answer(
      session, request,
      [](const Loaded& loaded, json::Fields& fields, Errors& errors) -> std::string {
        Errors warnings;
        const sync::Millis now = fields.integer("now_ms", 0, kLatestMillis);
        const auto random =
            static_cast<std::uint32_t>(fields.optional_integer("random", 0, 0xFFFF'FFFF, 0));
        const json::Value* stored = fields.optional("outbox");
        sync::Outbox outbox =
            sync::read_outbox(stored == nullptr ? json::Value{} : *stored, warnings);
        json::Object out;
        if (const json::Value* value = fields.required("event")) {
          json::Fields event(*value, "/event", errors);
          switch (event.choice("kind", kEvents)) {
            case Event::start: sync::revive(outbox, now); break;
            case Event::tick: break;
            case Event::answer: {
              const Digest id = event.digest("id");
              sync::Answer got{event.integer("status", 0, 999),
                               event.optional_text("body", {0, 65'536}), std::nullopt};
              if (event.optional("retry_after") != nullptr)
                got.retry_after = event.integer("retry_after", 0, 1'000'000'000);
              const auto level = loaded.policy().collector.acknowledge == policy::Acknowledge::echo
                                     ? sync::Acknowledgement::echo
                                     : sync::Acknowledgement::status;
              const Result<sync::Outcome> outcome =
                  sync::answer(outbox, id, got, level, now, random);
              // Another tab may have delivered it meanwhile: that is an outcome too.
              out.set("outcome", outcome ? sync::spell(*outcome) : std::string_view("gone"));
            }
          }
          event.finish();
        }
        fields.finish();
        if (!errors.empty()) return {};
        const sync::Action action = sync::next(outbox, now);
        out.set("ok", true)
            .set("outbox", sync::write_outbox(outbox))
            .set("send", action.send ? json::Value{text::to_hex(*action.send)} : json::Value{})
            .set("at", action.at ? json::Value{*action.at} : json::Value{})
            .set("warnings", write_errors(warnings));
        return canonical::write(out);
      });
}

}  // namespace avow::session
