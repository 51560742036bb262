#include "io/lf_srm_model.hpp"

#include <algorithm>

namespace topline::lf_srm {
namespace {

constexpr size_t kHeadRows = 10;  // the heads stand among the first rows

bool is_word(std::string_view text, std::string_view word) {
  return lower(cleaned(text)) == word;
}

bool is_text_box(std::string_view text) {
  const std::string plain = comparable(text);
  return plain == "text box" || plain == "text boxes" || plain == "open ended" ||
         plain == "open ended response";
}

// "•+D3": what is left of a formula that a spreadsheet could not follow.
bool is_formula_rest(std::string_view line) {
  std::string text = replaced(std::string(line), "\xE2\x80\xA2", "");
  text = trimmed(text);
  if (text.size() < 3 || (text[0] != '+' && text[0] != '='))
    return false;
  size_t at = 1;
  while (at < text.size() && text[at] >= 'A' && text[at] <= 'Z')
    ++at;
  return at > 1 && at < text.size() && whole_number(std::string_view(text).substr(at)).has_value();
}

class Reader {
 public:
  Reader(const Sheet& sheet, ImportLog& log, Diagnostics& faults)
      : sheet_(sheet), log_(log), faults_(faults) {}

  ReferenceModel read() {
    model_.file = sheet_.file;
    head_ = static_cast<size_t>(sheet_.find_row("Page or Section", kHeadRows));
    find_columns();
    for (size_t row = 0; row < head_; ++row)
      title_row(row);
    other_columns();
    for (size_t row = head_ + 1; row < sheet_.rows.size(); ++row)
      if (!sheet_.is_empty_row(row))
        body_row(row);
    if (model_.pages.empty() || std::all_of(model_.pages.begin(), model_.pages.end(),
                                            [](const ModelPage& p) { return p.questions.empty(); }))
      faults_.error({sheet_.file, line(head_), 0, 0}, "the reference model holds no question",
                    "a question's row has its number under \"Q#\"");
    return std::move(model_);
  }

 private:
  [[nodiscard]] int line(size_t row) const { return sheet_.lines[row]; }

  void find_columns() {
    page_ = sheet_.find_column(head_, "Page or Section");
    question_ = sheet_.find_column(head_, "Q#");
    response_ = sheet_.find_column(head_, "R#");
    const auto with_words = [&](std::string_view a, std::string_view b) {
      for (size_t column = 0; column < sheet_.rows[head_].size(); ++column) {
        const std::string head = lower(sheet_.cell(head_, column));
        if (contains(head, a) && contains(head, b))
          return static_cast<int>(column);
      }
      return -1;
    };
    text_ = with_words("questions", "responses");
    rule_ = with_words("rules", "logic");
    note_ = with_words("notes", "");
    if (text_ < 0) {
      text_ = response_ + 1;
      log_.add(Topic::decided, sheet_.where(head_),
               "no column is called \"Questions and Responses\"; the one behind \"R#\" was taken");
    }
    if (rule_ < 0)
      faults_.warning({sheet_.file, line(head_), 0, 0},
                      "no column is called \"Show/Hide Rules and Logic\"",
                      "the questionnaire is imported without routing");
  }

  void title_row(size_t row) {
    for (const std::string& cell : sheet_.rows[row])
      if (!trimmed(cell).empty() && model_.title.empty())
        model_.title = cleaned(cell);
  }

  // Columns beyond those that are read, and rows that hold nothing but such a column.
  void other_columns() {
    for (size_t column = 0; column < sheet_.columns(); ++column) {
      if (is_read(column))
        continue;
      size_t filled = 0;
      for (size_t row = head_ + 1; row < sheet_.rows.size(); ++row)
        filled += trimmed(sheet_.cell(row, column)).empty() ? 0 : 1;
      const std::string head = cleaned(sheet_.cell(head_, column));
      if (filled > 0)
        log_.add(Topic::row, sheet_.file,
                 "the column " + (head.empty() ? std::to_string(column + 1) : "\"" + head + "\"") +
                     " (" + std::to_string(filled) +
                     " cells) was not used: it says nothing about this questionnaire");
    }
  }

  [[nodiscard]] bool is_read(size_t column) const {
    const int at = static_cast<int>(column);
    return at == page_ || at == question_ || at == response_ || at == text_ || at == rule_ ||
           at == note_;
  }

  [[nodiscard]] std::string cell(size_t row, int column) const {
    return column < 0 ? std::string() : trimmed(sheet_.cell(row, static_cast<size_t>(column)));
  }

  void body_row(size_t row) {
    const std::string page = cell(row, page_);
    const std::string question = cleaned(cell(row, question_));
    const std::string response = cleaned(cell(row, response_));
    const std::string text = cell(row, text_);
    if (text.empty() && question.empty() && response.empty()) {
      if (!cell(row, rule_).empty() || !cell(row, note_).empty())
        log_.add(Topic::unread, sheet_.where(row),
                 "a rule or note that belongs to no question: " + cell(row, rule_) + " " +
                     cell(row, note_));
      return;
    }
    if (is_word(page, "misc"))
      misc_row(row, question, text);
    else if (!question.empty() && whole_number(question))
      question_row(row, page, *whole_number(question), text);
    else if (is_word(question, "text"))
      text_row(row, page, text);
    else if (!question.empty())
      log_.add(Topic::row, sheet_.where(row),
               "under \"Q#\" stands \"" + question + "\", which is no number: " + cleaned(text));
    else if (!response.empty())
      option_row(row, response, text);
    else if (is_text_box(text) && current_ != nullptr)
      current_->text_box = true;
    else if (!page.empty())
      page_row(row, page, text);
    else if (is_word(text, "end of survey"))
      log_.add(Topic::decided, sheet_.where(row), "\"End of Survey\" ends the last page");
    else
      log_.add(Topic::row, sheet_.where(row), "a row without numbers: " + cleaned(text));
  }

