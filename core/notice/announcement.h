#pragma once
// The announcement of a change as people get it: a page, a mail, a text message. All three say the
// same, in one language.

#include "change/announcement.h"
#include "notice/notice.h"

namespace avow::notice {

/// An announcement that has been found good (change/rules.h), and the two policies it names, each
/// with interface texts. `newer` has those of the language that is spoken.
struct Announced {
  const change::Announcement& change;
  View older, newer;
};

/// What it means, what is different, how to refuse and where to say what one thinks of it, as HTML
/// that begins with a heading of the second rank.
[[nodiscard]] Html announced_content(const Announced& announced);

/// A whole HTML document with its style and without script, to be read on a phone and printed.
[[nodiscard]] std::string announce_as_page(const Announced& announced);
/// Plain text: the first line is "Subject: …", the second is empty.
[[nodiscard]] std::string announce_as_mail(const Announced& announced);
/// One line, without a line feed.
[[nodiscard]] std::string announce_as_sms(const Announced& announced);

/// What is wrong with the text message, each with its place in the announcement: it takes more than
/// one message where it is written in Chinese, or in letters that all phones have (GSM 7-bit).
[[nodiscard]] Errors sms_breaches(const Announced& announced);

}  // namespace avow::notice
