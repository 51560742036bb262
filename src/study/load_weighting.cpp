#include <array>
#include <charconv>

#include "instrument/resolve.hpp"
#include "instrument/yaml.hpp"
#include "io/csv_table.hpp"
#include "study/weighting_plan.hpp"

namespace topline {

namespace {

const std::vector<std::string> step_names = {"non_response", "post_stratify", "rake", "calibrate",
                                             "trim"};
const std::vector<std::string> margin_keys = {"margins", "population"};

size_t options_of(const Variable& variable) {
  return variable.kind == VariableKind::flag ? 2 : variable.options->size();
}

// The position of an option by its name, code or, in files, text; a flag's are no and yes.
int option_position(const Variable& variable, std::string_view written) {
  if (variable.kind == VariableKind::flag)
    return written == "yes" || written == "1" ? 1 : written == "no" || written == "0" ? 0 : -1;
  const int found = variable.find_option(written);
  if (found >= 0)
    return found;
  for (size_t i = 0; i < variable.options->size(); ++i) {
    if ((*variable.options)[i].text == written)
      return static_cast<int>(i);
  }
  return -1;
}

std::optional<double> count_in(std::string_view written) {
  if (written.ends_with('%'))
    written.remove_suffix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(written.data(), written.data() + written.size(), value);
  if (error != std::errc() || end != written.data() + written.size() || !(value >= 0) ||
      value > 1e300)
    return std::nullopt;
  return value;
}

class WeightingReader {
 public:
  WeightingReader(YamlFile& file, const Codebook& codebook, const FileReader& read)
      : file_(file), codebook_(codebook), read_(read) {}

  std::vector<WeightingPlanStep> run() {
    if (!file_.root().IsMap() || !file_.root()["weighting"].IsDefined())
      return {};
    file_.items(file_.root()["weighting"], "`weighting`", [&](const YAML::Node& item) {
      if (item.IsMap() && item.size() != 1) {
        fault(file_.place(item), "a step of `weighting` is one of them",
              "begin each with a dash: `- rake: …`, `- trim: …`");
        return;
      }
      file_.entries(item, "a step of `weighting`",
                    [&](const std::string& key, const YAML::Node& key_node,
                        const YAML::Node& value) { step(key, key_node, value); });
    });
    return std::move(steps_);
  }

 private:
  void fault(Place place, std::string message, std::string hint) {
    file_.faults().error(std::move(place), std::move(message), std::move(hint));
  }

  void step(const std::string& name, const YAML::Node& name_node, const YAML::Node& body) {
    WeightingPlanStep step;
    step.place = file_.place(name_node);
    if (name == "non_response") {
      step.kind = WeightingKind::non_response;
      non_response(step, body);
    } else if (name == "post_stratify") {
      step.kind = WeightingKind::post_stratify;
      margins_of(step, body, name);
      if (step.margins.size() > 1)
        fault(step.place, "post-stratification knows one margin, and there are several",
              "`rake` meets several at once; or give the counts of the crossed cells in a file");
    } else if (name == "rake") {
      step.kind = WeightingKind::rake;
      margins_of(step, body, name);
    } else if (name == "calibrate") {
      step.kind = WeightingKind::calibrate;
      calibrate(step, body);
    } else if (name == "trim") {
      step.kind = WeightingKind::trim;
      trim(step, body);
    } else {
      file_.unknown_key(name_node, name, "`weighting`", step_names);
      return;
    }
    steps_.push_back(std::move(step));
  }

  void non_response(WeightingPlanStep& step, const YAML::Node& body) {
    static const std::vector<std::string> keys = {"classes", "sampled"};
    file_.entries(body, "`non_response`",
                  [&](const std::string& key, const YAML::Node& key_node, const YAML::Node& value) {
                    if (key == "classes") {
                      const std::optional<std::string> name = file_.text(value, "`classes`");
                      if (name)
                        step.margins.push_back(margin_of(*name, file_.place(value)));
                    } else if (key == "sampled") {
                      const std::optional<std::string> text = file_.text(value, "`sampled`");
                      if (text)
                        step.sampled = resolve_expression(*text, file_.place(value), codebook_,
                                                          ExpressionType::boolean,
                                                          Aggregates::refused, file_.faults());
                    } else {
                      file_.unknown_key(key_node, key, "`non_response`", keys);
                    }
                  });
    if (!steps_.empty())
      fault(step.place, "`non_response` comes after another step",
            "it begins with the weights of the design: put it first");
    if (step.margins.empty() && body.IsMap() && file_.faults().count(Severity::error) == 0)
      fault(step.place, "`non_response` has no classes",
            "name what is known of all who were sampled: `classes: region`");
  }

