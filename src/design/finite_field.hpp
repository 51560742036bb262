// Finite fields of odd order, as far as the quadratic character of a difference goes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace topline {

struct PrimePower {
  size_t prime = 0;
  size_t exponent = 0;
};

// number = prime^exponent, or nothing. 1 is no power of a prime.
std::optional<PrimePower> prime_power(size_t number);

// The field of `order` elements, a power of an odd prime p. An element is a number below the
// order; its digits to the base p are the coefficients of a polynomial, lowest first.
class FiniteField {
 public:
  explicit FiniteField(size_t order);

  [[nodiscard]] size_t difference(size_t a, size_t b) const;
  // By element: 0 of 0, +1 of the square of another, −1 else.
  [[nodiscard]] std::vector<int8_t> quadratic_character() const;

 private:
  using Polynomial = std::vector<size_t>;  // coefficients, lowest first

  [[nodiscard]] Polynomial digits(size_t number, size_t count) const;
  [[nodiscard]] size_t number_of(const Polynomial& polynomial) const;
  // What is left of `dividend` by a divisor whose highest coefficient is 1.
  [[nodiscard]] Polynomial remainder(Polynomial dividend, const Polynomial& divisor) const;
  [[nodiscard]] bool irreducible(const Polynomial& polynomial) const;

  size_t order_;
  size_t prime_ = 0;
  size_t degree_ = 0;
  Polynomial modulus_;  // irreducible, of degree degree_, its highest coefficient 1
};

}  // namespace topline
