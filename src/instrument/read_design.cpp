#include "instrument/read_design.hpp"

#include <charconv>

namespace topline {

namespace {

// rw001..rw080 stands for eighty names; the digits keep their width.
struct NameRange {
  std::string prefix;
  size_t width = 0;
  int first = 0;
  int last = 0;
};

std::optional<NameRange> name_range(const std::string& text) {
  const size_t dots = text.find("..");
  if (dots == std::string::npos)
    return std::nullopt;
  const std::string from = text.substr(0, dots);
  const std::string to = text.substr(dots + 2);
  const size_t digits = from.find_last_not_of("0123456789") + 1;
  NameRange range;
  range.prefix = from.substr(0, digits);
  range.width = from.size() - digits;
  if (range.width == 0 || range.width > 6 || !to.starts_with(range.prefix))
    return std::nullopt;
  auto whole = [](const std::string& number, int& value) {
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
    return error == std::errc() && end == number.data() + number.size() && !number.empty();
  };
  if (!whole(from.substr(digits), range.first) || !whole(to.substr(digits), range.last) ||
      range.last < range.first || to.size() > from.size() + 3)
    return std::nullopt;
  return range;
}

class DesignReader {
 public:
  explicit DesignReader(YamlFile& file) : file_(file) {}

  DesignEntry run(const YAML::Node& node) {
    DesignEntry entry;
    entry.place = file_.place(node);
    file_.entries(node, "`design`",
                  [&](const std::string& key, const YAML::Node& key_node, const YAML::Node& value) {
                    design_entry(entry, key, key_node, value);
                  });
    if (entry.replicates && !entry.stages.empty())
      fault(entry.replicates->place, "the design has both `stages` and `replicates`",
            "replicate weights stand for the stages; keep one of the two");
    if (entry.make_replicates && entry.stages.empty())
      fault(entry.make_replicates->place, "there are no `stages` to make replicate weights of",
            "say how the sample was drawn; weights that came with the data are `replicates`");
    if (entry.replicates && !entry.weight)
      fault(entry.replicates->place, "replicate weights need the full sample's `weight` as well",
            "write `weight:` with the name of its variable");
    if (!entry.replicates && entry.stages.empty() && !entry.weight && node.IsMap())
      fault(entry.place, "`design` says neither `stages` nor `weight` nor `replicates`",
            "leave it out for a simple random sample");
    return entry;
  }

 private:
  void fault(Place place, std::string message, std::string hint) {
    file_.faults().error(std::move(place), std::move(message), std::move(hint));
  }

  std::optional<FormulaText> name(const YAML::Node& node, const std::string& what) {
    const std::optional<std::string> written = file_.text(node, what);
    if (!written)
      return std::nullopt;
    return FormulaText{*written, file_.text_place(node)};
  }

  void design_entry(DesignEntry& entry, const std::string& key, const YAML::Node& key_node,
                    const YAML::Node& value) {
    if (key == "stages") {
      file_.items(value, "`stages`",
                  [&](const YAML::Node& item) { entry.stages.push_back(stage(item)); });
    } else if (key == "weight") {
      entry.weight = name(value, "`weight`");
    } else if (key == "single_unit") {
      entry.single_unit = file_.word(value, "`single_unit`", single_unit_policies()).value_or(0);
    } else if (key == "single_unit_in_domains") {
      entry.single_in_domains = file_.truth(value, "`single_unit_in_domains`").value_or(false);
    } else if (key == "degrees_of_freedom") {
      entry.degrees_of_freedom = positive(value, "`degrees_of_freedom`");
    } else if (key == "replicates") {
      entry.replicates = replicates(value);
    } else if (key == "make_replicates") {
      entry.make_replicates = make_replicates(value);
    } else {
      file_.unknown_key(key_node, key, "`design`",
                        {"stages", "weight", "single_unit", "single_unit_in_domains",
                         "degrees_of_freedom", "replicates", "make_replicates"});
    }
  }

  std::optional<double> positive(const YAML::Node& node, const std::string& what) {
    const std::optional<double> number = file_.number(node, what);
    if (number && !(*number > 0)) {
      fault(file_.place(node), what + " should be more than 0", "");
      return std::nullopt;
    }
    return number;
  }

  DesignStageEntry stage(const YAML::Node& node) {
    DesignStageEntry entry;
    entry.place = file_.place(node);
    file_.entries(
        node, "a stage",
        [&](const std::string& key, const YAML::Node& key_node, const YAML::Node& value) {
          if (key == "strata")
            entry.strata = file_.names(value, "`strata`");
          else if (key == "units")
            entry.units = name(value, "`units`");
          else if (key == "population")
            entry.population = name(value, "`population`");
          else
            file_.unknown_key(key_node, key, "a stage", {"strata", "units", "population"});
        });
    return entry;
  }