  void margins_of(WeightingPlanStep& step, const YAML::Node& body, const std::string& name) {
    file_.entries(body, "`" + name + "`",
                  [&](const std::string& key, const YAML::Node& key_node, const YAML::Node& value) {
                    if (!margin_entry(step, key, value))
                      file_.unknown_key(key_node, key, "`" + name + "`", margin_keys);
                  });
    if (step.margins.empty() && body.IsMap() && file_.faults().count(Severity::error) == 0)
      fault(step.place, "`" + name + "` has no margins",
            "write `margins: {sex: {male: 4900, female: 5100}}`");
  }

  bool margin_entry(WeightingPlanStep& step, const std::string& key, const YAML::Node& value) {
    if (key == "margins") {
      file_.entries(value, "`margins`",
                    [&](const std::string& name, const YAML::Node& name_node,
                        const YAML::Node& counts) { margin(step, name, name_node, counts); });
      return true;
    }
    if (key != "population")
      return false;
    step.population = positive(value, "`population`");
    return true;
  }

  std::optional<double> positive(const YAML::Node& node, const std::string& what) {
    const std::optional<double> number = file_.number(node, what);
    if (number && !(*number > 0)) {
      fault(file_.place(node), what + " should be more than 0", "");
      return std::nullopt;
    }
    return number;
  }

  // "sex", or "sex * age" for crossed cells.
  std::vector<VariableId> variables_of(const std::string& name, const Place& place) {
    std::vector<VariableId> variables;
    for (size_t from = 0; from <= name.size();) {
      size_t to = name.find('*', from);
      to = to == std::string::npos ? name.size() : to;
      std::string one = name.substr(from, to - from);
      one.erase(0, one.find_first_not_of(' '));
      one.erase(one.find_last_not_of(' ') + 1);
      from = to + 1;
      const VariableId id = codebook_.find(one);
      if (!id.valid()) {
        fault(place, "there is no question `" + one + "` to have a margin of",
              did_you_mean(one, codebook_.names()));
        return {};
      }
      const VariableKind kind = codebook_[id].kind;
      if (kind != VariableKind::single && kind != VariableKind::flag) {
        fault(place, one + " has no margin: each respondent needs one of its options",
              "name a single question, a derived recode or bands");
        return {};
      }
      variables.push_back(id);
    }
    return variables;
  }

  // The cells of "sex * age", without counts; no variables where there is a fault.
  MarginPlan margin_of(const std::string& name, const Place& place) {
    MarginPlan margin;
    margin.place = place;
    margin.variables = variables_of(name, place);
    size_t cells = 1;
    for (VariableId id : margin.variables)
      cells *= options_of(codebook_[id]);
    margin.counts.resize(cells);
    return margin;
  }

  void margin(WeightingPlanStep& step, const std::string& name, const YAML::Node& name_node,
              const YAML::Node& counts) {
    MarginPlan margin = margin_of(name, file_.place(name_node));
    if (margin.variables.empty())
      return;
    if (counts.IsScalar()) {
      from_file(margin, counts);
    } else if (margin.variables.size() > 1) {
      fault(file_.place(counts), "the counts of crossed variables stand in a file",
            "write its path: a CSV file with a column for each variable and one called count");
    } else {
      inline_counts(margin, counts);
    }
    step.margins.push_back(std::move(margin));
  }