  ModelPage& page_with(size_t row, const std::string& id) {
    if (model_.pages.empty() || (!id.empty() && model_.pages.back().id != id)) {
      ModelPage page;
      page.id = id;
      page.where = sheet_.where(row);
      model_.pages.push_back(std::move(page));
    }
    return model_.pages.back();
  }

  void page_row(size_t row, const std::string& id, const std::string& text) {
    ModelPage& page = page_with(row, id);
    field_ = -1;
    current_ = nullptr;
    if (!page.title.empty()) {
      log_.add(Topic::row, sheet_.where(row),
               "page " + id + " has a title already: " + cleaned(text));
      return;
    }
    page.title = cleaned(text);
    page.rule = cell(row, rule_);
    page.note = cell(row, note_);
    page.where = sheet_.where(row);
  }

  void text_row(size_t row, const std::string& id, const std::string& text) {
    ModelPage& page = page_with(row, id);
    if (!page.questions.empty()) {
      log_.add(Topic::row, sheet_.where(row),
               "a text between two questions of page " + page.id + ": \"" + cleaned(text) + "\"");
      return;
    }
    std::vector<std::string> kept;
    for (const std::string& part : lines_of(text)) {
      if (is_formula_rest(part))
        log_.add(Topic::repaired, sheet_.where(row),
                 "left out the line \"" + trimmed(part) + "\", the rest of a spreadsheet formula");
      else
        kept.push_back(part);
    }
    const std::string clean = cleaned_lines(joined(kept, "\n"));
    page.text += page.text.empty() ? clean : "\n\n" + clean;
  }

  void question_row(size_t row, const std::string& id, int number, const std::string& text) {
    ModelQuestion question;
    question.number = number;
    question.asked = parse_asked_text(text);
    question.rule = cell(row, rule_);
    question.note = cell(row, note_);
    question.where = sheet_.where(row);
    field_ = -1;
    if (model_.find(number) != nullptr)
      faults_.warning({sheet_.file, line(row), question_ + 1, 0},
                      "there are two questions " + std::to_string(number),
                      "the first one is used where rules and data name this number");
    ModelPage& page = page_with(row, id);
    page.questions.push_back(std::move(question));
    current_ = &page.questions.back();
  }

  void option_row(size_t row, const std::string& code, const std::string& text) {
    ModelOption option{code, cleaned(text), cell(row, rule_), cell(row, note_), sheet_.where(row)};
    if (field_ >= 0) {
      model_.fields[static_cast<size_t>(field_)].codes.push_back(std::move(option));
    } else if (current_ == nullptr) {
      log_.add(Topic::row, sheet_.where(row), "a response without a question: " + option.text);
    } else if (is_word(code, "text")) {
      current_->text_box = true;
      // The rule beside a text box is one of its question.
      if (!option.rule.empty())
        current_->rule += (current_->rule.empty() ? "" : "\n") + option.rule;
      if (!option.note.empty())
        current_->note += (current_->note.empty() ? "" : "\n") + option.note;
    } else {
      current_->options.push_back(std::move(option));
    }
  }

  void misc_row(size_t row, const std::string& name, const std::string& text) {
    if (is_word(name, "misc") || name.empty()) {
      field_ = -1;
      current_ = nullptr;
      return;
    }
    field_ = static_cast<int>(model_.fields.size());
    current_ = nullptr;
    model_.fields.push_back({name, cleaned(text), {}});
    if (!cell(row, rule_).empty())
      log_.add(Topic::unread, sheet_.where(row), "a rule beside " + name + ": " + cell(row, rule_));
  }

  const Sheet& sheet_;
  ImportLog& log_;
  Diagnostics& faults_;
  ReferenceModel model_;
  size_t head_ = 0;
  int page_ = -1, question_ = -1, response_ = -1, text_ = -1, rule_ = -1, note_ = -1;
  int field_ = -1;                    // in model_.fields, while its codes are read
  ModelQuestion* current_ = nullptr;  // of the last page; set anew before pages grow
};

}  // namespace

const ModelQuestion* ReferenceModel::find(int number) const {
  for (const ModelPage& page : pages)
    for (const ModelQuestion& question : page.questions)
      if (question.number == number)
        return &question;
  return nullptr;
}

bool is_reference_model(const Sheet& sheet) {
  const int row = sheet.find_row("Page or Section", kHeadRows);
  return row >= 0 && sheet.find_column(static_cast<size_t>(row), "Q#") >= 0 &&
         sheet.find_column(static_cast<size_t>(row), "R#") >= 0;
}

ReferenceModel read_reference_model(const Sheet& sheet, ImportLog& log, Diagnostics& faults) {
  return Reader(sheet, log, faults).read();
}

}  // namespace topline::lf_srm
