#include "estimation/key_drivers.hpp"

#include <Eigen/Cholesky>
#include <bit>
#include <cmath>

#include "estimation/regression.hpp"

namespace topline {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

// The weighted covariance matrix of the columns but the intercept, and of the outcome at the end.
// It is a function of sums of 1, of each, and of each pair, in this order.
class Moments {
 public:
  explicit Moments(const RegressionModel& model) : model_(model), matrix_(model) {}

  [[nodiscard]] Index columns() const { return static_cast<Index>(matrix_.size()) - 1; }
  [[nodiscard]] Index width() const { return columns() + 1; }
  [[nodiscard]] Index sums() const { return 1 + width() + width() * (width() + 1) / 2; }
  // Of the pair i ≤ j.
  [[nodiscard]] Index pair(Index i, Index j) const {
    return 1 + width() + i * width() - i * (i - 1) / 2 + (j - i);
  }

  // Centres and scales on what the first two passes find.
  void measure(const SampleRows& rows) {
    centre_ = VectorXd::Zero(width());
    scale_ = VectorXd::Ones(width());
    const VectorXd first = totals(rows);
    centre_ = first.segment(1, width()) / first(0);
    const VectorXd second = totals(rows);
    for (Index i = 0; i < width(); ++i)
      scale_(i) = std::sqrt(second(pair(i, i)) / second(0));
  }

  [[nodiscard]] RowPass pass() const {
    return {static_cast<size_t>(sums()),
            [this](size_t count, const double* const* in, double* out) {
              VectorXd row(width() + 1);
              for (size_t k = 0; k < count; ++k) {
                matrix_.row(in, k, row.data());
                row(width()) = in[model_.outcome][k];
                const VectorXd z = (row.tail(width()) - centre_).cwiseQuotient(scale_);
                *out++ = 1;
                for (Index i = 0; i < width(); ++i)
                  *out++ = z(i);
                for (Index i = 0; i < width(); ++i)
                  for (Index j = i; j < width(); ++j)
                    *out++ = z(i) * z(j);
              }
            }};
  }

  [[nodiscard]] MatrixXd covariance(const VectorXd& sums) const {
    MatrixXd covariance(width(), width());
    for (Index i = 0; i < width(); ++i) {
      for (Index j = i; j < width(); ++j) {
        covariance(i, j) =
            sums(pair(i, j)) / sums(0) - sums(1 + i) / sums(0) * (sums(1 + j) / sums(0));
        covariance(j, i) = covariance(i, j);
      }
    }
    return covariance;
  }

  // The derivatives by the sums, of functions that do not depend on the scale of the covariance
  // matrix: from those by its entries (i, j), i ≤ j, which is where the variable stands twice. The
  // means are 0 here, so that the sums of pairs alone count.
  [[nodiscard]] Eigen::RowVectorXd by_sums(const MatrixXd& by_entries, double weight) const {
    Eigen::RowVectorXd row = Eigen::RowVectorXd::Zero(sums());
    for (Index i = 0; i < width(); ++i) {
      for (Index j = i; j < width(); ++j)
        row(pair(i, j)) = by_entries(i, j) / weight;
    }
    return row;
  }

 private:
  [[nodiscard]] VectorXd totals(const SampleRows& rows) const {
    const std::vector<double> sums = rows.totals(pass());
    return Eigen::Map<const VectorXd>(sums.data(), static_cast<Index>(sums.size()));
  }