  void inline_counts(MarginPlan& margin, const YAML::Node& counts) {
    const Variable& variable = codebook_[margin.variables[0]];
    file_.entries(
        counts, "the margin of " + variable.name,
        [&](const std::string& option, const YAML::Node& option_node, const YAML::Node& value) {
          const int position = option_position(variable, option);
          if (position < 0) {
            unknown_option(variable, option, file_.place(option_node));
            return;
          }
          const std::optional<std::string> written = file_.text(value, "a count");
          const std::optional<double> count = written ? count_in(*written) : std::nullopt;
          if (written && !count)
            fault(file_.place(value), "`" + *written + "` is no count and no share",
                  "write 4900, or 49% beside `population:`");
          margin.counts[static_cast<size_t>(position)] = count;
        });
  }

  void unknown_option(const Variable& variable, const std::string& option, const Place& place) {
    std::vector<std::string> known;
    for (const Option& other : *variable.options)
      known.push_back(other.name);
    fault(place, variable.name + " has no option `" + option + "`", did_you_mean(option, known));
  }

  void from_file(MarginPlan& margin, const YAML::Node& node) {
    const std::optional<std::string> path = file_.text(node, "the margin's file");
    if (!path)
      return;
    Result<std::string> bytes = read_(*path);
    if (!bytes) {
      Diagnostic told = bytes.fault();
      told.place = file_.place(node);
      file_.faults().add(std::move(told));
      return;
    }
    Result<CsvTable> table = parse_csv(std::move(*bytes), *path);
    if (!table) {
      file_.faults().add(table.fault());
      return;
    }
    std::vector<size_t> columns;
    for (VariableId id : margin.variables)
      columns.push_back(column_of(*table, codebook_[id].name, *path));
    columns.push_back(column_of(*table, "count", *path));
    for (size_t column : columns) {
      if (column == table->width)
        return;
    }
    for (size_t row = 0; row < table->rows(); ++row)
      file_row(margin, *table, columns, row, *path);
  }

  size_t column_of(const CsvTable& table, const std::string& name, const std::string& path) {
    for (size_t column = 0; column < table.width; ++column) {
      if (!table.header.empty() && table.header[0][column] == name)
        return column;
    }
    fault({path, 1, 1, 0}, "there is no column `" + name + "`",
          "a margin's file has a column for each variable and one called count");
    return table.width;
  }

  void file_row(MarginPlan& margin, const CsvTable& table, const std::vector<size_t>& columns,
                size_t row, const std::string& path) {
    const Place place = {path, static_cast<int>(table.lines[row]), 0, 0};
    size_t cell = 0;
    for (size_t i = 0; i < margin.variables.size(); ++i) {
      const Variable& variable = codebook_[margin.variables[i]];
      const std::string written(table.cell(row, columns[i]));
      const int position = option_position(variable, written);
      if (position < 0) {
        unknown_option(variable, written, place);
        return;
      }
      cell = cell * options_of(variable) + static_cast<size_t>(position);
    }
    const std::string_view written = table.cell(row, columns.back());
    const std::optional<double> count = count_in(written);
    if (!count)
      fault(place, "`" + std::string(written) + "` is no count",
            "a count is a number of 0 or more");
    else if (margin.counts[cell])
      fault(place, "this cell of the margin has a count already", "each stands once");
    else
      margin.counts[cell] = count;
  }

  void calibrate(WeightingPlanStep& step, const YAML::Node& body) {
    static const std::vector<std::string> keys = {"margins", "population", "totals", "method",
                                                  "bounds"};
    file_.entries(body, "`calibrate`",
                  [&](const std::string& key, const YAML::Node& key_node, const YAML::Node& value) {
                    if (margin_entry(step, key, value))
                      return;
                    if (key == "totals") {
                      file_.entries(
                          value, "`totals`",
                          [&](const std::string& name, const YAML::Node& name_node,
                              const YAML::Node& total) { total_of(step, name, name_node, total); });
                    } else if (key == "method") {
                      static const std::vector<std::string> methods = {"linear", "raking", "logit"};
                      static constexpr std::array distances = {Distance::linear, Distance::raking,
                                                               Distance::logit};
                      step.calibrate.distance = distances.at(
                          static_cast<size_t>(file_.word(value, "`method`", methods).value_or(0)));
                    } else if (key == "bounds") {
                      bounds(step, value);
                    } else {
                      file_.unknown_key(key_node, key, "`calibrate`", keys);
                    }
                  });
    if (step.margins.empty() && step.totals.empty() && body.IsMap() &&
        file_.faults().count(Severity::error) == 0)
      fault(step.place, "`calibrate` has neither `margins` nor `totals`",
            "write `totals: {income: 4200000}`");
  }

