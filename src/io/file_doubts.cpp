#include "io/file_doubts.hpp"

#include <algorithm>
#include <charconv>

namespace topline {

namespace {

bool is_number(std::string_view cell) {
  double value = 0;
  const auto [stop, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  return error == std::errc() && stop == cell.data() + cell.size();
}

}  // namespace

void tell_encoding(const CsvFormat& format, const CsvOptions& options, const Study& study,
                   Diagnostics& faults) {
  if (options.encoding || format.marked || format.encoding == Encoding::utf8)
    return;
  const std::string name(encoding_name(format.encoding));
  faults.note({study.data.file, 0, 0, 0}, "is not UTF-8, and was read as " + name,
              "`encoding: " + name + "` under `data` in study.yaml settles it");
}

void doubt_header(const CsvHead& head, const ColumnMap& map, const Questionnaire& questionnaire,
                  const Study& study, Diagnostics& faults) {
  constexpr int enough = 3;
  for (size_t i = 1; i < head.header.size(); ++i) {
    int numbers = 0, others = 0;
    for (const ColumnUse& use : map.uses) {
      const VariableKind kind = questionnaire.codebook[use.variable].kind;
      const std::string& cell = head.header[i][use.position];
      if (kind != VariableKind::text && kind != VariableKind::date && !cell.empty())
        ++(is_number(cell) ? numbers : others);
    }
    if (numbers >= enough && numbers > others)
      faults.warning(
          {study.data.file, study.data.title_rows + 1 + static_cast<int>(i), 0, 0},
          "this row is taken for a part of the header, and looks like answers",
          "is `header_rows: " + std::to_string(study.data.header_rows) + "` in study.yaml right?");
  }
}

void tell_repeated_names(std::vector<std::string> names, const Study& study, Diagnostics& faults) {
  std::sort(names.begin(), names.end());
  size_t repeated = 0, cases = 0;  // names, and the cases that have the first of them
  std::string first;
  for (size_t i = 0, next = 0; i < names.size(); i = next) {
    while (next < names.size() && names[next] == names[i])
      ++next;
    if (next - i < 2 || repeated++ > 0)
      continue;
    first = names[i];
    cases = next - i;
  }
  if (repeated == 0)
    return;
  const std::string more = repeated == 1 ? ""
                           : repeated == 2
                               ? "; 1 other name is repeated"
                               : "; " + std::to_string(repeated - 1) + " other names are repeated";
  faults.warning({study.data.file, 0, 0, 0},
                 std::to_string(cases) + " cases have the same name `" + first + "` in column `" +
                     study.data.id + "`" + more,
                 "all of them are counted; take them out of the file if they are the same person");
}

}  // namespace topline
