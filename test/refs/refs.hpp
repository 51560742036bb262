// Reference values of R's survey package, and the designs that they were computed on. They lie
// outside the project (see test/shared); what is not there is skipped.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "design/sample_design.hpp"
#include "engine/column_rows.hpp"

namespace topline::refs {

std::filesystem::path folder();  // …/refs
bool present();

// A CSV file as text cells, by column name.
struct Sheet {
  std::vector<std::string> names;
  std::vector<std::vector<std::string>> cells;  // [column][row]

  [[nodiscard]] size_t rows() const { return cells.empty() ? 0 : cells.front().size(); }
  [[nodiscard]] bool has(const std::string& name) const;
  [[nodiscard]] const std::vector<std::string>& text(const std::string& name) const;
  // Numbers; an empty cell or NA is NaN.
  [[nodiscard]] std::vector<double> numbers(const std::string& name) const;
};
Sheet read_sheet(const std::filesystem::path& path);

// A factor: codes by row, -1 where missing, and levels. The order of levels is R's in the
// reference: that of `levels` where given, sorted otherwise.
struct Factor {
  std::vector<int> code;
  std::vector<std::string> levels;
};

// A sample of the reference under its name in the results ("syn_srs_fpc", "BRR syn_stratclus").
struct Sample {
  std::string name;
  Sheet data;
  SampleDesign design;
  bool api = false;

  [[nodiscard]] Factor factor(const std::string& column) const;  // grp, half, age, stype, …
};
// mse chooses the centre of replicate variances. Throws std::runtime_error for unknown names.
const Sample& sample(const std::string& name, bool mse = false);

// How a value is held against the reference.
enum class Kind { closed, iterative };  // 1e-12 and 1e-9 relative

struct Value {
  double value = 0;
  Kind kind = Kind::closed;
};

// Values by (term, stat), as the results have them.
using Values = std::map<std::pair<std::string, std::string>, Value>;

// One call on one design, and the terms and stats that the reference has of it.
struct Call {
  std::string design;
  std::string call;
  std::vector<std::pair<std::string, std::string>> wanted;
};

// Computes a call's values; nothing where the call is not supported.
using Answer = std::function<std::optional<Values>(const Call&)>;

// Holds every row of results/<file> against `answer`, prints counts, and fails on what differs
// or is not supported unless `unsupported` names its call (a substring).
void compare(const std::string& file, const Answer& answer,
             const std::vector<std::string>& unsupported = {});

// Adds estimate, se, cv and intervals, as the reference names them.
void add_estimate(Values& values, const std::string& term, double estimate, double se,
                  double degrees_of_freedom, Kind kind = Kind::closed);

}  // namespace topline::refs
