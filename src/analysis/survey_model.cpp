#include "analysis/survey_model.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/sample_columns.hpp"
#include "engine/column_rows.hpp"
#include "estimation/key_drivers.hpp"
#include "estimation/means.hpp"
#include "estimation/regression.hpp"
#include "estimation/regression_effects.hpp"

namespace topline {

namespace {

using Eigen::Index;

class Modeller {
 public:
  Modeller(const ModelRequest& request, const WeighedCases& cases, double level)
      : request_(request),
        cases_(cases),
        level_(level),
        domain_(sample_domain(cases, request.where)) {}

  Result<ResultTables> run() {
    const auto before = count_domain();
    read_answers();
    left_out_ = before - count_domain();
    if (count_domain() == 0)
      return fault_in("", "nobody gave all the answers that this model needs");
    const Result<Done> made = make_model();
    if (!made)
      return made.fault();
    std::vector<const double*> inputs = {outcome_.value.data()};
    for (const std::vector<double>& column : columns_)
      inputs.push_back(column.data());
    rows_ = column_rows(cases_.sample.design, cases_.framed, std::move(inputs), domain_,
                        cases_.threads);
    const Result<RegressionFit> fit = fit_regression(*rows_, model_);
    if (!fit)
      return fit.fault();
    for (const Result<Done>& done : {coefficients(*fit), terms(*fit), effects(*fit), drivers()}) {
      if (!done)
        return done.fault();
    }
    notes(*fit);
    return std::move(results_);
  }

 private:
  [[nodiscard]] int64_t count_domain() const {
    return std::count(domain_.begin(), domain_.end(), 1);
  }

  void read_answers() {
    outcome_ = number_column(request_.outcome, cases_);
    keep_known(outcome_.known);
    for (const ModelPredictor& predictor : request_.predictors) {
      if (predictor.number) {
        NumberColumn column = number_column(*predictor.number, cases_);
        keep_known(column.known);
        columns_.push_back(std::move(column.value));
      } else {
        keep_answers(predictor.variable, cases_, domain_);
        columns_.emplace_back();
      }
    }
  }

  void keep_known(const SampleMask& known) {
    for (size_t k = 0; k < domain_.size(); ++k)
      domain_[k] &= known[k];
  }

  Result<Done> make_model() {
    model_.family = request_.family;
    model_.outcome_name = request_.outcome.text;
    model_.terms = request_.terms;
    for (size_t i = 0; i < request_.predictors.size(); ++i) {
      const ModelPredictor& asked = request_.predictors[i];
      Predictor predictor;
      predictor.name = asked.name;
      predictor.input = i + 1;
      level_names_.emplace_back();
      if (!asked.number) {
        CodeColumn codes = code_column(asked.variable, cases_, domain_);
        predictor.levels = codes.classes();
        predictor.level_names = codes.texts;
        level_names_.back() = codes.names;
        if (asked.reference >= 0) {
          const auto at = std::find(codes.options.begin(), codes.options.end(), asked.reference);
          if (at == codes.options.end())
            return fault_in("",
                            "nobody gave the answer that " + asked.name + " is to be held against");
          predictor.reference = static_cast<size_t>(at - codes.options.begin());
        }
        // Codes of rows outside of the domain are never read as levels.
        columns_[i] = std::move(codes.code);
      }
      model_.predictors.push_back(std::move(predictor));
    }
    return Done{};
  }

  // "(Intercept)", "age", "region.north", "age:region.north"
  [[nodiscard]] std::string machine_name(const ModelColumn& column) const {
    std::string name;
    for (const ModelColumn::Factor& factor : column.factors) {
      const Predictor& predictor = model_.predictors[factor.predictor];
      name += (name.empty() ? "" : ":") + predictor.name;
      if (predictor.categorical())
        name += "." + level_names_[factor.predictor][factor.level];
    }
    return name.empty() ? column.name : name;
  }

