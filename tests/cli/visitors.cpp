// Prints an export of the collector as visitors of a policy would have filled it, one JSON object a
// line:
//   avow-visitors POLICY CATALOG VISITORS PRESSES [--fork] [--gap] [--refuse] [--erase] [--subject
//   NAME] [--seed TEXT]
// Each visitor accepts first and then chooses one by one. --fork: the last press of each is made
// twice from one state.
// --erase: the last press of each is an erasure. --gap: the press before the last is lost.
// --refuse: each refuses once and for all. --subject: visitor N is "NAME-N".

#include <charconv>
#include <fstream>
#include <iostream>
#include <iterator>

#include "visitor.h"

namespace {

using avow::given::Visitor;

struct Plan {
  int visitors = 0, presses = 0;
  bool fork = false, gap = false, refuse = false, erase = false;
  std::string subject, seed = "avow";
};

std::string read(const char* path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

int number(std::string_view text) {
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

void visit(Visitor visitor, const Plan& plan, int which) {
  const std::string subject =
      plan.subject.empty() ? "" : plan.subject + "-" + std::to_string(which);
  for (int i = 1; i <= plan.presses; ++i) {
    Visitor::Press press{.subject = i == 1 ? subject : ""};
    std::vector<std::string> ticked = {"chat", "identity-check"};
    if (i % 2 == 0) ticked = {"statistics"};
    if (i > 1)
      press = {.control = "save", .layer = "choices", .selected = ticked, .subject = subject};
    if (plan.refuse) press = {.control = "refuse", .subject = subject};
    if (plan.fork && i == plan.presses) {
      Visitor twin = visitor;
      Visitor::Press other = press;
      other.selected.clear();
      other.control = "withdraw";
      const auto answer = twin.press(other);
      std::cout << twin.line(answer);
    }
    const auto answer = plan.erase && i == plan.presses ? visitor.erase() : visitor.press(press);
    if (!(plan.gap && i == plan.presses - 1)) std::cout << visitor.line(answer);
  }
}

}  // namespace

int main(int count, char** words) {
  Plan plan;
  std::vector<const char*> places;
  for (int i = 1; i < count; ++i) {
    const std::string_view word = words[i];
    if (word == "--fork")
      plan.fork = true;
    else if (word == "--gap")
      plan.gap = true;
    else if (word == "--refuse")
      plan.refuse = true;
    else if (word == "--erase")
      plan.erase = true;
    else if (word == "--subject" && i + 1 < count)
      plan.subject = words[++i];
    else if (word == "--seed" && i + 1 < count)
      plan.seed = words[++i];
    else
      places.push_back(words[i]);
  }
  if (places.size() != 4) {
    std::cerr << "usage: avow-visitors POLICY CATALOG VISITORS PRESSES [OPTION...]\n";
    return 2;
  }
  plan.visitors = number(places[2]);
  plan.presses = number(places[3]);
  const avow::given::Site site = avow::given::open_site(read(places[0]), read(places[1]));
  for (int v = 1; v <= plan.visitors; ++v)
    visit(Visitor(site, plan.seed + "/" + std::to_string(v)), plan, v);
  return 0;
}
