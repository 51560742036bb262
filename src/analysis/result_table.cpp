#include "analysis/result_table.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "io/csv_write.hpp"
#include "text/number_digits.hpp"
#include "text/terminal_width.hpp"
#include "text/text_columns.hpp"

namespace topline {

namespace {

// Decimals that show three digits of `least`, none of them noise.
int three_digits_of(double least) {
  return std::clamp(2 - static_cast<int>(std::floor(std::log10(least))), 0, 12);
}

// From the smallest standard error of the table, or the smallest value where it has none.
int decimals_of(const ResultTable& table) {
  for (const Quantity wanted : {Quantity::error, Quantity::value}) {
    double least = 0;
    for (size_t column = 0; column < table.columns.size(); ++column) {
      for (const ResultLine& line : table.lines) {
        const double size = std::abs(line.values[column].value_or(0));
        if (table.columns[column].quantity == wanted && std::isfinite(size) && size > 0)
          least = least > 0 ? std::min(least, size) : size;
      }
    }
    if (least > 0)
      return three_digits_of(wanted == Quantity::error ? least : std::max(least, 0.01));
  }
  return 2;
}

std::string digits(std::optional<double> value, Quantity quantity, int decimals) {
  if (!value)
    return "–";
  if (!std::isfinite(*value))
    return *value > 0 ? "∞" : *value < 0 ? "−∞" : "–";
  switch (quantity) {
    case Quantity::count:
      return fixed_digits(*value, 0);
    case Quantity::base:
      return fixed_digits(*value, 1);
    case Quantity::value:
      return fixed_digits(*value, decimals);
    case Quantity::error:
      return fixed_digits(*value, decimals + 1);
    case Quantity::statistic:
      return fixed_digits(*value, 3);
    case Quantity::freedom:
      return shortest_digits(std::round(*value * 100) / 100);
    case Quantity::probability:
      return *value < 0.00005 ? "<0.0001" : fixed_digits(*value, 4);
  }
  return {};
}

std::vector<std::vector<std::string>> cells_of(const ResultTable& table) {
  const int decimals = decimals_of(table);
  std::vector<std::vector<std::string>> lines = {{table.title}};
  for (const ResultColumn& column : table.columns)
    lines.front().push_back(column.head);
  for (const ResultLine& line : table.lines) {
    std::vector<std::string> cells = {line.label};
    for (size_t i = 0; i < line.values.size(); ++i)
      cells.push_back(digits(line.values[i], table.columns[i].quantity, decimals));
    lines.push_back(std::move(cells));
  }
  return lines;
}

nlohmann::ordered_json json_of(std::optional<double> value, Quantity quantity) {
  if (!value || !std::isfinite(*value))
    return {};
  if (quantity == Quantity::count && *value == std::floor(*value))
    return static_cast<int64_t>(*value);
  return *value;
}

}  // namespace

std::string results_text(const ResultTables& results, int width) {
  std::string out = results.title + "\n";
  for (const ResultTable& table : results.tables)
    out += (out.ends_with("\n\n") ? "" : "\n") + text_columns(cells_of(table), width);
  if (!results.notes.empty())
    out += "\n";
  int longest = 0;
  for (const ResultNote& note : results.notes)
    longest = std::max(longest, display_width(note.name));
  for (const ResultNote& note : results.notes) {
    const std::vector<std::string> wrapped =
        wrap_to_width(note.text, std::max(30, width - longest - 2));
    for (size_t i = 0; i < wrapped.size(); ++i)
      out += pad_to_width(i == 0 ? note.name + ":" : "", longest + 2) + wrapped[i] + "\n";
  }
  return out;
}

std::string results_csv(const ResultTables& results) {
  std::string out = "table,row,quantity,value\n";
  for (const ResultTable& table : results.tables) {
    for (const ResultLine& line : table.lines) {
      for (size_t i = 0; i < line.values.size(); ++i)
        out += csv_field(table.name) + "," + csv_field(line.name) + "," +
               csv_field(table.columns[i].name) + "," +
               (line.values[i] && std::isfinite(*line.values[i]) ? shortest_digits(*line.values[i])
                                                                 : "") +
               "\n";
    }
  }
  return out;
}

std::string results_json(const ResultTables& results) {
  using nlohmann::ordered_json;
  ordered_json json;
  json["title"] = results.title;
  for (const ResultTable& table : results.tables) {
    ordered_json lines = ordered_json::array();
    for (const ResultLine& line : table.lines) {
      ordered_json one;
      one["name"] = line.name;
      one["label"] = line.label;
      for (size_t i = 0; i < line.values.size(); ++i)
        one[table.columns[i].name] = json_of(line.values[i], table.columns[i].quantity);
      lines.push_back(std::move(one));
    }
    json[table.name] = std::move(lines);
  }
  json["notes"] = ordered_json::object();
  for (const ResultNote& note : results.notes)
    json["notes"][note.name] = note.text;
  return json.dump(2) + "\n";
}

}  // namespace topline
