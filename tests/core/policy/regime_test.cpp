#include "given.h"

namespace avow::policy {
namespace {

Policy with_jurisdictions(std::vector<Jurisdiction> jurisdictions) {
  Policy policy = given::good(given::sample());
  policy.jurisdictions = std::move(jurisdictions);
  return policy;
}

TEST(Regime, APlaceWithAnEntryHasItsOwn) {
  const Policy policy = with_jurisdictions(
      {{"US-CA", Regime::opt_out}, {"US", Regime::notice_only}, {"*", Regime::opt_in}});
  EXPECT_EQ(regime_at(policy, "US-CA"), Regime::opt_out);
}

TEST(Regime, APlaceWithoutOneHasItsCountrys) {
  const Policy policy = with_jurisdictions(
      {{"*", Regime::opt_out}, {"US-CA", Regime::opt_in}, {"US", Regime::notice_only}});
  EXPECT_EQ(regime_at(policy, "US-TX"), Regime::notice_only);
  EXPECT_EQ(regime_at(policy, "US"), Regime::notice_only);
}

TEST(Regime, AnyOtherKnownPlaceHasTheStars) {
  EXPECT_EQ(regime_at(with_jurisdictions({{"CN", Regime::opt_in}, {"*", Regime::opt_out}}), "FR"),
            Regime::opt_out);
}

TEST(Regime, WithoutAStarItAsksFirst) {
  EXPECT_EQ(regime_at(with_jurisdictions({{"US", Regime::opt_out}}), "FR"), Regime::opt_in);
  EXPECT_EQ(regime_at(with_jurisdictions({}), "US"), Regime::opt_in);
}

// The star speaks of known places: not knowing where somebody is must never cost them a choice.
TEST(Regime, AnUnknownPlaceAsksFirstWhateverTheStarSays) {
  EXPECT_EQ(regime_at(with_jurisdictions({{"*", Regime::notice_only}}), ""), Regime::opt_in);
}

TEST(Regime, ACountryIsNotTakenFromTheMiddleOfAPlace) {
  const Policy policy = with_jurisdictions({{"CA", Regime::opt_out}});
  EXPECT_EQ(regime_at(policy, "US-CA"), Regime::opt_in);
  EXPECT_EQ(regime_at(policy, "CA-QC"), Regime::opt_out);
}

TEST(Regime, ThePlaceIsComparedAsItStands) {
  const Policy policy = with_jurisdictions({{"US", Regime::opt_out}});
  for (const std::string_view place : {"us", "USA", " US", "U", "-", "-US"})
    EXPECT_EQ(regime_at(policy, place), Regime::opt_in) << place;
}

TEST(Regime, TheSampleSaysWhatItsLawsSay) {
  const Policy policy = given::good(given::sample());
  EXPECT_EQ(regime_at(policy, "CN"), Regime::opt_in);
  EXPECT_EQ(regime_at(policy, "US-NY"), Regime::opt_out);
  EXPECT_EQ(regime_at(policy, "SG"), Regime::notice_only);
  EXPECT_EQ(regime_at(policy, "DE"), Regime::opt_in);
}

TEST(Kinds, AskSeparatelyWhereTheLawDoes) {
  for (const Kind kind : {Kind::sharing, Kind::cross_border, Kind::public_disclosure})
    EXPECT_TRUE(needs_separate_consent(kind)) << spell(kind);
  for (const Kind kind :
       {Kind::service, Kind::contract, Kind::security, Kind::legal_obligation, Kind::functional,
        Kind::analytics, Kind::personalisation, Kind::marketing, Kind::media}) {
    EXPECT_FALSE(needs_separate_consent(kind)) << spell(kind);
  }
}

}  // namespace
}  // namespace avow::policy