  const RegressionModel& model_;
  ModelMatrix matrix_;
  VectorXd centre_;
  VectorXd scale_;
};

// R² of the outcome on a set of columns, and its derivatives by the entries of the covariance
// matrix, the upper triangle standing for both.
double r_squared(const MatrixXd& covariance, const std::vector<Index>& columns,
                 MatrixXd* derivative) {
  const auto count = static_cast<Index>(columns.size());
  const Index y = covariance.rows() - 1;
  MatrixXd within(count, count);
  VectorXd with(count);
  for (Index i = 0; i < count; ++i) {
    with(i) = covariance(columns[static_cast<size_t>(i)], y);
    for (Index j = 0; j < count; ++j)
      within(i, j) = covariance(columns[static_cast<size_t>(i)], columns[static_cast<size_t>(j)]);
  }
  const VectorXd slope = Eigen::LLT<MatrixXd>(within).solve(with);
  const double variance = covariance(y, y);
  const double result = slope.dot(with) / variance;
  if (derivative == nullptr)
    return result;
  derivative->setZero(y + 1, y + 1);
  for (Index i = 0; i < count; ++i) {
    const Index at = columns[static_cast<size_t>(i)];
    (*derivative)(at, y) = 2 * slope(i) / variance;
    for (Index j = i; j < count; ++j)
      (*derivative)(at, columns[static_cast<size_t>(j)]) =
          -(i == j ? 1 : 2) * slope(i) * slope(j) / variance;
  }
  (*derivative)(y, y) = -result / variance;
  return result;
}

// What the importances are made of: R² of every set of terms.
class Drivers {
 public:
  Drivers(const RegressionModel& model, const std::vector<ModelColumn>& columns)
      : terms_(model.terms.size()), columns_(static_cast<Index>(columns.size()) - 1) {
    // Σ over sets without the term, by their size s: s!·(K − 1 − s)!/K!
    order_weight_.assign(terms_, 1.0 / static_cast<double>(terms_));
    for (size_t s = 1; s < terms_; ++s)
      order_weight_[s] =
          order_weight_[s - 1] * static_cast<double>(s) / static_cast<double>(terms_ - s);
    for (Index j = 0; j < columns_; ++j)
      term_of_column_.push_back(columns[static_cast<size_t>(j) + 1].term);
  }

  [[nodiscard]] Index size() const { return 1 + static_cast<Index>(terms_) + columns_; }

  // R², importances by term, standardized coefficients by column; and by each the derivatives.
  [[nodiscard]] VectorXd values(const MatrixXd& covariance,
                                std::vector<MatrixXd>* derivatives) const {
    VectorXd result = VectorXd::Zero(size());
    const MatrixXd none = MatrixXd::Zero(covariance.rows(), covariance.cols());
    if (derivatives != nullptr)
      derivatives->assign(static_cast<size_t>(size()), none);
    MatrixXd derivative = none;
    const size_t every = (size_t{1} << terms_) - 1;
    for (size_t set = 1; set <= every; ++set) {
      const double here =
          r_squared(covariance, columns_of(set), derivatives == nullptr ? nullptr : &derivative);
      const auto count = static_cast<size_t>(std::popcount(set));
      for (size_t term = 0; term < terms_; ++term) {
        const bool with = (set >> term & 1) != 0;
        const double weight = with ? order_weight_[count - 1] : -order_weight_[count];
        result(1 + static_cast<Index>(term)) += weight * here;
        if (derivatives != nullptr)
          (*derivatives)[1 + term] += weight * derivative;
      }
      if (set == every) {
        result(0) = here;
        if (derivatives != nullptr)
          derivatives->front() = derivative;
      }
    }
    add_standardized(covariance, result, derivatives);
    return result;
  }

 private:
  [[nodiscard]] std::vector<Index> columns_of(size_t set) const {
    std::vector<Index> columns;
    for (Index j = 0; j < columns_; ++j) {
      if ((set >> term_of_column_[static_cast<size_t>(j)] & 1) != 0)
        columns.push_back(j);
    }
    return columns;
  }

