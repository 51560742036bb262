// A questionnaire in Markdown: numbered questions, options as bullets, headings and rules
// ("***") between pages, routing in quotes (">").
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "io/lf_srm_log.hpp"
#include "io/lf_srm_text.hpp"

namespace topline::lf_srm {

struct MarkdownQuestion {
  std::string number;  // "10", "10a"
  AskedText asked;
  std::vector<std::string> options;  // or rows of a grid, when asked.columns is not empty
  bool open = false;                 // answered in words
  size_t page = 0;
  std::string where;
};

struct MarkdownRule {
  std::string text;
  std::string where;
};

struct MarkdownPage {
  std::string title;
  std::string text;
  std::vector<MarkdownRule> rules;  // that stand before its first question
};

struct MarkdownQuestionnaire {
  std::string file;
  std::string language;  // en, zh, ja, …
  std::vector<MarkdownPage> pages;
  std::vector<MarkdownQuestion> questions;
  std::vector<MarkdownRule> routing;   // rules behind questions
  std::vector<MarkdownRule> unplaced;  // lines that belong to nothing
};

// Whether the text is a questionnaire: several numbered questions with bullets below them.
bool is_markdown_questionnaire(std::string_view text);

// The language by its script, then by the file's name ("questions_fr.md"), else "en".
std::string language_of(std::string_view text, std::string_view file);

MarkdownQuestionnaire read_markdown_questionnaire(const std::string& text, const std::string& file);

}  // namespace topline::lf_srm
