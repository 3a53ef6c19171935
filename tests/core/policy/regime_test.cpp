#include "given.h"
#include "policy/facts.h"

namespace avow::policy {
namespace {

Regime regime_at(const std::vector<Jurisdiction>& places, std::string_view place) {
  return jurisdiction_at(places, place).regime;
}

TEST(Regime, APlaceWithAnEntryHasItsOwn) {
  const std::vector<Jurisdiction> places(
      {{"US-CA", Regime::opt_out}, {"US", Regime::notice_only}, {"*", Regime::opt_in}});
  EXPECT_EQ(regime_at(places, "US-CA"), Regime::opt_out);
}

TEST(Regime, APlaceWithoutOneHasItsCountrys) {
  const std::vector<Jurisdiction> places(
      {{"*", Regime::opt_out}, {"US-CA", Regime::opt_in}, {"US", Regime::notice_only}});
  EXPECT_EQ(regime_at(places, "US-TX"), Regime::notice_only);
  EXPECT_EQ(regime_at(places, "US"), Regime::notice_only);
}

TEST(Regime, AnyOtherKnownPlaceHasTheStars) {
  EXPECT_EQ(
      regime_at(std::vector<Jurisdiction>({{"CN", Regime::opt_in}, {"*", Regime::opt_out}}), "FR"),
      Regime::opt_out);
}

TEST(Regime, WithoutAStarItAsksFirst) {
  EXPECT_EQ(regime_at(std::vector<Jurisdiction>({{"US", Regime::opt_out}}), "FR"), Regime::opt_in);
  EXPECT_EQ(regime_at({}, "US"), Regime::opt_in);
}

// The star speaks of known places: not knowing where somebody is must never cost them a choice.
TEST(Regime, AnUnknownPlaceAsksFirstWhateverTheStarSays) {
  EXPECT_EQ(regime_at(std::vector<Jurisdiction>({{"*", Regime::notice_only}}), ""), Regime::opt_in);
}

TEST(Regime, ACountryIsNotTakenFromTheMiddleOfAPlace) {
  const std::vector<Jurisdiction> places({{"CA", Regime::opt_out}});
  EXPECT_EQ(regime_at(places, "US-CA"), Regime::opt_in);
  EXPECT_EQ(regime_at(places, "CA-QC"), Regime::opt_out);
}

TEST(Regime, ThePlaceIsComparedAsItStands) {
  const std::vector<Jurisdiction> places({{"US", Regime::opt_out}});
  for (const std::string_view place : {"us", "USA", " US", "U", "-", "-US"})
    EXPECT_EQ(regime_at(places, place), Regime::opt_in) << place;
}

TEST(Regime, TheSampleSaysWhatItsLawsSay) {
  const std::vector<Jurisdiction> places = given::good(given::sample()).jurisdictions;
  EXPECT_EQ(regime_at(places, "CN"), Regime::opt_in);
  EXPECT_EQ(regime_at(places, "US-NY"), Regime::opt_out);
  EXPECT_EQ(regime_at(places, "SG"), Regime::notice_only);
  EXPECT_EQ(regime_at(places, "DE"), Regime::opt_in);
}

TEST(Regime, ASeparateConsentIsAskedFirstEverywhere) {
  const Jurisdiction place{"US-CA", Regime::opt_out};
  EXPECT_EQ(place.regime_of("news", false), Regime::opt_out);
  EXPECT_EQ(place.regime_of("sale", true), Regime::opt_in);
  EXPECT_EQ(place.name(), "opt-out");
}

TEST(Regime, APurposeMayBeAnExceptionInAPlace) {
  const Jurisdiction place{
      "US-CA", Regime::opt_out, {{"health", Regime::opt_in}, {"sale", Regime::opt_out}}};
  EXPECT_EQ(place.regime_of("health", false), Regime::opt_in);
  EXPECT_EQ(place.regime_of("sale", true), Regime::opt_out);
  EXPECT_EQ(place.regime_of("news", false), Regime::opt_out);
  EXPECT_EQ(place.name(), "opt-out US-CA");
  const std::vector<Jurisdiction> all{{"US", Regime::notice_only}, place};
  EXPECT_EQ(&jurisdiction_at(all, "US-CA"), &all[1]);
  EXPECT_EQ(jurisdiction_at(all, "").regime_of("sale", false), Regime::opt_in);
}

}  // namespace
}  // namespace avow::policy
