#include "refs.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <iostream>
#include <limits>
#include <set>
#include <sstream>
#include <stdexcept>

#include "estimation/means.hpp"

namespace topline::refs {

namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

double number(const std::string& cell) {
  if (cell.empty() || cell == "NA" || cell == "NaN")
    return nothing;
  if (cell == "Inf" || cell == "-Inf")
    return cell == "Inf" ? std::numeric_limits<double>::infinity()
                         : -std::numeric_limits<double>::infinity();
  double value = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (error != std::errc() || end != cell.data() + cell.size())
    throw std::runtime_error("no number: " + cell);
  return value;
}

std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"') {
      cells.back() += '"';
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      cells.emplace_back();
    } else if (c != '\r') {
      cells.back() += c;
    }
  }
  return cells;
}

std::vector<uint32_t> codes(const std::vector<std::string>& cells,
                            std::vector<std::string>* names) {
  std::map<std::string, uint32_t> known;
  std::vector<uint32_t> result;
  for (const std::string& cell : cells) {
    const auto [at, added] = known.emplace(cell, static_cast<uint32_t>(known.size()));
    if (added && names != nullptr)
      names->push_back(cell);
    result.push_back(at->second);
  }
  return result;
}

StageRows stage(const Sheet& data, const std::string& stratum, const std::string& unit,
                const std::string& population) {
  StageRows rows;
  if (stratum.empty())
    rows.stratum.assign(data.rows(), 0);
  else
    rows.stratum = codes(data.text(stratum), &rows.stratum_names);
  if (unit.empty()) {
    for (size_t row = 0; row < data.rows(); ++row)
      rows.unit.push_back(static_cast<uint32_t>(row));
  } else {
    rows.unit = codes(data.text(unit), nullptr);
  }
  if (!population.empty())
    rows.population = data.numbers(population);
  return rows;
}

// Weights of two stages from populations: Π N/n.
std::vector<double> two_stage_weights(const StageRows& first, const StageRows& second) {
  const std::set<uint32_t> units(first.unit.begin(), first.unit.end());
  std::map<uint32_t, std::set<uint32_t>> within;
  for (size_t row = 0; row < first.unit.size(); ++row)
    within[first.unit[row]].insert(second.unit[row]);
  std::vector<double> weights;
  for (size_t row = 0; row < first.unit.size(); ++row)
    weights.push_back(first.population[row] / static_cast<double>(units.size()) *
                      second.population[row] / static_cast<double>(within[first.unit[row]].size()));
  return weights;
}

// Second-stage strata are the first-stage units.
StageRows second_stage(const Sheet& data, const std::string& psu, const std::string& unit,
                       const std::string& population) {
  StageRows rows = stage(data, psu, "", population);
  std::vector<std::string> joint;
  for (size_t row = 0; row < data.rows(); ++row)
    joint.push_back(data.text(psu)[row] + "/" + data.text(unit)[row]);
  rows.unit = codes(joint, nullptr);
  return rows;
}

Sample linearized(const std::string& name) {
  Sample sample;
  sample.name = name;
  auto has = [&](const std::string& part) { return name.find(part) != std::string::npos; };
  const std::string file = name == "syn_lonely[nofpc_no_certainty]" ? "syn_lonely3"
                           : has("syn_lonely")                      ? "syn_lonely"
                           : has("syn_stratclus")                   ? "syn_stratclus"
                           : has("syn_strat")                       ? "syn_strat"
                           : has("syn_srs")                         ? "syn_srs"
                           : has("syn_clus1")                       ? "syn_clus1"
                           : has("syn_clus2")                       ? "syn_clus2"
                           : has("syn_weights")                     ? "syn_weights"
                           : name == "api_srs"                      ? "apisrs"
                           : name == "api_strat"                    ? "apistrat"
                           : name == "api_clus1"                    ? "apiclus1"
                           : name == "api_clus2"                    ? "apiclus2"
                                                                    : "";
  if (file.empty())
    throw std::runtime_error("no such design: " + name);
  sample.api = file.starts_with("api");
  sample.data = read_sheet(folder() / "data" / (file + ".csv"));
  const Sheet& data = sample.data;
  SampleDesign& design = sample.design;
  design.name = name;
  design.weights = data.numbers(sample.api ? "pw" : "w");
  const bool fpc = has("_fpc") || (has("[fpc")) || sample.api;
  if (file == "syn_srs" || file == "apisrs")
    design.stages = {stage(data, "", "", fpc ? "fpc" : "")};
  else if (file == "syn_strat")
    design.stages = {stage(data, "stratum", "", fpc ? "fpc" : "")};
  else if (file == "apistrat")
    design.stages = {stage(data, "stype", "", "fpc")};
  else if (file == "syn_clus1")
    design.stages = {stage(data, "", "cluster", fpc ? "fpc" : "")};
  else if (file == "apiclus1")
    design.stages = {stage(data, "", "dnum", "fpc")};
  else if (file == "syn_stratclus")
    design.stages = {stage(data, "stratum", "psuid", "")};
  else if (has("syn_lonely"))
    design.stages = {stage(data, "stratum", "psuid", has("[fpc") ? "fpc" : "")};
  else if (name == "syn_clus2_wr")
    design.stages = {stage(data, "", "psu", "")};
  else if (name == "syn_clus2_fpc")
    design.stages = {stage(data, "", "psu", "fpc1"), second_stage(data, "psu", "ssu", "fpc2")};
  else if (name == "api_clus2")
    design.stages = {stage(data, "", "dnum", "fpc1"), second_stage(data, "dnum", "snum", "fpc2")};
  if (name == "api_clus2")
    design.weights = two_stage_weights(design.stages[0], design.stages[1]);
  return sample;
}

