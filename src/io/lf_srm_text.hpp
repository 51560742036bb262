// Texts of questionnaires as people write them: cleaning, comparing, and what a label says about
// itself ("don't know", "other, please specify").
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "instrument/variable.hpp"

namespace topline::lf_srm {

// Without spaces, tabs, no-break spaces and line breaks at the ends.
std::string trimmed(std::string_view text);

// One line: line breaks and runs of spaces (no-break ones too) become one space, ligatures
// (fi, fl, ff, ffi, ffl) become letters, Markdown's bold and italic marks at the ends go.
std::string cleaned(std::string_view text);

// The same for each line; empty lines at the ends go, several in a row become one.
std::string cleaned_lines(std::string_view text);

std::vector<std::string> lines_of(std::string_view text);

// Of ASCII letters only.
std::string lower(std::string_view text);

// What counts when two labels are compared: letters and digits in lower case, apostrophes left
// out, everything else one space.
std::string comparable(std::string_view text);

std::vector<std::string> words_of(std::string_view text);  // of comparable(text)

// How much two texts have in common: twice the number of shared words by the number of all
// words, from 0 to 1. Two empty texts are alike.
double likeness(std::string_view a, std::string_view b);

bool contains(std::string_view text, std::string_view part);
bool starts_with(std::string_view text, std::string_view start);
std::string replaced(std::string text, std::string_view what, std::string_view with);
std::string joined(const std::vector<std::string>& parts, std::string_view between);

// "12" and nothing else; no sign.
std::optional<int> whole_number(std::string_view text);
// "three" or "3": one to twelve in words.
std::optional<int> number_in_words(std::string_view text);
// Every number that stands in the text, in order; "1,000" and "1，000" are 1000.
std::vector<long long> numbers_in(std::string_view text);

// "Don't know or not sure" and its like; "I prefer not to answer"; "Not applicable".
MissingReason missing_reason(std::string_view label);
// "Other", "Other (please specify)".
bool is_other(std::string_view label);
// A label that asks for words: "please specify", "please explain".
bool asks_for_text(std::string_view label);
// "None of these", "No processes or approaches"? Only the former: labels that begin with none.
bool is_none(std::string_view label);

// What stands in brackets behind a question: "(select one)", "(select all that apply)",
// "(select three)", "(select up to three)", "(select one per row)".
struct Instruction {
  enum class Choice { unsaid, one, all, exactly, up_to, one_per_row, several_per_row };
  Choice choice = Choice::unsaid;
  int number = 0;         // of exactly and up_to
  bool optional = false;  // "(select one. OPTIONAL)"
};

struct AskedText {
  std::string text;  // without the instruction
  Instruction instruction;
  std::vector<std::string> columns;  // of "[Never, Rarely, Don't know]"
};

// Takes instruction and columns out of a question's text.
AskedText parse_asked_text(std::string_view text);

// "[Never, Rarely]", "{Yes No}", "yes / no / not sure": the parts. A comma inside a number
// ("1,000") does not part.
std::vector<std::string> list_items(std::string_view text);

}  // namespace topline::lf_srm