  ReplicatesEntry replicates(const YAML::Node& node) {
    ReplicatesEntry entry;
    entry.place = file_.place(node);
    file_.entries(node, "`replicates`",
                  [&](const std::string& key, const YAML::Node& key_node, const YAML::Node& value) {
                    replicates_entry(entry, key, key_node, value);
                  });
    if (!node.IsMap())
      return entry;
    if (entry.type < 0)
      fault(entry.place, "`replicates` does not say how they were made",
            "write `type: BRR`, or another of JK1, JKn, BRR, Fay, bootstrap, ACS, "
            "successive differences, other");
    if (entry.weights.empty())
      fault(entry.place, "`replicates` names no weights", "write `weights: rw1..rw80`, or a list");
    return entry;
  }

  bool around_full_sample(const YAML::Node& node) {
    static const std::vector<std::string> centres = {"mean", "full sample"};
    return file_.word(node, "`around`", centres).value_or(0) == 1;
  }

  std::optional<double> rho(const YAML::Node& node) {
    const std::optional<double> number = file_.number(node, "`rho`");
    if (!number || (*number >= 0 && *number < 1))
      return number;
    fault(file_.place(node), "`rho` should be from 0 to below 1", "0.5 and 0.3 are usual");
    return std::nullopt;
  }

  MakeReplicatesEntry make_replicates(const YAML::Node& node) {
    MakeReplicatesEntry entry;
    entry.place = file_.place(node);
    file_.entries(node, "`make_replicates`",
                  [&](const std::string& key, const YAML::Node& key_node, const YAML::Node& value) {
                    if (key == "type")
                      entry.type = file_.word(value, "`type`", made_replicate_types()).value_or(-1);
                    else if (key == "count")
                      entry.count = file_.whole(value, "`count`", 2, 100'000).value_or(0);
                    else if (key == "rho")
                      entry.rho = rho(value).value_or(0.5);
                    else if (key == "seed")
                      entry.seed = file_.whole(value, "`seed`", 0, 2'000'000'000).value_or(1);
                    else if (key == "around")
                      entry.around_full_sample = around_full_sample(value);
                    else
                      file_.unknown_key(key_node, key, "`make_replicates`",
                                        {"type", "count", "rho", "seed", "around"});
                  });
    if (node.IsMap() && entry.type < 0)
      fault(entry.place, "`make_replicates` does not say how", "write `type: JKn`, or another");
    return entry;
  }

  void replicates_entry(ReplicatesEntry& entry, const std::string& key, const YAML::Node& key_node,
                        const YAML::Node& value) {
    if (key == "weights") {
      for (const FormulaText& written : file_.names(value, "`weights`"))
        add_weights(entry, written);
    } else if (key == "type") {
      entry.type = file_.word(value, "`type`", replicate_types()).value_or(-1);
    } else if (key == "scale") {
      entry.scale = positive(value, "`scale`");
    } else if (key == "rho") {
      entry.rho = rho(value);
    } else if (key == "rscales") {
      auto add = [&](const YAML::Node& item) {
        entry.rscales.push_back(file_.number(item, "a scale").value_or(0));
      };
      if (value.IsSequence())
        file_.items(value, "`rscales`", add);
      else
        add(value);
    } else if (key == "around") {
      entry.around_full_sample = around_full_sample(value);
    } else {
      file_.unknown_key(key_node, key, "`replicates`",
                        {"weights", "type", "scale", "rho", "rscales", "around"});
    }
  }

  void add_weights(ReplicatesEntry& entry, const FormulaText& written) {
    const std::optional<NameRange> range = name_range(written.text);
    if (!range) {
      if (written.text.find("..") != std::string::npos)
        fault(written.place, "`" + written.text + "` is no range of names",
              "write the first and the last, as in rw001..rw080");
      else
        entry.weights.push_back(written);
      return;
    }
    for (int number = range->first; number <= range->last; ++number) {
      std::string digits = std::to_string(number);
      if (digits.size() < range->width)
        digits.insert(0, range->width - digits.size(), '0');
      entry.weights.push_back({range->prefix + digits, written.place});
    }
  }

  YamlFile& file_;
};

}  // namespace

const std::vector<std::string>& replicate_types() {
  static const std::vector<std::string> types = {
      "JK1", "JKn", "BRR", "Fay", "bootstrap", "ACS", "successive differences", "other"};
  return types;
}

const std::vector<std::string>& made_replicate_types() {
  static const std::vector<std::string> types = {"JK1",     "JKn",       "BRR",
                                                 "Fay",     "bootstrap", "Rao-Wu",
                                                 "Preston", "ACS",       "successive differences"};
  return types;
}

const std::vector<std::string>& single_unit_policies() {
  static const std::vector<std::string> policies = {"fail", "remove", "certainty", "adjust",
                                                    "average"};
  return policies;
}

DesignEntry read_design(YamlFile& file, const YAML::Node& node) {
  return DesignReader(file).run(node);
}

}  // namespace topline
