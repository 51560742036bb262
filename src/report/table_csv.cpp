#include <charconv>

#include "report/printed_table.hpp"

namespace topline {

namespace {

// A field by RFC 4180. A spreadsheet would run a text that begins like a formula: such a text
// gets an apostrophe in front.
std::string field(std::string text) {
  if (!text.empty() && std::string("=+-@\t").find(text[0]) != std::string::npos)
    text.insert(0, "'");
  if (text.find_first_of(",\"\r\n") == std::string::npos)
    return text;
  std::string quoted = "\"";
  for (char c : text) {
    quoted += c;
    if (c == '"')
      quoted += c;
  }
  return quoted + "\"";
}

std::string number(double value, int places) {
  char buffer[64];
  const auto [end, error] =
      std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed, places);
  return error == std::errc() ? std::string(buffer, end) : std::string();
}

std::string role_name(RowRole role) {
  if (role == RowRole::net)
    return "net";
  return role == RowRole::dont_know ? "dont_know" : "option";
}

// The column's letter, and those of the columns whose result is lower.
std::string letters(const BannerColumn& column, const std::string& higher_than) {
  return "," + (column.letter == 0 ? std::string() : std::string(1, column.letter)) + "," +
         higher_than;
}

}  // namespace

std::string tables_csv(const std::vector<Table>& tables, const Codebook& codebook,
                       int64_t suppress_below) {
  std::string out =
      "table,variable,column,column_text,role,row,row_text,count,base,percent,"
      "weighted_count,weighted_base,effective_base,standard_error,low,high,"
      "column_letter,higher_than\n";
  for (const Table& table : tables) {
    const Variable& variable = codebook[table.stub];
    for (size_t column = 0; column < table.columns.size(); ++column) {
      const BannerColumn& banner = table.columns[column];
      const std::string lead = field(table.id) + "," + field(variable.name) + "," +
                               field(banner.name) + "," + field(banner.text) + ",";
      for (size_t row = 0; row < table.rows.size(); ++row) {
        const Share share = table.share(row, column);
        const bool shown = share.base >= suppress_below;
        const auto given = [&](std::optional<double> value) {
          return "," + (shown && value ? number(*value, 6) : "");
        };
        out += lead + role_name(table.rows[row].role) + "," + field(table.rows[row].name) + "," +
               field(table.rows[row].text) + "," + (shown ? std::to_string(share.hits) : "") + "," +
               std::to_string(share.base) + given(share.percent());
        if (share.weighted)
          out +=
              given(share.hit_weight) + "," + number(share.base_weight, 6) + "," +
              (table.percentages == Percentages::column ? number(table.bases[column].effective(), 6)
                                                        : "");
        else
          out += ",,,";
        const std::optional<Precision>& precision = table.cells[row][column].precision;
        out += precision ? given(precision->standard_error) + given(precision->low) +
                               given(precision->high)
                         : ",,,";
        out += letters(banner, shown ? table.cells[row][column].higher_than : "") + "\n";
      }
      if (const std::optional<Moments>& moments = table.moments[column]) {
        const std::string n = std::to_string(moments->n);
        const auto given = [&](double value) {
          return moments->n >= suppress_below ? number(value, 6) : "";
        };
        const auto line = [&](const std::string& role, double value,
                              const std::optional<Precision>& precision,
                              const std::string& higher_than) {
          out += lead + role + ",,," + given(value) + "," + n + ",,,,,";
          out += precision ? given(precision->standard_error) + "," + given(precision->low) + "," +
                                 given(precision->high)
                           : ",,";
          out += letters(banner, moments->n >= suppress_below ? higher_than : "") + "\n";
        };
        line("mean", moments->mean, moments->precision, moments->higher_than);
        line("median", moments->median, {}, {});
        line("standard_deviation", moments->standard_deviation, {}, {});
      }
    }
  }
  return out;
}

}  // namespace topline
