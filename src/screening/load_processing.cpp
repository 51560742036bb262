#include <algorithm>

#include "instrument/option_reader.hpp"
#include "instrument/resolve.hpp"
#include "instrument/yaml.hpp"
#include "screening/processing.hpp"

namespace topline {

namespace {

const std::vector<std::string> top_keys = {"cases", "complete", "derive", "weighting"};
const std::vector<std::string> derive_keys = {"text",        "label",  "unit",    "net",
                                              "of",          "take",   "options", "bands",
                                              "recode_text", "number", "decimals"};
const std::vector<std::string> take_words = {"most advanced", "first"};

// One entry of `derive`, as written.
struct Draft {
  Variable variable;
  std::optional<FormulaText> net;
  std::optional<FormulaText> number;
  std::optional<FormulaText> of;
  std::optional<int> take;
  std::vector<OptionDraft> options;
  std::vector<OptionDraft> bands;
  std::vector<std::pair<std::string, FormulaText>> texts;
  bool has_options = false, has_bands = false, has_texts = false;
};

class Loader {
 public:
  Loader(YamlFile& file, Processing& result) : file_(file), result_(result) {}

  void run() {
    if (!file_.root().IsDefined() || file_.root().IsNull())
      return;
    YAML::Node cases{YAML::NodeType::Undefined}, complete{YAML::NodeType::Undefined};
    file_.entries(file_.root(), "processing.yaml",
                  [&](const std::string& key, const YAML::Node& key_node, const YAML::Node& value) {
                    if (key == "cases")
                      cases.reset(value);
                    else if (key == "complete")
                      complete.reset(value);
                    else if (key == "derive") {
                      for (const auto& entry : value)
                        if (value.IsMap() && entry.first.IsScalar())
                          derived_.push_back(entry.first.Scalar());
                      file_.entries(value, "`derive`",
                                    [&](const std::string& name, const YAML::Node& name_node,
                                        const YAML::Node& body) { derive(name, name_node, body); });
                    } else if (key != "weighting")  // that is the study's to read
                      file_.unknown_key(key_node, key, "processing.yaml", top_keys);
                  });
    // Rules may use every derived variable, wherever they stand in the file.
    if (cases.IsDefined() && !cases.IsNull())
      file_.items(cases, "`cases`", [&](const YAML::Node& item) { rule(item); });
    if (complete.IsDefined())
      result_.complete = formula(file_.formula(complete, "`complete`"), ExpressionType::boolean);
  }

 private:
  std::optional<Expression> formula(const std::optional<FormulaText>& text, ExpressionType type,
                                    Aggregates aggregates = Aggregates::refused) {
    if (!text)
      return std::nullopt;
    Diagnostics found;
    std::optional<Expression> expression =
        resolve_expression(text->text, text->place, result_.codebook, type, aggregates, found);
    for (Diagnostic fault : found.all()) {
      for (const std::string& name : derived_) {
        if (fault.message == unknown_variable(name) && !result_.codebook.find(name).valid())
          fault.hint = later_hint;
      }
      file_.faults().add(std::move(fault));
    }
    return expression;
  }

  static std::string unknown_variable(const std::string& name) {
    return "there is no question or variable `" + name + "`";
  }

  void rule(const YAML::Node& node) {
    std::optional<FormulaText> drop, keep;
    std::string why;
    file_.entries(
        node, "a rule of `cases`",
        [&](const std::string& key, const YAML::Node& key_node, const YAML::Node& value) {
          if (key == "drop")
            drop = file_.formula(value, "`drop`");
          else if (key == "keep")
            keep = file_.formula(value, "`keep`");
          else if (key == "why")
            why = file_.text(value, "`why`").value_or("");
          else
            file_.unknown_key(key_node, key, "a rule of `cases`", {"drop", "keep", "why"});
        });
    if (!node.IsMap())
      return;
    if (drop.has_value() == keep.has_value()) {
      if (drop || (!node["drop"] && !node["keep"]))
        file_.faults().error(file_.place(node), "a rule of `cases` either drops or keeps",
                             "give it one of `drop:` and `keep:`");
      return;
    }
    if (why.empty())
      file_.faults().error(file_.place(node), "this rule gives no reason",
                           "add `why:`; the ledger prints it beside the number of cases");
    CaseRule rule;
    rule.keep = keep.has_value();
    rule.why = std::move(why);
    std::optional<Expression> condition =
        formula(keep ? keep : drop, ExpressionType::boolean, Aggregates::allowed);
    if (!condition)
      return;
    rule.condition = std::move(*condition);
    result_.rules.push_back(std::move(rule));
  }

