#pragma once
// The sample policy, the newer one, and its announcement, in two languages.

#include "change/given.h"
#include "given.h"
#include "notice/announcement.h"

namespace avow::notice::given {

struct Announcing : testing::Test {
  policy::Policy older = change::given::good(change::given::sample()),
                 newer = change::given::good(change::given::file("newer.json"));
  Catalog chinese = catalog("zh-CN"), english = catalog("en");
  change::Announcement told = change::given::announcement();

  Announced in(const Catalog& spoken) const {
    return {told,
            {older, spoken, {{}, policy::Regime::opt_in}},
            {newer, spoken, {{}, policy::Regime::opt_in}}};
  }
};

}  // namespace avow::notice::given
