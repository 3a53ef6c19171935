#pragma once
// Every member of change.json, declared once, as a policy's are in policy/declaration.h: the
// reader, the public form, the schema and docs/CHANGE.md's tables walk it.

#include "change/announcement.h"
#include "policy/declaration.h"

namespace avow::change {

using policy::Need;
using policy::Of;

inline constexpr json::Spelling<Audience> kAudiences[] = {{"visitors", Audience::visitors},
                                                          {"customers", Audience::customers},
                                                          {"everybody", Audience::everybody}};
inline constexpr json::Spelling<Way> kWays[] = {
    {"notice", Way::notice}, {"page", Way::page}, {"mail", Way::mail}, {"sms", Way::sms}};

// What an author has not filled in yet is an empty text: the rules miss it, and the file can be
// read and compared meanwhile.

template <class Io, Of<Changed> T>
void declare(Io& io, T& changed) {
  io.line("pointer", changed.pointer, policy::plain(1, 500), Need::required,
          "which member of the newer policy's public form (`avow public`); of the older one's "
          "where it is gone");
  io.line("what", changed.what, policy::plain(1, 64), Need::required,
          "the id of the purpose, recipient, category or service it belongs to, a right's `type`, "
          "or the member's own name");
  io.words("was", changed.was, {0, 8'000}, Need::optional,
           "what held until now, in words; left out of what is new");
  io.words("is", changed.is, {0, 8'000}, Need::optional,
           "what holds then; left out of what is gone");
  io.words("why", changed.why, {0, 1'000}, Need::required, "the reason, for those who read it");
  io.flag("asks_again", changed.asks_again,
          "whether people are asked for their consent because of it (PIPL 14(2)); the core "
          "decides, and `avow check` compares");
  io.line("decided_by", changed.decided_by, policy::plain(0, 200), Need::optional,
          "who in your house has decided it; not published");
}

template <class Io, Of<Announcement> T>
void declare(Io& io, T& announcement) {
  io.format("change", 1, "the version of this format");
  io.languages("languages", announcement.languages, "those of the newer policy");
  io.fallbacks("fallbacks", announcement.fallbacks,
               "where a text is missing in a language, which one's stands in its place");
  io.line("policy_from", announcement.policy_from, policy::kDigest, Need::required,
          "the hash of the older policy: `avow public OLDER | sha256sum`");
  io.line("policy_to", announcement.policy_to, policy::kDigest, Need::required,
          "the hash of the newer one");
  io.date("effective_at", announcement.effective_at, Need::required,
          "from which day the change holds: the newer policy's own");
  io.date("notify_from", announcement.notify_from, Need::required,
          "from which day people are told: before `effective_at` (PIPL 17(2))");
  io.one_of("audience", announcement.audience, kAudiences,
            "who is told: `visitors` of the site, `customers` whom you can reach, or `everybody`");
  io.list("changed", announcement.changed, 1, 500, "each thing that is different, below");
  io.words("meaning", announcement.meaning, {0, 4'000}, Need::required,
           "what the change means for people, in plain words");
  io.words("refuse", announcement.refuse, {0, 4'000}, Need::required,
           "how to say no, and what happens then");
  io.date("feedback_until", announcement.feedback_until, Need::required,
          "the last day on which you take what people think of it: not before `notify_from`, and "
          "not after `effective_at`, since what comes later can no longer change it");
  io.line("feedback_to", announcement.feedback_to, policy::plain(0, 300), Need::required,
          "to whom they write or whom they call");
  io.some_of("channels", announcement.channels, kWays, 1, "how people are told");
  io.words("signature", announcement.signature, {0, 200}, Need::optional,
           "who signs the text message, as it is filed with the carrier; Chinese messages begin "
           "with it as 【…】, others with it and a colon. Required of `sms`");
  io.links("link", announcement.link, Need::required,
           "where the whole announcement, or the new privacy policy, can be read: short, for the "
           "text message ends with it");
}

}  // namespace avow::change