  void derive(const std::string& name, const YAML::Node& name_node, const YAML::Node& body) {
    Draft draft;
    draft.variable.name = name;
    draft.variable.role = VariableRole::derived;
    draft.variable.place = file_.place(name_node);
    file_.check_name(draft.variable.place, name);
    if (!result_.codebook.find_all(name).empty()) {
      error(draft, "there is a variable `" + name + "` already", "choose another name");
      return;
    }
    file_.entries(body, "the derived variable " + name,
                  [&](const std::string& key, const YAML::Node& key_node, const YAML::Node& value) {
                    entry(draft, key, key_node, value);
                  });
    if (!body.IsMap())
      return;
    if (draft.variable.text.empty())
      error(draft, "the derived variable " + name + " has no text",
            "add `text:`; tables and figures print it");
    finish(std::move(draft));
  }

  void entry(Draft& draft, const std::string& key, const YAML::Node& key_node,
             const YAML::Node& value) {
    if (key == "text") {
      draft.variable.text = file_.text(value, "`text`").value_or("");
    } else if (key == "label") {
      draft.variable.label = file_.text(value, "`label`").value_or("");
    } else if (key == "unit") {
      draft.variable.unit = file_.text(value, "`unit`").value_or("");
    } else if (key == "decimals") {
      draft.variable.decimals = file_.whole(value, "`decimals`", 0, 9).value_or(0);
    } else if (key == "net") {
      draft.net = file_.formula(value, "`net`");
    } else if (key == "number") {
      draft.number = file_.formula(value, "`number`");
    } else if (key == "of") {
      draft.of = file_.formula(value, "`of`");
    } else if (key == "take") {
      draft.take = file_.word(value, "`take`", take_words);
    } else if (key == "options") {
      draft.has_options = true;
      draft.options = read_options(file_, value, draft.variable.name, OptionUse::recode);
    } else if (key == "bands") {
      draft.has_bands = true;
      draft.bands = read_options(file_, value, draft.variable.name, OptionUse::bands);
    } else if (key == "recode_text") {
      draft.has_texts = true;
      file_.entries(
          value, "`recode_text`",
          [&](const std::string& text, const YAML::Node&, const YAML::Node& option) {
            if (const auto named = file_.text(option, "an option"))
              draft.texts.emplace_back(text, FormulaText{*named, file_.text_place(option)});
          });
    } else {
      file_.unknown_key(key_node, key, "a derived variable", derive_keys);
    }
  }

  void error(const Draft& draft, std::string message, std::string hint = {}) {
    file_.faults().error(draft.variable.place, std::move(message), std::move(hint));
  }

  void finish(Draft draft) {
    const int ways = (draft.net ? 1 : 0) + (draft.number ? 1 : 0) + (draft.take ? 1 : 0) +
                     (draft.has_options ? 1 : 0) + (draft.has_bands ? 1 : 0) +
                     (draft.has_texts ? 1 : 0);
    if (ways != 1) {
      error(draft,
            ways == 0 ? "nothing says how " + draft.variable.name + " is computed"
                      : draft.variable.name + " is computed in two ways",
            "give it one of: net, of with take, options, bands, recode_text, number");
      return;
    }
    Derivation derivation;
    const size_t before = static_cast<size_t>(file_.faults().count(Severity::error));
    if (draft.net) {
      derivation.kind = DerivationKind::net;
      draft.variable.kind = VariableKind::flag;
      derivation.formula = formula(draft.net, ExpressionType::boolean);
    } else if (draft.number) {
      derivation.kind = DerivationKind::number;
      draft.variable.kind = VariableKind::number;
      derivation.formula = formula(draft.number, ExpressionType::number);
    } else if (draft.take) {
      take(draft, derivation);
    } else if (draft.has_options) {
      recode(draft, derivation);
    } else if (draft.has_bands) {
      bands(draft, derivation);
    } else {
      recode_text(draft, derivation);
    }
    if (static_cast<size_t>(file_.faults().count(Severity::error)) != before)
      derivation.formula.reset();
    derivation.variable = result_.codebook.add(std::move(draft.variable));
    result_.derivations.push_back(std::move(derivation));
  }

