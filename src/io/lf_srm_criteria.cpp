#include "io/lf_srm_criteria.hpp"

#include "io/lf_srm_text.hpp"

namespace topline::lf_srm {
namespace {

constexpr size_t kHeadRows = 10;

int head_row(const Sheet& sheet) {
  const int row = sheet.find_row("Q#", kHeadRows);
  return row >= 0 && sheet.find_column(static_cast<size_t>(row), "R#") >= 0 ? row : -1;
}

std::optional<Criterion> criterion_of(const std::string& words, const std::string& where) {
  using Kind = Criterion::Kind;
  const std::string plain = comparable(words);
  if (plain.empty() || plain == "keep")
    return std::nullopt;
  Criterion criterion{Kind::unread, cleaned(words), where};
  if (plain == "dq" || plain == "disqualify" || plain == "screened out" ||
      plain == "screened out of survey" || plain == "screen out")
    criterion.kind = Kind::screen_out;
  else if (plain == "filter out" || plain == "filtered out" || plain == "drop" || plain == "remove")
    criterion.kind = Kind::drop;
  else if (plain == "requires an answer" || plain == "requires answer" || plain == "required")
    criterion.kind = Kind::required;
  return criterion;
}

}  // namespace

bool is_filtering_criteria(const Sheet& sheet) {
  return head_row(sheet) >= 0 && sheet.find_row("Page or Section", kHeadRows) < 0;
}

FilteringCriteria read_filtering_criteria(const Sheet& sheet, ImportLog& log) {
  FilteringCriteria result;
  result.file = sheet.file;
  const size_t head = static_cast<size_t>(head_row(sheet));
  const size_t question = static_cast<size_t>(sheet.find_column(head, "Q#"));
  const size_t response = static_cast<size_t>(sheet.find_column(head, "R#"));
  const size_t text = response + 1;
  for (size_t row = head + 1; row < sheet.rows.size(); ++row) {
    if (sheet.is_empty_row(row))
      continue;
    const std::string id = cleaned(sheet.cell(row, question));
    const std::string code = cleaned(sheet.cell(row, response));
    std::vector<Criterion> criteria;
    for (size_t column = text + 1; column < sheet.rows[row].size(); ++column)
      if (auto criterion = criterion_of(sheet.cell(row, column), sheet.where(row)))
        criteria.push_back(std::move(*criterion));
    if (!id.empty()) {
      result.questions.push_back({id,
                                  whole_number(id),
                                  parse_asked_text(sheet.cell(row, text)).text,
                                  sheet.where(row),
                                  std::move(criteria),
                                  {}});
    } else if (!result.questions.empty() && !code.empty()) {
      result.questions.back().options.push_back(
          {code, cleaned(sheet.cell(row, text)), std::move(criteria)});
    } else {
      log.add(Topic::row, sheet.where(row),
              "a row without question or response: " + cleaned(joined(sheet.rows[row], " ")));
    }
  }
  return result;
}

}  // namespace topline::lf_srm
