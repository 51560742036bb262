#include "io/cell_faults.hpp"

#include <filesystem>
#include <limits>

#include "io/csv_table.hpp"

namespace topline {

namespace {

// Above this, a fault names the case and the column, and not the line.
constexpr uintmax_t most_bytes = uintmax_t{64} << 20;

bool has_date_form(std::string_view text) {
  constexpr std::string_view form = "0000-00-00";
  if (text.size() != form.size())
    return false;
  for (size_t i = 0; i < form.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (form[i] == '0' ? !digit : text[i] != '-')
      return false;
  }
  return true;
}

std::string option_hint(const Variable& variable, const std::string& text) {
  std::vector<std::string> known;
  for (const Option& option : *variable.options) {
    known.push_back(option.name);
    known.push_back(option.text);
  }
  const std::string near = did_you_mean(text, known);
  return near.empty() ? "add the option to the questionnaire, or the text to data.missing or "
                        "to `codes` in data.columns"
                      : near;
}

}  // namespace

std::string no_such_cell(CellUse use, const Variable& variable) {
  switch (use) {
    case CellUse::number:
      return "no number";
    case CellUse::date:
      return "no date";
    case CellUse::rank:
      return "no rank from 1 to " + std::to_string(variable.option_count());
    case CellUse::tick:
      return "neither a tick nor the lack of one";
    default:
      return "no code, name or text of an option of " + variable.name;
  }
}

std::string cell_hint(CellUse use, const Variable& variable, const std::string& text) {
  switch (use) {
    case CellUse::date:
      return has_date_form(text) ? "there is no such day" : "a date is written 2023-09-01";
    case CellUse::number:
      return "a number is written 12.5, without a unit; a text that stands for a missing answer "
             "goes into data.missing of study.yaml";
    case CellUse::rank:
      return "1 is the first rank; what was not ranked is left empty";
    case CellUse::tick:
      return "1, the option's code or its text is a tick; 0 or an empty cell is none";
    default:
      return option_hint(variable, text);
  }
}

std::string others_alike(int64_t count) {
  if (count == 0)
    return {};
  return count == 1 ? "; 1 other case does the like"
                    : "; " + std::to_string(count) + " other cases do the like";
}

RowLines::RowLines(std::string path, const CsvOptions& options)
    : path_(std::move(path)), options_(options) {}

int RowLines::line(size_t row) {
  if (!lines_) {
    lines_.emplace();
    std::error_code error;
    const uintmax_t size = std::filesystem::file_size(path_, error);
    if (!error && size <= most_bytes) {
      Result<CsvTable> table = read_csv(path_, path_, options_);
      if (table)
        *lines_ = std::move(table->lines);
    }
  }
  if (row >= lines_->size() || (*lines_)[row] > std::numeric_limits<int>::max())
    return 0;
  return static_cast<int>((*lines_)[row]);
}

}  // namespace topline
