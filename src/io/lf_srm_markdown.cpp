#include "io/lf_srm_markdown.hpp"

#include <algorithm>
#include <optional>

#include "text/utf8.hpp"

namespace topline::lf_srm {
namespace {

struct NumberedLine {
  std::string number;
  std::string text;
};

// "10a. What …"
std::optional<NumberedLine> numbered(std::string_view line) {
  const std::string text = trimmed(line);
  size_t at = 0;
  while (at < text.size() && text[at] >= '0' && text[at] <= '9')
    ++at;
  if (at == 0 || at > 3)
    return std::nullopt;
  if (at < text.size() && text[at] >= 'a' && text[at] <= 'z')
    ++at;
  if (at >= text.size() || text[at] != '.')
    return std::nullopt;
  const std::string rest = trimmed(text.substr(at + 1));
  if (rest.empty())
    return std::nullopt;
  return NumberedLine{text.substr(0, at), rest};
}

// "* Text", "- Text", "-- Text": the text.
std::optional<std::string> bullet(std::string_view line) {
  const std::string text = trimmed(line);
  for (const std::string_view mark : {"* ", "- ", "-- "})
    if (starts_with(text, mark))
      return trimmed(text.substr(mark.size()));
  return std::nullopt;
}

bool is_break(std::string_view line) {
  const std::string text = trimmed(line);
  return text == "***" || text == "---" || text == "* * *";
}

// "*options: Yes  No  Don't know*", "*CHOICES: yes / no*": what follows the colon.
std::optional<std::vector<std::string>> named_choices(std::string_view line) {
  std::string text = trimmed(line);
  while (!text.empty() && text.front() == '*')
    text.erase(0, 1);
  while (!text.empty() && text.back() == '*')
    text.pop_back();
  const std::string plain = lower(text);
  for (const std::string_view start :
       {"options:", "choices:", "columns:", "\xE9\x80\x89\xE9\xA1\xB9\xEF\xBC\x9A"}) {
    if (!starts_with(plain, start))
      continue;
    std::string list = text.substr(start.size());
    if (contains(list, "\t"))
      return list_items(replaced(list, "\t", ","));
    if (contains(list, "/"))
      return list_items(replaced(list, "/", ","));
    return list_items(replaced(list, " ", ","));
  }
  return std::nullopt;
}

// A line that is a list in brackets: "{Yes, No}", ">{Yes No}".
std::optional<std::vector<std::string>> bracketed_choices(std::string_view line) {
  std::string text = trimmed(line);
  if (!text.empty() && text.front() == '>')
    text = trimmed(text.substr(1));
  const bool brackets = text.size() > 2 && ((text.front() == '{' && text.back() == '}') ||
                                            (text.front() == '[' && text.back() == ']'));
  if (!brackets)
    return std::nullopt;
  return list_items(text);
}

// Instructions of editions in other languages: "（单选）", "(多选)" and whatever else stands in
// brackets at the end and speaks of choosing.
std::string without_foreign_instruction(std::string text) {
  for (const auto& [open, close] : std::vector<std::pair<std::string, std::string>>{
           {"\xEF\xBC\x88", "\xEF\xBC\x89"}, {"(", ")"}}) {
    const size_t at = text.rfind(open);
    if (at == std::string::npos)
      continue;
    const size_t end = text.find(close, at);
    if (end == std::string::npos)
      continue;
    const std::string inside = text.substr(at, end - at);
    const bool choosing = contains(inside, "\xE9\x80\x89") || contains(inside, "\xE9\x81\xB8");
    if (choosing)
      text.erase(at, end + close.size() - at);
  }
  return trimmed(text);
}

class Reader {
 public:
  Reader(const std::string& text, const std::string& file) : text_(text) {
    result_.file = file;
    result_.language = language_of(text, file);
    result_.pages.emplace_back();
  }

  MarkdownQuestionnaire read() {
    int number = 0;
    for (const std::string& raw : lines_of(text_)) {
      where_ = result_.file + ":" + std::to_string(++number);
      if (!trimmed(raw).empty())
        line(raw);
    }
    return std::move(result_);
  }

 private:
  MarkdownPage& page() { return result_.pages.back(); }

  [[nodiscard]] bool page_has_questions() const {
    return !result_.questions.empty() && result_.questions.back().page + 1 == result_.pages.size();
  }

  MarkdownQuestion* current() { return page_has_questions() ? &result_.questions.back() : nullptr; }

  void new_page(const std::string& title) {
    if (page_has_questions() || (!title.empty() && !page().title.empty()))
      result_.pages.emplace_back();
    if (!title.empty())
      page().title = title;
  }

