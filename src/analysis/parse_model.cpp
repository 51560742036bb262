#include <algorithm>

#include "analysis/sample_columns.hpp"
#include "analysis/survey_model.hpp"
#include "analysis/text_parts.hpp"
#include "instrument/resolve.hpp"

namespace topline {

namespace {

class Parser {
 public:
  Parser(const ModelWords& words, const Codebook& codebook, Diagnostics& faults)
      : words_(words), codebook_(codebook), faults_(faults) {}

  std::optional<ModelRequest> parse() {
    const int before = faults_.count(Severity::error);
    request_.words = words_;
    const std::string& text = words_.formula;
    const std::vector<TextPart> sides = parts_between(text, trimmed_part(text), '~');
    if (sides.size() != 2 || sides[0].text.empty() || sides[1].text.empty()) {
      faults_.error({"formula", 1, 1, static_cast<int>(text.size())}, "this is no model",
                    "write what is explained, ~, and what explains it: `income ~ age + region`");
      return std::nullopt;
    }
    outcome(sides[0]);
    for (const TextPart& term : parts_between(text, sides[1], '+'))
      add_term(term);
    parts_of_interactions();
    if (!words_.where.empty())
      request_.where = resolve_expression(words_.where, {"--where", 1, 1, 0}, codebook_,
                                          ExpressionType::boolean, Aggregates::refused, faults_);
    for (size_t i = 0; i < words_.references.size(); ++i)
      reference(words_.references[i], "--reference " + std::to_string(i + 1));
    if (faults_.count(Severity::error) > before)
      return std::nullopt;
    return std::move(request_);
  }

 private:
  std::optional<Expression> number(const TextPart& part) {
    Place place = part.place("formula");
    place.length = 0;
    return resolve_expression(part.text, place, codebook_, ExpressionType::number,
                              Aggregates::refused, faults_);
  }

  void outcome(const TextPart& part) {
    std::optional<Expression> outcome = number(part);
    if (!outcome)
      return;
    const bool condition = outcome->type() == ExpressionType::boolean;
    request_.outcome = std::move(*outcome);
    request_.family =
        words_.family.value_or(condition ? RegressionFamily::logistic : RegressionFamily::linear);
  }

  void add_term(const TextPart& part) {
    if (part.text.empty()) {
      faults_.error(part.place("formula"), "a term is missing here", "");
      return;
    }
    const std::vector<TextPart> crossed = parts_between(words_.formula, part, '*');
    const std::vector<TextPart> joined = parts_between(words_.formula, part, ':');
    if (crossed.size() > 1) {
      std::vector<size_t> all;
      for (const TextPart& one : crossed)
        all.push_back(predictor(one));
      // All of their products: the own effects first.
      const size_t subsets = size_t{1} << all.size();
      for (size_t size = 1; size <= all.size(); ++size) {
        for (size_t set = 1; set < subsets; ++set) {
          RegressionTerm term;
          for (size_t i = 0; i < all.size(); ++i) {
            if ((set >> i & 1U) != 0)
              term.predictors.push_back(all[i]);
          }
          if (term.predictors.size() == size)
            add(std::move(term));
        }
      }
      return;
    }
    RegressionTerm term;
    for (const TextPart& one : joined)
      term.predictors.push_back(predictor(one));
    add(std::move(term));
  }

  // An interaction without its parts would hold the reference's effect to be 0.
  void parts_of_interactions() {
    for (const RegressionTerm& term : request_.terms) {
      for (size_t part : term.predictors) {
        const bool alone = std::any_of(request_.terms.begin(), request_.terms.end(),
                                       [&](const RegressionTerm& other) {
                                         return other.predictors == std::vector<size_t>{part};
                                       });
        if (alone)
          continue;
        const std::string& text = words_.formula;
        faults_.error({"formula", 1, 1, static_cast<int>(text.size())},
                      "the interaction needs " + request_.predictors[part].name + " as a term too",
                      "write A * B for A + B + A:B");
        return;
      }
    }
  }

  // The same term twice is one.
  void add(RegressionTerm term) {
    const auto same = [&](const RegressionTerm& other) {
      return std::is_permutation(term.predictors.begin(), term.predictors.end(),
                                 other.predictors.begin(), other.predictors.end());
    };
    if (std::none_of(request_.terms.begin(), request_.terms.end(), same))
      request_.terms.push_back(std::move(term));
  }

  size_t predictor(const TextPart& part) {
    const auto known =
        std::find_if(request_.predictors.begin(), request_.predictors.end(),
                     [&](const ModelPredictor& other) { return other.name == part.text; });
    if (known != request_.predictors.end())
      return static_cast<size_t>(known - request_.predictors.begin());
    if (part.text == request_.outcome.text)
      faults_.error(part.place("formula"), part.text + " cannot explain itself", "");
    ModelPredictor predictor;
    predictor.name = part.text;
    const VariableId id = codebook_.find(part.text);
    const bool counts = id.valid() && codebook_[id].kind == VariableKind::number;
    if (counts || !codebook_.find_all(part.text).size())
      predictor.number = number(part);
    else
      predictor.variable = class_variable(part.text, part.place("formula"), codebook_, faults_);
    request_.predictors.push_back(std::move(predictor));
    return request_.predictors.size() - 1;
  }

  // "region == north"
  void reference(const std::string& text, const std::string& file) {
    const size_t equals = text.find("==");
    const TextPart name = trimmed_part(text, 0, std::min(equals, text.size()));
    const TextPart level =
        equals == std::string::npos ? TextPart{} : trimmed_part(text, equals + 2, text.size());
    const auto at = [&](const TextPart& part) {
      return Place{file, 1, static_cast<int>(part.begin) + 1,
                   static_cast<int>(std::max<size_t>(1, part.text.size()))};
    };
    const auto found = std::find_if(request_.predictors.begin(), request_.predictors.end(),
                                    [&](const ModelPredictor& other) {
                                      return other.variable.valid() && other.name == name.text;
                                    });
    if (level.text.empty() || found == request_.predictors.end()) {
      faults_.error(at(name), "this is no level of a question of the model",
                    "write it as in `region == north`");
      return;
    }
    const Variable& variable = codebook_[found->variable];
    const bool flag = variable.kind == VariableKind::flag;
    found->reference = flag ? (level.text == "yes"  ? 1
                               : level.text == "no" ? 0
                                                    : -1)
                            : variable.find_option(level.text);
    if (found->reference >= 0)
      return;
    std::vector<std::string> names = {"yes", "no"};
    if (!flag) {
      names.clear();
      for (const Option& option : *variable.options)
        names.push_back(option.name);
    }
    faults_.error(at(level), variable.name + " has no option `" + level.text + "`",
                  did_you_mean(level.text, names));
  }

  const ModelWords& words_;
  const Codebook& codebook_;
  Diagnostics& faults_;
  ModelRequest request_;
};

}  // namespace

std::optional<ModelRequest> parse_model(const ModelWords& words, const Codebook& codebook,
                                        Diagnostics& faults) {
  return Parser(words, codebook, faults).parse();
}

std::map<std::string, std::string> model_files(const ModelWords& words) {
  std::map<std::string, std::string> files = {{"formula", words.formula}, {"--where", words.where}};
  for (size_t i = 0; i < words.references.size(); ++i)
    files["--reference " + std::to_string(i + 1)] = words.references[i];
  return files;
}

}  // namespace topline