  // The variable that `of:` names, of one of the kinds; invalid after a told fault.
  VariableId source(const Draft& draft, std::vector<VariableKind> kinds,
                    const std::string& wanted) {
    if (!draft.of) {
      error(draft, "`of:` is missing: the question that " + draft.variable.name + " comes from");
      return {};
    }
    const VariableId id = result_.codebook.find(draft.of->text);
    if (!id.valid()) {
      const bool later =
          std::find(derived_.begin(), derived_.end(), draft.of->text) != derived_.end();
      file_.faults().error(
          draft.of->place, unknown_variable(draft.of->text),
          later ? later_hint : did_you_mean(draft.of->text, result_.codebook.names()));
      return {};
    }
    if (std::find(kinds.begin(), kinds.end(), result_.codebook[id].kind) == kinds.end()) {
      file_.faults().error(draft.of->place, draft.of->text + " is not " + wanted,
                           draft.take ? "`take` picks one of several ticked options" : "");
      return {};
    }
    return id;
  }

  void take(Draft& draft, Derivation& derivation) {
    derivation.kind =
        *draft.take == 0 ? DerivationKind::most_advanced : DerivationKind::first_ticked;
    derivation.source = source(draft, {VariableKind::multiple}, "a multiple question");
    draft.variable.kind = VariableKind::single;
    if (derivation.source.valid())
      draft.variable.options = result_.codebook[derivation.source].options;
  }

  void recode(Draft& draft, Derivation& derivation) {
    derivation.kind = DerivationKind::recode;
    draft.variable.kind = VariableKind::single;
    draft.variable.options = std::make_shared<OptionList>(options_of(draft.options));
    for (size_t i = 0; i < draft.options.size(); ++i) {
      const OptionDraft& option = draft.options[i];
      if (option.otherwise == option.when.has_value())
        file_.faults().error(option.option.place,
                             draft.variable.name + "." + option.option.name +
                                 " needs either `when:` or `else: true`",
                             "");
      if (option.otherwise && i + 1 != draft.options.size())
        file_.faults().error(option.option.place, "`else` stands before other options",
                             "the first option that fits is taken; put `else` last");
      derivation.when.push_back(formula(option.when, ExpressionType::boolean));
    }
  }

  void bands(Draft& draft, Derivation& derivation) {
    derivation.kind = DerivationKind::bands;
    derivation.source = source(draft, {VariableKind::number, VariableKind::date}, "a number");
    draft.variable.kind = VariableKind::single;
    draft.variable.options = std::make_shared<OptionList>(options_of(draft.bands));
    constexpr double infinite = 1e308;
    for (const OptionDraft& band : draft.bands) {
      const double from = band.from.value_or(-infinite), to = band.to.value_or(infinite);
      if (from > to)
        file_.faults().error(band.option.place, "this band is empty: `from` is above `to`", "");
      for (size_t i = 0; i < derivation.bands.size(); ++i) {
        if (from <= derivation.bands[i].second && derivation.bands[i].first <= to)
          file_.faults().error(band.option.place,
                               "this band overlaps with the one in line " +
                                   std::to_string(draft.bands[i].option.place.line),
                               "both ends of a band belong to it");
      }
      derivation.bands.emplace_back(from, to);
    }
  }

  void recode_text(Draft& draft, Derivation& derivation) {
    derivation.kind = DerivationKind::recode_text;
    derivation.source = source(draft, {VariableKind::single, VariableKind::multiple},
                               "a single or multiple question");
    if (!derivation.source.valid())
      return;
    const Variable& from = result_.codebook[derivation.source];
    draft.variable.kind = from.kind;
    draft.variable.options = from.options;
    if (std::none_of(from.options->begin(), from.options->end(),
                     [](const Option& option) { return option.specify; }))
      error(draft, from.name + " has no option with `specify: true`",
            "recode_text puts such answers back to options");
    for (const auto& [text, named] : draft.texts) {
      const int option = from.find_option(named.text);
      std::vector<std::string> names;
      for (const Option& known : *from.options)
        names.push_back(known.name);
      if (option < 0)
        file_.faults().error(named.place, from.name + " has no option `" + named.text + "`",
                             did_you_mean(named.text, names));
      derivation.texts.emplace(text, option);
    }
  }

  static constexpr const char* later_hint =
      "it stands further down; a derived variable sees those that stand before it";

  YamlFile& file_;
  Processing& result_;
  std::vector<std::string> derived_;  // the names under `derive`, in order
};

}  // namespace

Processing load_processing(const std::string& text, const std::string& file,
                           const Questionnaire& questionnaire, Diagnostics& faults) {
  Processing result;
  result.codebook = questionnaire.codebook;
  if (text.empty())
    return result;
  YamlFile yaml(text, file, faults);
  Loader(yaml, result).run();
  return result;
}

}  // namespace topline
