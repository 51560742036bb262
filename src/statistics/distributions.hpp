// The distributions that tests and intervals refer to: lower tail P(X ≤ x), upper tail P(X > x),
// each without loss of digits where it is small, and the quantiles of both.
//
// Nothing here throws. Degrees of freedom need not be whole, and where noted they may be infinite.
// x may be infinite; probabilities of 0 and 1 have the ends of the distribution as quantiles.
// An argument for which the distribution does not exist (degrees of freedom of 0 or less, a
// probability outside 0 to 1, NaN) gives NaN: whoever calls checks first and refuses in its own
// words.
//
// Formulas: Johnson, Kotz and Balakrishnan (1994, 1995), Continuous Univariate Distributions,
// chapters 13, 18, 25, 27 and 28; the incomplete gamma and beta functions are Boost's.
#pragma once

namespace topline::statistics {

// The standard normal distribution.
double normal_density(double x);
double normal_lower(double x);
double normal_upper(double x);
double normal_quantile(double p);

// Student's t. df > 0, infinite: normal.
double student_lower(double x, double df);
double student_upper(double x, double df);
double student_two_sided(double x, double df);  // P(|X| > |x|)
double student_quantile(double p, double df);

// Chi-squared. df > 0.
double chi_squared_lower(double x, double df);
double chi_squared_upper(double x, double df);
double chi_squared_quantile(double p, double df);
double chi_squared_upper_quantile(double p, double df);  // the x with P(X > x) = p

// Fisher's F. Both df > 0, either may be infinite (chi-squared over its degrees of freedom, its
// reciprocal, or the constant 1).
double f_lower(double x, double df1, double df2);
double f_upper(double x, double df1, double df2);
double f_quantile(double p, double df1, double df2);
double f_upper_quantile(double p, double df1, double df2);

// Beta. a > 0, b > 0.
double beta_lower(double x, double a, double b);
double beta_upper(double x, double a, double b);
double beta_quantile(double p, double a, double b);
double beta_upper_quantile(double p, double a, double b);

// log |Γ(x)| and its derivative. x > 0.
double log_gamma(double x);
double digamma(double x);

// P(X = hits) of the binomial distribution of `n` draws, 0 <= hits <= n, 0 <= share <= 1.
double binomial_probability(double hits, double n, double share);

}  // namespace topline::statistics
