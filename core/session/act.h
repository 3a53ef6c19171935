#pragma once
// The visitor's act, and the answers it gives: who may grant what is settled here and nowhere else.

#include "consent/fair.h"
#include "session/payload.h"
#include "session/request.h"

namespace avow::session {

enum class Control {
  accept,  ///< everything that one consent can carry: separate purposes are not in it
  refuse,
  save,  ///< each purpose as ticked
  withdraw,
  frame,     ///< one purpose, at the frame that needs it
  once,      ///< this frame, now: recorded like any yes, and over at once
  grant,     ///< purposes that the host asked for in its own interface
  identify,  ///< no new answer: the same ones, with the account they belong to
};
inline constexpr json::Spelling<Control> kControls[] = {
    {"accept", Control::accept},     {"refuse", Control::refuse},    {"save", Control::save},
    {"withdraw", Control::withdraw}, {"frame", Control::frame},      {"show-once", Control::once},
    {"grant", Control::grant},       {"identify", Control::identify}};
inline constexpr json::Spelling<std::string_view> kVias[] = {
    {"notice", "notice"}, {"host", "host"}, {"script", "script"}};

struct Act {
  Control control = Control::refuse;
  std::string layer;     ///< empty where the host's own interface was used
  std::string via;       ///< notice | host | script
  bool trusted = false;  ///< a real event (isTrusted) on an avow control, or one the host passed on
  bool stored = false;   ///< it waited in the page's storage, where every script can write
  time::Instant at = 0;
  std::vector<std::string>
      selected;  ///< save, grant: the purposes said yes to; frame, once: exactly one
  std::string subject;
  std::optional<consent::Stood> stood;  ///< how the notice stood; through the notice alone
  bool framed = false;                  ///< the host's control stood in a frame of another origin
  bool told = false;                    ///< the notice told the visitor of the change
};

/// `press`, beside the visit.
struct PressRequest {
  Act act;
};

[[nodiscard]] PressRequest read_press(json::Fields& fields, time::Instant now);
[[nodiscard]] std::string_view spell(Control control);

struct Answers {
  std::vector<consent::Answer> held;    ///< what stands from now on
  bool once = false;                    ///< a yes besides, which does not stand
  std::vector<PayloadAnswer> recorded;  ///< the same, as the record tells it
  [[nodiscard]] bool any_granted() const;
};

/// What the act answers, given what stood before. A grant that did not stand before needs a trusted
/// act, by a control of the layer that it names; a separate purpose is granted by its own control
/// only; a script can only reduce (press-refused otherwise), and a press that was stored carries no
/// separate consent. Through the notice it needs a notice that was seen, and through the host's own
/// interface a page that stands in no frame of another origin (notice-unfair).
[[nodiscard]] Result<Answers> answers_of(const Act& act, const policy::Facts& facts,
                                         const Visit& visit, const consent::Decision& before);

/// "Refused, until": what stays of a refusal that must not identify. Rounded to the day, it is the
/// same for everybody.
void forget_the_moment(consent::Choice& choice, const policy::Facts& facts);

}  // namespace avow::session