  // b = S⁻¹c, so that db = S⁻¹(dc − dS·b); standardized, b·√(S_jj/S_yy).
  void add_standardized(const MatrixXd& covariance, VectorXd& result,
                        std::vector<MatrixXd>* derivatives) const {
    const Index y = columns_;
    const MatrixXd inverse =
        Eigen::LLT<MatrixXd>(covariance.topLeftCorner(y, y)).solve(MatrixXd::Identity(y, y));
    const VectorXd slope = inverse * covariance.col(y).head(y);
    for (Index j = 0; j < y; ++j) {
      const double scale = std::sqrt(covariance(j, j) / covariance(y, y));
      result(1 + static_cast<Index>(terms_) + j) = slope(j) * scale;
      if (derivatives == nullptr)
        continue;
      MatrixXd& by = (*derivatives)[1 + terms_ + static_cast<size_t>(j)];
      for (Index a = 0; a < y; ++a) {
        by(a, y) = scale * inverse(j, a);
        for (Index b = a; b < y; ++b)
          by(a, b) = -scale * (inverse(j, a) * slope(b) + (a == b ? 0 : inverse(j, b) * slope(a)));
      }
      by(j, j) += slope(j) * scale / (2 * covariance(j, j));
      by(y, y) -= slope(j) * scale / (2 * covariance(y, y));
    }
  }

  size_t terms_;
  Index columns_;
  std::vector<size_t> term_of_column_;
  std::vector<double> order_weight_;
};

Estimates part(const Estimates& all, Index first, Index count) {
  MatrixXd choose = MatrixXd::Zero(count, all.value.size());
  choose.middleCols(first, count).setIdentity();
  return contrasts(all, choose);
}

// Importances over R².
Estimates shares_of(const Estimates& all, Index terms) {
  Estimates shares = transformed(
      all, {[terms](const VectorXd& v) -> VectorXd { return v.segment(1, terms) / v(0); },
            [terms](const VectorXd& v) -> MatrixXd {
              MatrixXd derivative = MatrixXd::Zero(terms, v.size());
              derivative.col(0) = -v.segment(1, terms) / (v(0) * v(0));
              derivative.middleCols(1, terms).diagonal().setConstant(1 / v(0));
              return derivative;
            }});
  return shares;
}

}  // namespace

Result<KeyDrivers> key_drivers(const SampleRows& rows, const RegressionModel& model) {
  if (model.family != RegressionFamily::linear || !model.intercept || model.terms.empty())
    return fault_in("", "key drivers are those of a linear regression with an intercept and terms",
                    "treat an outcome of zeros and ones as a number, or look at marginal effects");
  if (model.terms.size() > most_key_drivers)
    return fault_in("",
                    std::to_string(model.terms.size()) + " terms are too many to be taken apart",
                    "choose " + std::to_string(most_key_drivers) + " or fewer");
  // For its refusals.
  const Result<RegressionFit> fit = fit_regression(rows, model);
  if (!fit)
    return fit.fault();
  if (!(fit->explained() > 1e-12))
    return fault_in("", "none of the terms explains anything of `" + model.outcome_name + "`");

  Moments moments(model);
  moments.measure(rows);
  const Drivers drivers(model, fit->columns);
  const auto value = [&](const VectorXd& sums) {
    return drivers.values(moments.covariance(sums), nullptr);
  };
  const auto derivative = [&](const VectorXd& sums) {
    std::vector<MatrixXd> by_entries;
    const VectorXd values = drivers.values(moments.covariance(sums), &by_entries);
    MatrixXd result(values.size(), moments.sums());
    for (Index i = 0; i < values.size(); ++i)
      result.row(i) = moments.by_sums(by_entries[static_cast<size_t>(i)], sums(0));
    return result;
  };
  const Result<Estimates> all = estimate(rows.tally(moments.pass()), {value, derivative});
  if (!all)
    return all.fault();
  const auto terms = static_cast<Index>(model.terms.size());
  KeyDrivers result;
  for (const RegressionTerm& term : model.terms)
    result.terms.push_back(term_name(model, term));
  for (size_t j = 1; j < fit->columns.size(); ++j)
    result.columns.push_back(fit->columns[j].name);
  result.r_squared = part(*all, 0, 1);
  result.importance = part(*all, 1, terms);
  result.share = shares_of(*all, terms);
  result.standardized = part(*all, 1 + terms, moments.columns());
  // `transformed` carries replicates, but not the covariance that they have about their own centre.
  if (rows.frame().replicated())
    result.share.covariance =
        replicate_covariance(rows.frame().replicates, result.share.replicates, result.share.value);
  return result;
}

}  // namespace topline
