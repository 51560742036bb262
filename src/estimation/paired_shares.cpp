#include "estimation/paired_shares.hpp"

#include "estimation/means.hpp"

namespace topline {

using Eigen::MatrixXd;

Result<TTest> paired_shares_test(const SampleRows& rows, size_t first, size_t second) {
  // The mean of the differences: what they have in common never enters.
  const RowPass pass{2, [=](size_t count, const double* const* in, double* out) {
                       for (size_t k = 0; k < count; ++k) {
                         out[2 * k] = in[first][k] - in[second][k];
                         out[2 * k + 1] = 1;
                       }
                     }};
  const Tally tally = rows.tally(pass);
  if (!(tally.size.weight > 0))
    return fault_in("", "nobody is in the base of these shares");
  const double difference = tally.totals[0] / tally.totals[1];
  const Result<Estimates> estimates =
      estimate(tally, {[](const Eigen::VectorXd& t) -> Eigen::VectorXd {
                         return Eigen::VectorXd::Constant(1, t(0) / t(1));
                       },
                       [difference](const Eigen::VectorXd& t) -> MatrixXd {
                         return Eigen::RowVector2d(1, -difference) / t(1);
                       }});
  if (!estimates)
    return estimates.fault();
  return t_test(*estimates, 0, 0, estimates->size.degrees_of_freedom);
}

Result<FTest> equal_shares_test(const SampleRows& rows, std::span<const size_t> options) {
  const Result<Estimates> shares = means(rows, options);
  if (!shares)
    return shares.fault();
  return adjusted_equality_test(*shares, shares->size.degrees_of_freedom);
}

}  // namespace topline
