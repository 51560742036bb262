#include "io/lf_srm_names.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "io/lf_srm_text.hpp"

namespace topline::lf_srm {
namespace {

using Words = std::vector<std::string>;

// Words that say little, and are left out of names.
const std::set<std::string>& filler() {
  static const std::set<std::string> words{
      "a",    "an",   "the",  "of",    "and",  "or",   "to",  "in",    "for",  "your", "our", "its",
      "with", "is",   "are",  "be",    "it",   "on",   "at",  "by",    "as",   "we",   "i",   "am",
      "im",   "that", "this", "from",  "than", "who",  "own", "their", "has",  "just", "but", "via",
      "do",   "you",  "if",   "about", "us",   "tell", "was", "there", "these"};
  return words;
}

// Words that do not stand alone: "not involved", "increased innovation".
bool leans_on_next(const std::string& word) {
  static const std::set<std::string> words{
      "not",      "no",     "dont", "havent", "have",     "used",      "very",   "more",
      "less",     "fewer",  "most", "better", "faster",   "lower",     "higher", "increased",
      "improved", "other",  "too",  "want",   "somewhat", "never",     "so",     "over",
      "under",    "next",   "mean", "cross",  "non",      "self",      "third",  "within",
      "people",   "number", "real", "open",   "does",     "doing",     "get",    "make",
      "without",  "new",    "time", "yes",    "end",      "currently", "united", "multiple"};
  return words.count(word) > 0 || (word.size() == 2 && word[0] >= 'a');
}

bool only_digits(const std::string& word) {
  return std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Letters with accents lose them; what has no Latin letter in it is dropped.
std::string latin(const std::string& text) {
  static const std::map<std::string, std::string> plain{
      {"\xC3\xA4", "ae"}, {"\xC3\xB6", "oe"}, {"\xC3\xBC", "ue"}, {"\xC3\x9F", "ss"},
      {"\xC3\xA9", "e"},  {"\xC3\xA8", "e"},  {"\xC3\xAA", "e"},  {"\xC3\xA1", "a"},
      {"\xC3\xA0", "a"},  {"\xC3\xA2", "a"},  {"\xC3\xA7", "c"},  {"\xC3\xB1", "n"},
      {"\xC3\xB3", "o"},  {"\xC3\xB4", "o"},  {"\xC3\xAD", "i"},  {"\xC3\xBA", "u"}};
  std::string out = text;
  for (const auto& [from, to] : plain)
    out = replaced(std::move(out), from, to);
  std::string kept;
  for (const char c : out)
    kept += static_cast<unsigned char>(c) < 0x80 ? c : ' ';
  return kept;
}

// "1,000" is one number; "3 – Somewhat critical" is not about the 3; "(e.g. …)" is an aside.
std::string without_asides(std::string_view label) {
  std::string text(label);
  const size_t bracket = text.find('(');
  if (bracket != std::string::npos && bracket > 0 && !words_of(text.substr(0, bracket)).empty())
    text.resize(bracket);
  std::string joined_numbers;
  for (size_t i = 0; i < text.size(); ++i) {
    const auto digit = [&](size_t at) {
      return at < text.size() && text[at] >= '0' && text[at] <= '9';
    };
    const bool grouping =
        text[i] == ',' && i > 0 && digit(i - 1) && digit(i + 1) && digit(i + 2) && digit(i + 3);
    if (!grouping)
      joined_numbers += text[i];
  }
  return joined_numbers;
}

Words sign_words(std::string text) {
  text = replaced(std::move(text), "\xE2\x80\x99", "'");
  text = replaced(std::move(text), "<", " under ");
  text = replaced(std::move(text), ">", " over ");
  text = replaced(std::move(text), "+", " plus ");
  text = replaced(std::move(text), "'s ", " ");
  for (size_t i = 1; i + 1 < text.size(); ++i) {  // K-12 is one word
    const bool letter_alone = (i == 1 || text[i - 2] < 'A') && text[i - 1] >= 'A';
    if (text[i] == '-' && letter_alone && text[i + 1] >= '0' && text[i + 1] <= '9')
      text.erase(i, 1);
  }
  return words_of(latin(text));
}

// Words in capitals are names ("IT"), even where their letters also make a filler.
std::set<std::string> capitals(std::string_view label) {
  std::set<std::string> found;
  std::string word;
  bool all_capital = true;
  for (const char c : std::string(label) + " ") {
    const bool capital = c >= 'A' && c <= 'Z';
    if (capital || (c >= 'a' && c <= 'z')) {
      word += c;
      all_capital = all_capital && capital;
      continue;
    }
    if (word.size() > 1 && all_capital)
      found.insert(lower(word));
    word.clear();
    all_capital = true;
  }
  return found;
}

// The words of a label that may go into a name; numbers keep the words that belong to them.
Words name_words(std::string_view label, bool with_asides = false) {
  Words all = sign_words(with_asides ? std::string(label) : without_asides(label));
  if (all.size() > 1 && only_digits(all[0]) && all[0].size() == 1 && !only_digits(all[1]) &&
      (contains(label, " \xE2\x80\x93 ") || contains(label, " - ")))
    all.erase(all.begin());
  const std::set<std::string> kept_always = capitals(label);
  Words kept;
  for (size_t i = 0; i < all.size(); ++i) {
    const auto number_at = [&](size_t at) { return at < all.size() && only_digits(all[at]); };
    const bool bounds =
        number_at(i + 1) || (i + 1 < all.size() && all[i + 1] == "than" && number_at(i + 2));
    if (bounds && all[i] == "more") {
      kept.emplace_back("over");
    } else if (bounds && (all[i] == "less" || all[i] == "fewer")) {
      kept.emplace_back("under");
    } else if (all[i] == "not" && i + 2 < all.size() && all[i + 1] == "at" && all[i + 2] == "all") {
      kept.emplace_back("not_at_all");
      i += 2;
    } else if (filler().count(all[i]) == 0 || kept_always.count(all[i]) > 0) {
      kept.push_back(all[i]);
    } else if (all[i] == "to" && number_at(i + 1) && i > 0 && number_at(i - 1)) {
      kept.emplace_back("to");
    }
  }
  return kept.empty() ? all : kept;
}

// How many words the shortest sensible name takes.
size_t least_words(const Words& words) {
  size_t count = words.size() == 2 ? 2 : 1;
  while (count < words.size() && count < 3 && leans_on_next(words[count - 1]))
    ++count;
  // Bounds of numbers stay together: 10 49, over 100, 0 2.
  const auto number_at = [&](size_t i) { return i < words.size() && only_digits(words[i]); };
  if (number_at(0) &&
      (number_at(1) || (words.size() > 1 && (words[1] == "more" || words[1] == "plus"))))
    count = 2;
  if (number_at(0) && words.size() > 2 && words[1] == "to" && number_at(2))
    count = 3;
  return std::min(count, words.size());
}

std::string assembled(const Words& words) {
  std::string name = joined(words, "_");
  if (!name.empty() && (name[0] < 'a' || name[0] > 'z'))
    name = "n" + name;
  static const std::set<std::string> reserved{"and", "or", "not", "in", "true", "false", "end"};
  return reserved.count(name) > 0 ? name + "_" : name;
}

// `own` tells itself apart from `others`, which begin with the same words, by the first word
// at whose place none of them has the same; else by more of its words.
Words told_apart(const Words& own, size_t least, const std::vector<const Words*>& others) {
  Words name(own.begin(), own.begin() + static_cast<std::ptrdiff_t>(least));
  for (size_t i = least; i < own.size(); ++i) {
    const bool shared = std::any_of(others.begin(), others.end(), [&](const Words* other) {
      return i < other->size() && (*other)[i] == own[i];
    });
    if (!shared) {
      name.push_back(own[i]);
      return name;
    }
  }
  const size_t most = std::min(own.size(), least + 3);
  return {own.begin(), own.begin() + static_cast<std::ptrdiff_t>(most)};
}

std::string fixed_name(std::string_view label) {
  switch (missing_reason(label)) {
    case MissingReason::dont_know:
      return "dk";
    case MissingReason::refused:
      return "refused";
    case MissingReason::not_applicable:
      return "na";
    case MissingReason::none:
      break;
  }
  if (is_other(label))
    return "other";
  if (is_none(label))
    return "none";
  return {};
}

}  // namespace

std::vector<std::string> short_names(const std::vector<std::string>& labels,
                                     std::string_view fallback) {
  std::vector<Words> words;
  for (const std::string& label : labels)
    words.push_back(name_words(label));
  // Labels that differ only in brackets: "Education (college)", "Education (school)".
  const std::vector<Words> without_brackets = words;
  for (size_t i = 0; i < labels.size(); ++i)
    if (std::count(without_brackets.begin(), without_brackets.end(), without_brackets[i]) > 1)
      words[i] = name_words(labels[i], true);
  std::vector<std::string> names(labels.size());
  for (size_t i = 0; i < labels.size(); ++i) {
    names[i] = fixed_name(labels[i]);
    if (!names[i].empty())
      continue;
    if (words[i].empty()) {
      names[i] = std::string(fallback) + std::to_string(i + 1);
      continue;
    }
    const size_t least = least_words(words[i]);
    std::vector<const Words*> others;
    for (size_t j = 0; j < labels.size(); ++j)
      if (j != i && words[j].size() >= least &&
          std::equal(words[j].begin(), words[j].begin() + static_cast<std::ptrdiff_t>(least),
                     words[i].begin()) &&
          fixed_name(labels[j]).empty())
        others.push_back(&words[j]);
    const Words shortest(words[i].begin(), words[i].begin() + static_cast<std::ptrdiff_t>(least));
    names[i] = assembled(others.empty() ? shortest : told_apart(words[i], least, others));
  }
  std::set<std::string> taken;
  for (std::string& name : names) {
    const std::string base = name;
    for (int n = 2; !taken.insert(name).second; ++n)
      name = base + "_" + std::to_string(n);
  }
  return names;
}

std::string page_name(std::string_view title, const std::vector<std::string>& taken) {
  static const std::set<std::string> chat{"little", "bit", "please", "question", "questions"};
  Words words;
  for (const std::string& word : name_words(title))
    if (chat.count(word) == 0 && words.size() < 3 &&
        std::find(words.begin(), words.end(), word) == words.end())
      words.push_back(word);
  const std::string base = words.empty() ? "page" : assembled(words);
  std::string name = base;
  for (int n = 2; std::find(taken.begin(), taken.end(), name) != taken.end(); ++n)
    name = base + "_" + std::to_string(n);
  return name;
}

std::string file_name_of(std::string_view title) {
  const Words words = words_of(latin(std::string(title)));
  return words.empty() ? "study" : joined(words, "-");
}

}  // namespace topline::lf_srm
