#include "base/canonical.h"
#include "base/text.h"
#include "session/wire_reader.h"

namespace avow::session {
std::string deliver(const Session& session, std::string_view request) {
  return answer(
      session, request,
      [](const Loaded& loaded, json::Fields& fields, Errors& errors) -> std::string {
        DeliverRequest asked;
        Errors warnings;
        json::Object out;
        RequestReader(fields, warnings).walk(asked);
        fields.finish();
        if (!errors.empty()) return {};
        sync::Outbox& outbox = asked.outbox;
        switch (asked.event.kind) {
          case Event::start: sync::revive(outbox, asked.now); break;
          case Event::tick: break;
          case Event::answer: {
            const auto level = loaded.facts.collector.acknowledge == policy::Acknowledge::echo
                                   ? sync::Acknowledgement::echo
                                   : sync::Acknowledgement::status;
            const Result<sync::Outcome> outcome =
                sync::answer(outbox, asked.event.id, asked.event.answer, level, asked.now,
                             static_cast<std::uint32_t>(asked.random));
            // Another tab may have delivered it meanwhile: that is an outcome too.
            out.set("outcome", outcome ? sync::spell(*outcome) : std::string_view("gone"));
          }
        }
        const sync::Action action = sync::next(outbox, asked.now);
        out.set("ok", true)
            .set("outbox", sync::write_outbox(outbox))
            .set("send", action.send ? json::Value{text::to_hex(*action.send)} : json::Value{})
            .set("at", action.at ? json::Value{*action.at} : json::Value{})
            .set("warnings", write_errors(warnings));
        return canonical::write(out);
      });
}

}  // namespace avow::session
