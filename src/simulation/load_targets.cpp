#include "instrument/resolve.hpp"
#include "instrument/yaml.hpp"
#include "simulation/read_target.hpp"
#include "simulation/targets.hpp"

namespace topline {

namespace {

const std::vector<std::string> top_keys = {"cases",    "started", "screened_out", "dropped",
                                           "complete", "targets", "texts"};

class Loader {
 public:
  Loader(YamlFile& file, const OpenStudy& study, Targets& result)
      : file_(file), study_(study), codebook_(study.codebook()), result_(result) {}

  void run() {
    if (!file_.root().IsDefined() || file_.root().IsNull())
      return;
    file_.entries(file_.root(), "targets.yaml",
                  [&](const std::string& key, const YAML::Node& key_node, const YAML::Node& value) {
                    entry(key, key_node, value);
                  });
    if (!cases_given_ && !result_.all.empty())
      file_.faults().error({file_.file(), 0, 0, 0}, "`cases` is missing",
                           "it says how many valid cases to invent: `cases: 300`");
    check_ledger();
  }

 private:
  void fault(Place place, std::string message, std::string hint = {}) {
    file_.faults().error(std::move(place), std::move(message), std::move(hint));
  }

  void entry(const std::string& key, const YAML::Node& key_node, const YAML::Node& value) {
    if (key == "cases") {
      cases_given_ = true;
      result_.cases = read_count(file_, value, "`cases`", 1);
    } else if (key == "started") {
      result_.started = read_count(file_, value, "`started`");
    } else if (key == "complete") {
      complete(value);
    } else if (key == "screened_out") {
      file_.entries(value, "`screened_out`",
                    [&](const std::string& name, const YAML::Node& name_node,
                        const YAML::Node& number) { screened_out(name, name_node, number); });
    } else if (key == "dropped") {
      dropped(value);
    } else if (key == "targets") {
      file_.items(value, "`targets`", [&](const YAML::Node& item) {
        read_target(file_, item, codebook_, result_.all);
      });
    } else if (key == "texts") {
      file_.entries(value, "`texts`",
                    [&](const std::string& name, const YAML::Node& name_node,
                        const YAML::Node& texts) { phrases(name, name_node, texts); });
    } else {
      file_.unknown_key(key_node, key, "targets.yaml", top_keys);
    }
  }

  void complete(const YAML::Node& node) {
    const std::optional<CountTarget> number = read_count(file_, node, "`complete`");
    if (!number)
      return;
    Target target;
    target.kind = TargetKind::cases;
    target.place = number->place;
    target.value = number->value;
    target.text = target.brief = "complete cases";
    if (study_.processing.complete)
      target.condition = *study_.processing.complete;
    else
      target.condition =
          *resolve_expression("reached(end)", number->place, codebook_, ExpressionType::boolean,
                              Aggregates::refused, file_.faults());
    result_.all.push_back(std::move(target));
  }

  void screened_out(const std::string& name, const YAML::Node& name_node,
                    const YAML::Node& number) {
    const Questionnaire& questionnaire = study_.questionnaire;
    std::vector<std::string> names;
    for (const Question& question : questionnaire.questions) {
      if (question.screen_out)
        names.push_back(question.name);
    }
    const QuestionId question = questionnaire.find_question(name);
    if (!question.valid() || !questionnaire[question].screen_out) {
      fault(file_.place(name_node),
            question.valid() ? name + " screens nobody out" : "there is no question `" + name + "`",
            names.empty() ? "no question has `screen_out:`" : did_you_mean(name, names));
      return;
    }
    if (const auto value = read_count(file_, number, "the number of those screened out"))
      result_.screened_out.emplace(question, *value);
  }

  void dropped(const YAML::Node& node) {
    file_.items(node, "`dropped`", [&](const YAML::Node& item) {
      if (const auto value = read_count(file_, item, "the number of those dropped"))
        result_.dropped.push_back(*value);
    });
    const size_t rules = study_.processing.rules.size();
    if (node.IsSequence() && node.size() != rules)
      fault(file_.place(node),
            "`dropped` has " + std::to_string(node.size()) + " numbers, and processing.yaml has " +
                std::to_string(rules) + " rules",
            "give one number for each rule of `cases`, in their order");
  }

  // What started is what was screened out, dropped, and counts.
  void check_ledger() {
    if (!result_.started || !result_.cases)
      return;
    int64_t sum = result_.cases->value;
    for (const auto& [question, number] : result_.screened_out)
      sum += number.value;
    for (const CountTarget& number : result_.dropped)
      sum += number.value;
    if (sum != result_.started->value)
      fault(result_.started->place,
            "those screened out, dropped and valid are " + std::to_string(sum) + ", and " +
                std::to_string(result_.started->value) + " started",
            "every case that started is screened out by a question, dropped by a rule or valid");
  }

  void phrases(const std::string& name, const YAML::Node& name_node, const YAML::Node& node) {
    const VariableId id = codebook_.find(name);
    if (!id.valid() || codebook_[id].kind != VariableKind::text ||
        codebook_[id].role == VariableRole::derived) {
      fault(file_.place(name_node),
            id.valid() ? name + " is not a text that respondents write"
                       : "there is no question or variable `" + name + "`",
            id.valid() ? "" : did_you_mean(name, codebook_.names()));
      return;
    }
    auto add = [&](const std::string& language, const YAML::Node& list) {
      file_.items(list, "the texts of " + name, [&](const YAML::Node& item) {
        if (const auto text = file_.text(item, "a text"))
          result_.phrases[id][language].push_back(*text);
      });
    };
    if (!node.IsMap())
      return add("", node);
    file_.entries(node, "the texts of " + name,
                  [&](const std::string& language, const YAML::Node&, const YAML::Node& list) {
                    add(language, list);
                  });
  }

  YamlFile& file_;
  const OpenStudy& study_;
  const Codebook& codebook_;
  Targets& result_;
  bool cases_given_ = false;
};

}  // namespace

Targets load_targets(const std::string& text, const std::string& file, const OpenStudy& study,
                     Diagnostics& faults) {
  Targets result;
  if (text.empty())
    return result;
  YamlFile yaml(text, file, faults);
  Loader(yaml, study, result).run();
  return result;
}

}  // namespace topline
