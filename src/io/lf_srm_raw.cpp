#include "io/lf_srm_raw.hpp"

#include <algorithm>

namespace topline::lf_srm {
namespace {

struct QuestionHead {
  int number = 0;
  int suffix = -1;
  bool other = false;  // "Q10_other"
};

// "Q12", "q12", "Q12_3", "Q10_other".
std::optional<QuestionHead> question_head(std::string_view text) {
  const std::string head = lower(cleaned(text));
  if (head.size() < 2 || head[0] != 'q')
    return std::nullopt;
  const size_t mark = head.find('_');
  const std::optional<int> number = whole_number(std::string_view(head).substr(1, mark - 1));
  if (!number)
    return std::nullopt;
  QuestionHead result{*number, -1, false};
  if (mark != std::string::npos) {
    const std::string_view behind = std::string_view(head).substr(mark + 1);
    const std::optional<int> suffix = whole_number(behind);
    result.suffix = suffix.value_or(-1);
    result.other = !suffix;
  }
  return result;
}

// "q1i9" between q18 and q20: a number with something between its digits.
std::optional<int> damaged_number(std::string_view text, int before) {
  const std::string head = lower(cleaned(text));
  if (head.size() < 2 || head.size() > 8 || head[0] != 'q')
    return std::nullopt;
  std::string digits;
  for (const char c : head.substr(1))
    if (c >= '0' && c <= '9')
      digits += c;
  const std::optional<int> number = whole_number(digits);
  if (!number || *number != before + 1)
    return std::nullopt;
  return number;
}

std::string column_range(int first, int last) {
  if (first == last)
    return "column " + std::to_string(first);
  return "columns " + std::to_string(first) + " to " + std::to_string(last);
}

}  // namespace

class RawReader {
 public:
  RawReader(Sheet sheet, ImportLog& log, Diagnostics& faults) : log_(log), faults_(faults) {
    table_.file = sheet.file;
    table_.sheet_ = std::move(sheet);
  }

  RawTable read() {
    drop_empty_rows();
    if (table_.cases() == 0)
      faults_.error({table_.file, 4, 0, 0}, "the raw data hold no respondent",
                    "below the three header rows, each row is one respondent");
    for (size_t column = 0; column < table_.width(); ++column)
      take(column);
    flush_empty();
    const int behind = static_cast<int>(table_.width());
    const int empty = static_cast<int>(table_.sheet_.empty_columns);
    if (empty > 0)
      log_.add(Topic::column, table_.file + ", " + column_range(behind + 1, behind + empty),
               "empty, without any head");
    return std::move(table_);
  }

 private:
  [[nodiscard]] const std::string& head(size_t row, size_t column) const {
    return table_.sheet_.cell(row, column);
  }

  void drop_empty_rows() {
    Sheet& sheet = table_.sheet_;
    const size_t before = sheet.rows.size();
    for (size_t row = sheet.rows.size(); row > RawTable::kHeaderRows; --row) {
      if (sheet.is_empty_row(row - 1)) {
        sheet.rows.erase(sheet.rows.begin() + static_cast<std::ptrdiff_t>(row - 1));
        sheet.lines.erase(sheet.lines.begin() + static_cast<std::ptrdiff_t>(row - 1));
      }
    }
    if (before != sheet.rows.size())
      log_.add(Topic::decided, table_.file,
               std::to_string(before - sheet.rows.size()) + " empty rows were passed over");
  }

  void take(size_t column) {
    RawColumn raw = counted(column);
    const std::string text = cleaned(head(1, column));
    std::optional<QuestionHead> question = question_head(raw.head);
    if (!question && !raw.head.empty() && !table_.questions.empty())
      question = repaired(raw);
    const bool nothing = raw.head.empty() && text.empty() && raw.label.empty();
    if (nothing && raw.is_empty()) {
      empty_.push_back(raw.number);
      return;
    }
    flush_empty();
    if (question)
      open_or_extend(*question, std::move(raw), column);
    else if (raw.head.empty() && text.empty() && !table_.questions.empty())
      table_.questions.back().columns.push_back(std::move(raw));
    else
      field(std::move(raw), text);
  }

  RawColumn counted(size_t column) {
    RawColumn raw;
    raw.number = static_cast<int>(column) + 1;
    raw.head = cleaned(head(0, column));
    raw.label = cleaned(head(2, column));
    for (size_t row = RawTable::kHeaderRows; row < table_.sheet_.rows.size(); ++row) {
      const std::string text = trimmed(table_.sheet_.cell(row, column));
      if (text.empty())
        continue;
      ++raw.filled;
      if (const std::optional<int> code = whole_number(text)) {
        ++raw.whole_numbers;
        ++raw.codes[*code];
      }
    }
    return raw;
  }

  std::optional<QuestionHead> repaired(const RawColumn& raw) {
    const std::optional<int> number = damaged_number(raw.head, table_.questions.back().number);
    if (!number)
      return std::nullopt;
    log_.add(Topic::repaired, table_.file + ", column " + std::to_string(raw.number),
             "the head \"" + raw.head + "\" was read as Q" + std::to_string(*number) +
                 ", the number that is missing behind Q" +
                 std::to_string(table_.questions.back().number));
    return QuestionHead{*number, -1, false};
  }

  void open_or_extend(const QuestionHead& question, RawColumn raw, size_t column) {
    raw.suffix = question.suffix;
    const auto known =
        std::find_if(table_.questions.begin(), table_.questions.end(),
                     [&](const RawQuestion& q) { return q.number == question.number; });
    if (known == table_.questions.end()) {
      RawQuestion added;
      added.number = question.number;
      added.asked = parse_asked_text(head(1, column));
      table_.questions.push_back(std::move(added));
      table_.questions.back().columns.push_back(std::move(raw));
    } else {
      known->columns.push_back(std::move(raw));
    }
  }

  void field(RawColumn raw, const std::string& text) {
    const bool label_is_name = !raw.label.empty() && lower(raw.label) != "response";
    RawField field;
    field.name = !text.empty()       ? text
                 : !raw.head.empty() ? raw.head
                 : label_is_name     ? raw.label
                                     : "";
    if (field.name.empty())
      field.name = "Column " + std::to_string(raw.number);
    field.column = std::move(raw);
    table_.fields.push_back(std::move(field));
  }

  void flush_empty() {
    if (!empty_.empty())
      log_.add(Topic::column, table_.file + ", " + column_range(empty_.front(), empty_.back()),
               "empty, without any head");
    empty_.clear();
  }

  ImportLog& log_;
  Diagnostics& faults_;
  RawTable table_;
  std::vector<int> empty_;  // neighbouring columns without head and content
};

bool is_raw_data(const Sheet& sheet) {
  if (sheet.rows.size() < RawTable::kHeaderRows)
    return false;
  const auto heads = std::count_if(sheet.rows[0].begin(), sheet.rows[0].end(),
                                   [](const std::string& text) { return question_head(text); });
  return heads > 0 && sheet.find_column(0, "Q#") < 0;
}

RawTable read_raw_data(Sheet sheet, ImportLog& log, Diagnostics& faults) {
  return RawReader(std::move(sheet), log, faults).read();
}

}  // namespace topline::lf_srm
