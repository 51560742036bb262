#include "estimation/mean_test.hpp"

#include <array>

#include "estimation/means.hpp"

namespace topline {

using Eigen::Index;
using Eigen::MatrixXd;

Result<TTest> one_sample_mean_test(const SampleRows& rows, size_t input, double hypothesis,
                                   OneSampleFreedom freedom) {
  const std::array<size_t, 1> inputs = {input};
  const Result<Estimates> mean = means(rows, inputs);
  if (!mean)
    return mean.fault();
  const double less = freedom == OneSampleFreedom::one_less ? 1 : 0;
  return t_test(*mean, 0, hypothesis, mean->size.degrees_of_freedom - less);
}

Result<TTest> two_group_mean_test(const SampleRows& rows, size_t value, size_t code) {
  const std::array<double, 2> difference = {-1, 1};
  return mean_contrast_test(rows, value, code, difference);
}

Result<TTest> mean_contrast_test(const SampleRows& rows, size_t value, size_t code,
                                 std::span<const double> coefficients) {
  const size_t classes = coefficients.size();
  const Result<Estimates> of_classes = class_means(rows, value, code, classes);
  if (!of_classes)
    return of_classes.fault();
  const MatrixXd row =
      Eigen::Map<const Eigen::RowVectorXd>(coefficients.data(), static_cast<Index>(classes));
  return t_test(contrasts(*of_classes, row), 0, 0,
                of_classes->size.degrees_of_freedom + 1 - static_cast<double>(classes));
}

Result<FTest> equal_means_test(const SampleRows& rows, size_t value, size_t code, size_t classes) {
  const Result<Estimates> of_classes = class_means(rows, value, code, classes);
  if (!of_classes)
    return of_classes.fault();
  return equality_test(*of_classes,
                       of_classes->size.degrees_of_freedom + 1 - static_cast<double>(classes));
}

}  // namespace topline