  void line(const std::string& raw) {
    const std::string text = trimmed(raw);
    if (is_break(text)) {
      if (page_has_questions())
        result_.pages.emplace_back();
    } else if (text.front() == '#') {
      new_page(cleaned(text.substr(std::min(text.find_first_not_of('#'), text.size()))));
    } else if (const std::optional<NumberedLine> question = numbered(text)) {
      open_question(*question);
    } else if (const auto choices = bracketed_choices(text); choices && current() != nullptr) {
      take_choices(*choices);
    } else if (const auto named = named_choices(raw); named && current() != nullptr) {
      current()->asked.columns = *named;
    } else if (text.front() == '>') {
      rule(trimmed(text.substr(1)));
    } else if (const std::optional<std::string> item = bullet(text); item && current() != nullptr) {
      take_bullets(*item);
    } else {
      paragraph(text);
    }
  }

  void open_question(const NumberedLine& line) {
    MarkdownQuestion question;
    question.number = line.number;
    question.asked = parse_asked_text(line.text);
    question.asked.text = cleaned(without_foreign_instruction(question.asked.text));
    question.page = result_.pages.size() - 1;
    question.where = where_;
    result_.questions.push_back(std::move(question));
  }

  void take_choices(const std::vector<std::string>& choices) {
    if (choices.size() == 1 && contains(lower(choices[0]), "open"))
      current()->open = true;
    else
      current()->asked.columns = choices;
  }

  // Two bullets that slipped onto one line ("* A * B") are two options.
  void take_bullets(const std::string& item) {
    std::string rest = item;
    for (size_t at = rest.find(" * "); at != std::string::npos; at = rest.find(" * ")) {
      current()->options.push_back(cleaned(rest.substr(0, at)));
      rest.erase(0, at + 3);
    }
    const std::vector<std::string> inside = list_items(rest);
    if (rest.size() > 2 && rest.front() == '{' && inside.size() == 1 &&
        contains(lower(inside[0]), "open"))
      current()->open = true;
    else
      current()->options.push_back(cleaned(rest));
  }

  void rule(const std::string& text) {
    if (page_has_questions())
      result_.routing.push_back({text, where_});
    else
      page().rules.push_back({text, where_});
  }

  void paragraph(const std::string& text) {
    // "Question Title" is what a form service writes where nobody has written a question yet.
    if (page_has_questions() || lower(text) == "question title") {
      result_.unplaced.push_back({text, where_});
      return;
    }
    std::string clean = text;
    const bool bold = starts_with(clean, "**");
    clean = cleaned(replaced(std::move(clean), "**", ""));
    if (bold && page().title.empty()) {
      page().title = clean;
      return;
    }
    page().text += (page().text.empty() ? "" : "\n\n") + clean;
  }

  const std::string& text_;
  MarkdownQuestionnaire result_;
  std::string where_;
};

}  // namespace

bool is_markdown_questionnaire(std::string_view text) {
  int questions = 0;
  int answered = 0;  // questions with bullets below them
  bool open = false;
  for (const std::string& line : lines_of(text)) {
    if (numbered(line)) {
      ++questions;
      open = true;
    } else if (open && bullet(line)) {
      ++answered;
      open = false;
    }
  }
  return questions >= 2 && answered >= 2;
}

std::string language_of(std::string_view text, std::string_view file) {
  size_t han = 0;
  size_t kana = 0;
  size_t hangul = 0;
  size_t letters = 0;
  for (size_t at = 0; at < text.size();) {
    const CodePoint point = read_code_point(text, at);
    at = point.next;
    kana += point.value >= 0x3040 && point.value <= 0x30FF ? 1 : 0;
    han += point.value >= 0x4E00 && point.value <= 0x9FFF ? 1 : 0;
    hangul += point.value >= 0xAC00 && point.value <= 0xD7A3 ? 1 : 0;
    letters += point.value < 0x80 ? 1 : 0;
  }
  if (kana * 10 > han && kana * 20 > letters)
    return "ja";
  if (han * 10 > letters)
    return "zh";
  if (hangul * 10 > letters)
    return "ko";
  const size_t dot = file.rfind('.');
  const std::string name = lower(file.substr(0, dot));
  const size_t mark = name.rfind('_');
  if (mark != std::string::npos && name.size() - mark == 3 && mark > 0)
    return name.substr(mark + 1);
  return "en";
}

MarkdownQuestionnaire read_markdown_questionnaire(const std::string& text,
                                                  const std::string& file) {
  return Reader(text, file).read();
}

}  // namespace topline::lf_srm
