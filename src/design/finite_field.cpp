#include "design/finite_field.hpp"

namespace topline {

std::optional<PrimePower> prime_power(size_t number) {
  if (number < 2)
    return std::nullopt;
  size_t prime = 2;
  while (prime * prime <= number && number % prime != 0)
    ++prime;
  if (prime * prime > number)
    prime = number;
  PrimePower power{prime, 0};
  for (; number % prime == 0; number /= prime)
    ++power.exponent;
  if (number != 1)
    return std::nullopt;
  return power;
}

FiniteField::FiniteField(size_t order) : order_(order) {
  const PrimePower power = prime_power(order).value_or(PrimePower{order, 1});
  prime_ = power.prime;
  degree_ = power.exponent;
  // There is an irreducible polynomial of every degree, so that the search ends.
  for (size_t low = 0; degree_ > 1 && modulus_.empty(); ++low) {
    Polynomial candidate = digits(low, degree_);
    candidate.push_back(1);
    if (irreducible(candidate))
      modulus_ = candidate;
  }
}

FiniteField::Polynomial FiniteField::digits(size_t number, size_t count) const {
  Polynomial polynomial(count);
  for (size_t& coefficient : polynomial) {
    coefficient = number % prime_;
    number /= prime_;
  }
  return polynomial;
}

size_t FiniteField::number_of(const Polynomial& polynomial) const {
  size_t number = 0;
  for (size_t i = polynomial.size(); i-- > 0;)
    number = number * prime_ + polynomial[i];
  return number;
}

FiniteField::Polynomial FiniteField::remainder(Polynomial dividend,
                                               const Polynomial& divisor) const {
  while (dividend.size() >= divisor.size()) {
    const size_t shift = dividend.size() - divisor.size();
    const size_t leading = dividend.back();
    for (size_t i = 0; i < divisor.size(); ++i) {
      size_t& coefficient = dividend[shift + i];
      coefficient = (coefficient + (prime_ - leading) * divisor[i]) % prime_;
    }
    dividend.pop_back();
  }
  return dividend;
}

bool FiniteField::irreducible(const Polynomial& polynomial) const {
  const size_t degree = polynomial.size() - 1;
  size_t count = prime_;  // of the divisors of degree d whose highest coefficient is 1
  for (size_t d = 1; 2 * d <= degree; ++d, count *= prime_) {
    for (size_t low = 0; low < count; ++low) {
      Polynomial divisor = digits(low, d);
      divisor.push_back(1);
      if (number_of(remainder(polynomial, divisor)) == 0)
        return false;
    }
  }
  return true;
}

size_t FiniteField::difference(size_t a, size_t b) const {
  if (degree_ == 1)
    return a >= b ? a - b : a + prime_ - b;
  size_t result = 0;
  for (size_t place = 1; place < order_; place *= prime_) {
    result += place * ((a % prime_ + prime_ - b % prime_) % prime_);
    a /= prime_;
    b /= prime_;
  }
  return result;
}

std::vector<int8_t> FiniteField::quadratic_character() const {
  std::vector<int8_t> character(order_, -1);
  character[0] = 0;
  for (size_t element = 1; element < order_; ++element) {
    if (degree_ == 1) {
      character[element * element % prime_] = 1;
      continue;
    }
    const Polynomial root = digits(element, degree_);
    Polynomial square(2 * degree_ - 1);
    for (size_t i = 0; i < degree_; ++i) {
      for (size_t j = 0; j < degree_; ++j)
        square[i + j] = (square[i + j] + root[i] * root[j]) % prime_;
    }
    character[number_of(remainder(square, modulus_))] = 1;
  }
  return character;
}

}  // namespace topline
