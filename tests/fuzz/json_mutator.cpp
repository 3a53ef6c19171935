// Changes JSON by its tokens, where libFuzzer would by its bytes: of a hundred thousand changed
// bytes hardly one leaves a document that is still read, and no further than the parser would be
// looked at. Every other change is libFuzzer's own.
#include <algorithm>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "promise.h"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t most, unsigned int seed);

namespace {

using Tokens = std::vector<std::string>;

constexpr std::string_view kMarks = ",:{}[]\n";
constexpr const char* kValues[] = {"true",
                                   "false",
                                   "null",
                                   "0",
                                   "1",
                                   "-1",
                                   "7",
                                   "9007199254740991",
                                   "9007199254740992",
                                   "1.5",
                                   "[]",
                                   "{}",
                                   "\"\"",
                                   "\"*\"",
                                   "\"US-CA\"",
                                   "\"P1Y6M\"",
                                   "\"\\u0000\"",
                                   "\"\\u00e9\\u202e\"",
                                   " ",
                                   "\n"};

/// Strings, words (numbers among them), and marks; white space is part of the word it stands in.
Tokens split(std::string_view text) {
  Tokens out;
  while (!text.empty()) {
    std::size_t end = 1;
    if (text[0] == '"') {
      while (end < text.size() && text[end] != '"') end += text[end] == '\\' ? 2 : 1;
      end = std::min(end + 1, text.size());
    } else if (!kMarks.contains(text[0])) {
      end = std::min(text.find_first_of(",:{}[]\n\""), text.size());
    }
    out.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return out;
}

class Mutation {
 public:
  Mutation(Tokens& tokens, unsigned int seed) : tokens_(tokens), draw_(seed) {}

  void apply() {
    switch (below(7)) {
      case 0: tokens_.insert(place(), " "); break;
      case 1: *value() = kValues[below(std::size(kValues))]; break;
      case 2: {
        const auto at = place();
        tokens_.erase(at, at + run(at));
        break;
      }
      case 3: {
        const auto at = place();
        const Tokens copied(at, at + run(at));
        tokens_.insert(place(), copied.begin(), copied.end());
        break;
      }
      case 4: std::iter_swap(value(), value()); break;
      case 5: *value() = *value(); break;
      default: spell_otherwise(*value());
    }
  }

 private:
  std::size_t below(std::size_t limit) { return draw_() % limit; }
  Tokens::iterator place() {
    return tokens_.begin() + static_cast<std::ptrdiff_t>(below(tokens_.size()));
  }
  /// A token that is no mark, where one is found soon.
  Tokens::iterator value() {
    auto at = place();
    for (int tries = 0; tries < 8 && kMarks.contains((*at)[0]); ++tries) at = place();
    return at;
  }
  std::ptrdiff_t run(Tokens::iterator at) {
    return std::min<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(1 + below(8)), tokens_.end() - at);
  }
  void spell_otherwise(std::string& token) {
    char& c = token[below(token.size())];
    if (c >= '0' && c <= '9')
      c = static_cast<char>('0' + below(10));
    else if (c != '"')
      c = static_cast<char>(c + 1);
  }

  Tokens& tokens_;
  std::minstd_rand draw_;
};

}  // namespace

std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most,
                                    unsigned int seed) {
  if (seed % 2 == 0 || size == 0) return LLVMFuzzerMutate(data, size, most);
  Tokens tokens = split(avow::fuzz::text_of(data, size));
  Mutation(tokens, seed / 2 + 1).apply();
  std::string out;
  for (const std::string& token : tokens) out += token;
  size = std::min(out.size(), most);
  std::copy_n(out.begin(), size, data);
  return size;
}