ReplicateType type_of(const std::string& name) {
  const std::map<std::string, ReplicateType> types = {
      {"BRR", ReplicateType::brr},
      {"Fay", ReplicateType::fay},
      {"JK1", ReplicateType::jk1},
      {"JKn", ReplicateType::jkn},
      {"bootstrap", ReplicateType::bootstrap},
      {"subbootstrap", ReplicateType::subbootstrap},
      {"mrbbootstrap", ReplicateType::preston},
      {"ACS", ReplicateType::acs},
      {"successive-difference", ReplicateType::successive_difference},
      {"other", ReplicateType::other}};
  return types.at(name);
}

std::vector<double> numbers_in(const std::string& text) {
  std::istringstream words(text);
  std::vector<double> result;
  for (std::string word; words >> word;)
    result.push_back(number(word));
  return result;
}

Sample replicated(const std::string& name, bool mse) {
  const Sheet index = read_sheet(folder() / "data" / "repweights" / "INDEX.csv");
  for (size_t row = 0; row < index.rows(); ++row) {
    if (index.text("name")[row] != name)
      continue;
    // "BRR syn_stratclus" names its data; the "read-as" designs read others' weights.
    const size_t space = name.rfind(' ');
    const std::string data = name.starts_with("read-as") ? "syn_stratclus" : name.substr(space + 1);
    Sample sample = linearized(data);
    sample.name = name;
    const Sheet weights = read_sheet(folder() / index.text("file")[row]);
    SampleDesign& design = sample.design;
    design.name = name;
    design.stages.clear();
    design.weights = weights.numbers("pw");
    ReplicateRows& replicates = design.replicates;
    replicates.scales.type = type_of(index.text("type")[row]);
    replicates.scales.scale = index.numbers("scale")[row];
    replicates.scales.rscales = numbers_in(index.text("rscales")[row]);
    replicates.scales.mse = mse;
    replicates.degrees_of_freedom = index.numbers("degf")[row];
    for (const std::string& column : weights.names) {
      if (column != "pw")
        replicates.weights.push_back(weights.numbers(column));
    }
    return sample;
  }
  throw std::runtime_error("no such design: " + name);
}

bool agrees(const Value& computed, double expected) {
  if (std::isnan(expected) || std::isnan(computed.value))
    return std::isnan(expected) && std::isnan(computed.value);
  if (std::isinf(expected))
    return computed.value == expected;
  const double tolerance = computed.kind == Kind::closed ? 1e-12 : 1e-9;
  return std::abs(computed.value - expected) <= std::max(1e-12, tolerance * std::abs(expected));
}

// What was compared of each file, for the sum at the end.
struct Account {
  size_t all = 0;
  size_t passed = 0;
};
std::map<std::string, Account>& accounts() {
  static std::map<std::string, Account> of;
  return of;
}

// Prints the sum over all files when the program has compared more than one.
class Sum final : public testing::Environment {
 public:
  void TearDown() override {
    size_t all = 0;
    size_t passed = 0;
    for (const auto& [file, account] : accounts()) {
      all += account.all;
      passed += account.passed;
    }
    if (accounts().size() > 1)
      std::cout << "refs: " << passed << " of " << all << " values agree, in " << accounts().size()
                << " files\n";
  }
};
const testing::Environment* const sum = testing::AddGlobalTestEnvironment(new Sum);

std::string digits(double value) {
  std::ostringstream out;
  out.precision(17);
  out << value;
  return out.str();
}

}  // namespace

std::filesystem::path folder() {
  const char* given = std::getenv("TOPLINE_SHARED");  // NOLINT(concurrency-mt-unsafe)
  const std::filesystem::path shared =
      given != nullptr ? std::filesystem::path(given)
                       : std::filesystem::path(TOPLINE_SOURCE_DIR) / ".." / "shared";
  return (shared / "refs").lexically_normal();
}

bool present() {
  return std::filesystem::exists(folder() / "results");
}

bool Sheet::has(const std::string& name) const {
  return std::find(names.begin(), names.end(), name) != names.end();
}

const std::vector<std::string>& Sheet::text(const std::string& name) const {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end())
    throw std::runtime_error("no column " + name);
  return cells[static_cast<size_t>(found - names.begin())];
}

std::vector<double> Sheet::numbers(const std::string& name) const {
  std::vector<double> result;
  for (const std::string& cell : text(name))
    result.push_back(number(cell));
  return result;
}