  void total_of(WeightingPlanStep& step, const std::string& name, const YAML::Node& name_node,
                const YAML::Node& total) {
    const VariableId id = codebook_.find(name);
    if (!id.valid() || codebook_[id].kind != VariableKind::number) {
      fault(file_.place(name_node),
            id.valid() ? name + " is no number, and has no total"
                       : "there is no number `" + name + "` to have a total of",
            id.valid() ? "counts of options are `margins`" : did_you_mean(name, codebook_.names()));
      return;
    }
    if (const std::optional<double> number = file_.number(total, "the total of " + name))
      step.totals.emplace_back(id, *number);
  }

  void bounds(WeightingPlanStep& step, const YAML::Node& node) {
    std::vector<double> both;
    file_.items(node, "`bounds`", [&](const YAML::Node& item) {
      both.push_back(file_.number(item, "a bound").value_or(0));
    });
    if (both.size() == 2 && both[0] < 1 && both[1] > 1)
      step.calibrate.bounds = {both[0], both[1]};
    else if (node.IsSequence())
      fault(file_.place(node), "`bounds` are two factors, with 1 between them",
            "write [0.3, 3]: no weight shrinks below 0.3 or grows beyond 3 times itself");
  }

  void trim(WeightingPlanStep& step, const YAML::Node& body) {
    file_.entries(
        body, "`trim`",
        [&](const std::string& key, const YAML::Node& key_node, const YAML::Node& value) {
          if (key == "lower") {
            step.trim.lower = file_.number(value, "`lower`").value_or(0);
          } else if (key == "upper") {
            if (const std::optional<double> upper = positive(value, "`upper`"))
              step.trim.upper = *upper;
          } else if (key == "of") {
            static const std::vector<std::string> units = {"weight", "median", "mean"};
            static constexpr std::array meant = {TrimUnit::weight, TrimUnit::median,
                                                 TrimUnit::mean};
            step.trim.unit =
                meant.at(static_cast<size_t>(file_.word(value, "`of`", units).value_or(0)));
          } else if (key == "strict") {
            step.trim.strict = file_.truth(value, "`strict`").value_or(false);
          } else {
            file_.unknown_key(key_node, key, "`trim`", {"lower", "upper", "of", "strict"});
          }
        });
    if (body.IsMap() && !(step.trim.lower < step.trim.upper))
      fault(step.place, "the lower limit of `trim` is not below the upper one", "");
  }

  YamlFile& file_;
  const Codebook& codebook_;
  const FileReader& read_;
  std::vector<WeightingPlanStep> steps_;
};

}  // namespace

std::vector<WeightingPlanStep> load_weighting(const std::string& text, const std::string& file,
                                              const Codebook& codebook, const FileReader& read,
                                              Diagnostics& faults) {
  Diagnostics told;  // faults of YAML itself are told when the rest of the file is read
  YamlFile yaml(text, file, told);
  if (!yaml.parsed())
    return {};
  std::vector<WeightingPlanStep> steps = WeightingReader(yaml, codebook, read).run();
  faults.append(std::move(told));
  return steps;
}

std::string cell_label(const MarginPlan& margin, const Codebook& codebook, size_t cell) {
  std::string label;
  for (size_t i = margin.variables.size(); i-- > 0;) {
    const Variable& variable = codebook[margin.variables[i]];
    const size_t options = options_of(variable);
    const size_t option = cell % options;
    cell /= options;
    const std::string name = variable.kind == VariableKind::flag ? (option == 1 ? "yes" : "no")
                                                                 : (*variable.options)[option].name;
    label = label.empty() ? name : name + ", " + label;
  }
  return label;
}

}  // namespace topline
