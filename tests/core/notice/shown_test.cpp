// No member of a policy is shown to nobody: another value is seen in the notice, on the privacy
// page, or in the lists; or the member is the company's own (kOwn), with the reason.
#include "notice/given.h"
#include "notice/handout.h"
#include "notice/page.h"
#include "policy/every_member.h"

namespace avow::notice {
namespace {

struct Own {
  std::string_view member;  ///< and all that is in it
  std::string_view why;
};
// Those whose other values would contradict another member cannot be tried alone.
constexpr Own kOwn[] = {
    {"/avow", "the version of the format has one value"},
    {"/site", "the domain of the sub-domains has to agree; the lists name it"},
    {"/subdomains/domain", "the site has to agree; the rights name it"},
    {"/languages", "every text has to agree"},
    {"/fallbacks", "every text is there; what stands in for another is seen as that text"},
    {"/erase/mode", "the time and the ground have to agree, and are told"},
    {"/categories/id", "others name it"},
    {"/recipients/id", "others name it"},
    {"/services/id", "the company's own name for it"},
    {"/supersedes", "for who compares versions: a change is announced by itself"},
    {"/controller/country", "the address tells it"},
    {"/documents/kind", "the title tells it"},
    {"/recipients/kind", "what a kind asks for tells it: a contact, examples, a list"},
    {"/purposes/kind", "for laws and signals: title and description tell it"},
    {"/purposes/methods", "the same as `method`, for machines"},
    {"/purposes/revision", "it asks again, and says nothing"},
    {"/record_refusals", "“your choices” tells it, to who has refused"},
    {"/framed", "what a yes needs where another site frames the page"},
    {"/keys", "who in the company can open records: `avow check` prints it"},
    {"/collector", "where a page sends records; whether it does is seen"},
    {"/profile", "not published: it decides which duties a company has"},
    {"/wording_only", "not published: a statement of who has changed words"},
    {"/draft", "not published: a draft cannot be built"},
    {"/outputs", "what the tags of others are told"},
    {"/stored", "what is deleted: a document of the kind `cookies` tells it"},
};

std::string seen(const policy::Policy& policy) {
  std::string out = page_style(policy);
  for (const std::string& language : policy.languages) {
    const Catalog catalog = given::catalog(language);
    for (const char* place : {"", "CN", "US", "US-CA", "SG"}) {
      const View view{policy, catalog, policy::jurisdiction_at(policy.jurisdictions, place)};
      out += render(view, Layer::first) + render(view, Layer::door);
    }
    const View view{policy, catalog, {}};
    for (const policy::Purpose& purpose : policy.purposes)
      if (purpose.asks()) out += render(view, Layer::frame, purpose.id);
    for (const Layer layer : {Layer::choices, Layer::yours}) out += render(view, layer);
    out += render_page(view) + render_handout(view);
  }
  return out;
}

const Own* own(const std::string& place) {
  for (const Own& one : kOwn)
    if (place == one.member || place.starts_with(std::string(one.member) + "/")) return &one;
  return nullptr;
}

class Shown : public policy::given::EveryMember {
 protected:
  Shown() : before(seen(*policy::read(canonical::write(document)))) {}

  bool tried(const json::Value& changed, const std::string& at) override {
    // Two other values say of the company's own whether they are seen; of the rest any may.
    if (own(at) != nullptr && unseen[at] == 2) return false;
    const auto policy = policy::read(canonical::write(changed));
    if (!policy) return false;
    if (seen(*policy) != before) return true;
    ++unseen[at];
    return false;
  }

  std::string before;
  std::map<std::string, int> unseen;
};

TEST_F(Shown, EveryMemberIsSeenOrIsTheCompanysOwn) {
  change_each();
  std::map<std::string_view, int> named;
  for (const auto& [place, shown] : places) {
    const Own* one = own(place);
    if (one != nullptr) ++named[one->member];
    EXPECT_EQ(shown, one == nullptr) << place;
  }
  EXPECT_GT(places.size(), 150u);
  for (const Own& one : kOwn) EXPECT_GT(named[one.member], 0) << one.member;
}

}  // namespace
}  // namespace avow::notice