  void add_estimate(ResultTable& table, const std::string& name, const std::string& label,
                    const TTest& test) const {
    const auto [low, high] = test.interval(level_);
    table.lines.push_back({name,
                           label,
                           {test.estimate.value, test.estimate.standard_error, low, high,
                            test.statistic, test.estimate.degrees_of_freedom, test.p}});
  }

  static ResultTable estimates_table(const std::string& name, const std::string& title,
                                     const std::string& quantity, const std::string& head) {
    return {name,
            title,
            {{quantity, head},
             {"standard_error", "s.e.", Quantity::error},
             {"low", "low"},
             {"high", "high"},
             {"statistic", "t", Quantity::statistic},
             {"degrees_of_freedom", "df", Quantity::freedom},
             {"p", "p", Quantity::probability}},
            {}};
  }

  Result<Done> coefficients(const RegressionFit& fit) {
    ResultTable table = estimates_table("coefficients", "Coefficients", "coefficient", "β");
    const bool logistic = model_.family == RegressionFamily::logistic;
    for (size_t i = 0; i < fit.columns.size(); ++i) {
      const Result<TTest> test = coefficient_test(fit, i);
      if (!test)
        return test.fault();
      add_estimate(table, machine_name(fit.columns[i]), fit.columns[i].name, *test);
      if (logistic)
        table.lines.back().values.emplace_back(std::exp(test->estimate.value));
    }
    if (logistic)
      table.columns.push_back({"odds_ratio", "odds ratio", Quantity::statistic});
    results_.tables.push_back(std::move(table));
    return Done{};
  }

  Result<Done> terms(const RegressionFit& fit) {
    ResultTable table = {"terms",
                         "Terms",
                         {{"statistic", "F", Quantity::statistic},
                          {"degrees_of_freedom", "df", Quantity::freedom},
                          {"denominator_degrees_of_freedom", "denominator df", Quantity::freedom},
                          {"p", "p", Quantity::probability}},
                         {}};
    for (size_t i = 0; i < model_.terms.size(); ++i) {
      const Result<FTest> test = term_test(fit, i);
      if (!test)
        return test.fault();
      std::string name;
      for (size_t predictor : model_.terms[i].predictors)
        name += (name.empty() ? "" : ":") + model_.predictors[predictor].name;
      table.lines.push_back({name,
                             term_name(model_, model_.terms[i]),
                             {test->statistic, test->numerator_df, test->denominator_df, test->p}});
    }
    results_.tables.push_back(std::move(table));
    return Done{};
  }

  Result<Done> effects(const RegressionFit& fit) {
    if (!request_.words.effects)
      return Done{};
    const Result<MarginalEffects> effects =
        average_marginal_effects(*rows_, fit, EffectVariance::sample);
    if (!effects)
      return effects.fault();
    ResultTable table = estimates_table("effects", "Average marginal effects", "effect", "effect");
    size_t at = 0;
    for (size_t p = 0; p < model_.predictors.size(); ++p) {
      const Predictor& predictor = model_.predictors[p];
      const size_t levels = predictor.categorical() ? predictor.levels : 1;
      for (size_t level = 0; level < levels; ++level) {
        if (predictor.categorical() && level == predictor.reference)
          continue;
        const Result<TTest> test =
            t_test(effects->effects, static_cast<Index>(at), 0, fit.residual_df);
        if (!test)
          return test.fault();
        add_estimate(table,
                     predictor.categorical() ? predictor.name + "." + level_names_[p][level]
                                             : predictor.name,
                     effects->names[at], *test);
        ++at;
      }
    }
    results_.tables.push_back(std::move(table));
    results_.notes.push_back(
        {"Effects",
         "in units of the outcome, averaged over the sample; their precision is that "
         "of coefficients and sample"});
    return Done{};
  }