Sheet read_sheet(const std::filesystem::path& path) {
  std::ifstream in(path);
  if (!in)
    throw std::runtime_error("cannot read " + path.string());
  Sheet sheet;
  std::string line;
  std::getline(in, line);
  sheet.names = split(line);
  sheet.cells.resize(sheet.names.size());
  while (std::getline(in, line)) {
    const std::vector<std::string> cells = split(line);
    for (size_t i = 0; i < sheet.names.size(); ++i)
      sheet.cells[i].push_back(i < cells.size() ? cells[i] : "");
  }
  return sheet;
}

Factor Sample::factor(const std::string& column) const {
  Factor factor;
  if (column == "grp")
    factor.levels = {"red", "green", "blue"};
  const std::vector<std::string>& cells = data.text(column);
  if (factor.levels.empty()) {
    std::set<std::string> seen(cells.begin(), cells.end());
    seen.erase("");
    seen.erase("NA");
    factor.levels.assign(seen.begin(), seen.end());
  }
  for (const std::string& cell : cells) {
    const auto found = std::find(factor.levels.begin(), factor.levels.end(), cell);
    factor.code.push_back(
        found == factor.levels.end() ? -1 : static_cast<int>(found - factor.levels.begin()));
  }
  return factor;
}

const Sample& sample(const std::string& name, bool mse) {
  static std::map<std::pair<std::string, bool>, Sample> known;
  const auto found = known.find({name, mse});
  if (found != known.end())
    return found->second;
  const bool plain = name.find(' ') == std::string::npos;
  return known.emplace(std::pair(name, mse), plain ? linearized(name) : replicated(name, mse))
      .first->second;
}

void compare(const std::string& file, const Answer& answer,
             const std::vector<std::string>& unsupported) {
  if (!present())
    GTEST_SKIP() << "needs shared/refs";
  const Sheet results = read_sheet(folder() / "results" / file);
  struct Wanted {
    Call call;
    std::vector<double> values;
  };
  std::vector<Wanted> calls;
  std::map<std::pair<std::string, std::string>, size_t> position;
  const std::vector<double> values = results.numbers("value");
  for (size_t row = 0; row < results.rows(); ++row) {
    const std::pair key(results.text("design")[row], results.text("call")[row]);
    const auto [at, added] = position.emplace(key, calls.size());
    if (added)
      calls.push_back({{key.first, key.second, {}}, {}});
    calls[at->second].call.wanted.emplace_back(results.text("term")[row],
                                               results.text("stat")[row]);
    calls[at->second].values.push_back(values[row]);
  }
  size_t compared = 0;
  size_t passed = 0;
  size_t left_out = 0;
  std::map<std::string, size_t> names_left_out;
  size_t shown = 0;
  for (const Wanted& wanted : calls) {
    const std::optional<Values> computed = answer(wanted.call);
    const bool declared = std::any_of(
        unsupported.begin(), unsupported.end(),
        [&](const std::string& part) { return wanted.call.call.find(part) != std::string::npos; });
    for (size_t i = 0; i < wanted.values.size(); ++i) {
      const std::pair<std::string, std::string>& what = wanted.call.wanted[i];
      const std::string place =
          wanted.call.design + " | " + wanted.call.call + " | " + what.first + " | " + what.second;
      const auto found = computed ? computed->find(what) : Values::const_iterator{};
      if (!computed || found == computed->end()) {
        ++left_out;
        ++names_left_out[wanted.call.call + " " + (computed ? what.second : "")];
        if (!declared)
          ADD_FAILURE() << "not supported: " << place;
        continue;
      }
      ++compared;
      if (agrees(found->second, wanted.values[i])) {
        ++passed;
      } else if (++shown <= 40) {
        ADD_FAILURE() << place << ": " << digits(found->second.value) << ", reference "
                      << digits(wanted.values[i]);
      }
    }
  }
  Account& account = accounts()[file];
  account.all = values.size();
  account.passed = std::max(account.passed, passed);
  if (compared != passed)
    ADD_FAILURE() << file << ": " << compared - passed << " values differ";
  std::cout << "refs: " << file << ": " << passed << " of " << compared << " compared agree; "
            << left_out << " not supported; " << values.size() << " in all\n";
  for (const auto& [name, count] : names_left_out)
    std::cout << "refs:   not supported: " << name << " (" << count << ")\n";
}

void add_estimate(Values& values, const std::string& term, double estimate, double se,
                  double degrees_of_freedom, Kind kind) {
  values[{term, "estimate"}] = {estimate, kind};
  values[{term, "se"}] = {se, kind};
  values[{term, "cv"}] = {se / estimate, kind};
  Estimate one;
  one.value = estimate;
  one.standard_error = se;
  one.degrees_of_freedom = degrees_of_freedom;
  const auto normal = symmetric_interval(one, 0.95, Reference::normal);
  const auto student = symmetric_interval(one, 0.95, Reference::student);
  values[{term, "ci95_normal_lo"}] = {normal.first, kind};
  values[{term, "ci95_normal_hi"}] = {normal.second, kind};
  values[{term, "ci95_t_degf_lo"}] = {student.first, kind};
  values[{term, "ci95_t_degf_hi"}] = {student.second, kind};
}

}  // namespace topline::refs