  Result<Done> drivers() {
    if (!request_.words.drivers)
      return Done{};
    const Result<KeyDrivers> drivers = key_drivers(*rows_, model_);
    if (!drivers)
      return drivers.fault();
    ResultTable table = {"drivers",
                         "Key drivers",
                         {{"importance", "part of R²", Quantity::statistic},
                          {"importance_standard_error", "s.e.", Quantity::statistic},
                          {"share", "share, %"},
                          {"share_standard_error", "s.e.", Quantity::error}},
                         {}};
    for (size_t i = 0; i < drivers->terms.size(); ++i) {
      const Estimate importance = drivers->importance.at(static_cast<Index>(i));
      const Estimate share = drivers->share.at(static_cast<Index>(i));
      table.lines.push_back({drivers->terms[i],
                             drivers->terms[i],
                             {importance.value, importance.standard_error, 100 * share.value,
                              100 * share.standard_error}});
    }
    results_.tables.push_back(std::move(table));
    ResultTable standardized = {"standardized",
                                "Standardized coefficients",
                                {{"coefficient", "β"}, {"standard_error", "s.e.", Quantity::error}},
                                {}};
    for (size_t i = 0; i < drivers->columns.size(); ++i) {
      const Estimate one = drivers->standardized.at(static_cast<Index>(i));
      standardized.lines.push_back(
          {drivers->columns[i], drivers->columns[i], {one.value, one.standard_error}});
    }
    results_.tables.push_back(std::move(standardized));
    results_.notes.push_back({"Key drivers",
                              "what a term adds to R², averaged over all orders of the terms (lmg, "
                              "Shapley); a part near 0 has no standard error to trust"});
    return Done{};
  }

  void notes(const RegressionFit& fit) {
    const bool logistic = model_.family == RegressionFamily::logistic;
    results_.title = (logistic ? "logistic regression: " : "linear regression: ") +
                     request_.words.formula +
                     (request_.words.where.empty() ? "" : ", where " + request_.words.where);
    const DomainSize& size = rows_->size();
    ResultTable table = {
        "fit",
        "Fit",
        {{"n", "n", Quantity::count},
         {"effective_base", "eff. base", Quantity::base},
         {"explained", logistic ? "McFadden's R²" : "R²", Quantity::statistic},
         {"residual_degrees_of_freedom", "residual df", Quantity::freedom}},
        {{"fit",
          "",
          {static_cast<double>(size.n), size.effective_base(), fit.explained(), fit.residual_df}}}};
    results_.tables.push_back(std::move(table));
    std::vector<ResultNote> notes;
    for (const Predictor& predictor : model_.predictors) {
      if (predictor.categorical())
        notes.push_back(
            {"Held against", predictor.name + ": " + predictor.level_names[predictor.reference]});
    }
    notes.push_back({"Intervals", "Student's t with the residual degrees of freedom"});
    notes.push_back({"Variance", fit.coefficients.method});
    notes.push_back({"Design", design_note(cases_)});
    if (left_out_ > 0)
      notes.push_back(
          {"Left out", std::to_string(left_out_) + (left_out_ == 1 ? " case" : " cases") +
                           " without one of the answers, or with one that is no opinion"});
    results_.notes.insert(results_.notes.begin(), notes.begin(), notes.end());
  }

  const ModelRequest& request_;
  const WeighedCases& cases_;
  const double level_;
  SampleMask domain_;
  int64_t left_out_ = 0;
  NumberColumn outcome_;
  std::vector<std::vector<double>> columns_;           // by predictor
  std::vector<std::vector<std::string>> level_names_;  // by predictor
  RegressionModel model_;
  std::unique_ptr<SampleRows> rows_;
  ResultTables results_;
};

}  // namespace

Result<ResultTables> survey_model(const ModelRequest& request, const OpenStudy& study,
                                  const WeighedCases& cases, double level) {
  if (!study.study.sample.gives_intervals())
    return no_margin_of_error("models");
  return Modeller(request, cases, level).run();
}

}  // namespace topline
