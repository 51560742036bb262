#include "design/hadamard.hpp"

#include <bitset>
#include <gtest/gtest.h>
#include <set>

#include "design/finite_field.hpp"

namespace topline {
namespace {

// The multiples of 4 up to 1000 that doubling and Paley's two constructions leave out, as tables
// of Hadamard matrices have them.
const std::set<size_t> left_out = {
    92,  116, 156, 172, 184, 188, 232, 236, 260, 268, 292, 324, 356, 372, 376, 404, 412, 428, 436,
    452, 472, 476, 508, 520, 532, 536, 584, 596, 604, 612, 652, 668, 712, 716, 732, 756, 764, 772,
    808, 836, 852, 856, 872, 876, 892, 904, 932, 940, 944, 952, 956, 964, 980, 988, 996};

void expect_hadamard(const HadamardMatrix& matrix) {
  constexpr size_t most = 1024;
  ASSERT_LE(matrix.order, most);
  std::vector<std::bitset<most>> rows(matrix.order);
  for (size_t row = 0; row < matrix.order; ++row) {
    ASSERT_EQ(matrix.at(row, 0), 1);
    ASSERT_EQ(matrix.at(0, row), 1);
    const int8_t* entries = &matrix.entries[row * matrix.order];
    for (size_t column = 0; column < matrix.order; ++column) {
      if (entries[column] == 1)
        rows[row].set(column);
      else if (entries[column] != -1)
        FAIL() << "neither +1 nor -1";
    }
  }
  for (size_t a = 0; a < matrix.order; ++a) {
    for (size_t b = 0; b < a; ++b) {
      if (2 * (rows[a] ^ rows[b]).count() != matrix.order)
        FAIL() << "rows " << a << " and " << b;
    }
  }
}

TEST(Hadamard, KnownOrdersUpToAThousand) {
  for (size_t order = 1; order <= 1000; ++order) {
    const bool expected = order <= 2 || (order % 4 == 0 && left_out.count(order) == 0);
    EXPECT_EQ(hadamard_available(order), expected) << order;
  }
}

TEST(Hadamard, RowsAreOrthogonal) {
  for (size_t order = 1; order <= 1000; ++order) {
    if (!hadamard_available(order))
      continue;
    const Result<HadamardMatrix> matrix = hadamard(order);
    ASSERT_TRUE(matrix.ok());
    ASSERT_EQ(matrix->order, order);
    SCOPED_TRACE(order);
    expect_hadamard(*matrix);
  }
}

TEST(Hadamard, SmallestOrderThatSuffices) {
  EXPECT_EQ(hadamard(0)->order, 1U);
  EXPECT_EQ(hadamard(3)->order, 4U);
  EXPECT_EQ(hadamard(9)->order, 12U);
  EXPECT_EQ(hadamard(80)->order, 80U);
  EXPECT_EQ(hadamard(89)->order, 96U);
  EXPECT_EQ(hadamard(1001)->order, 1008U);  // 2·(503 + 1); 1004 = 1003 + 1 is not to be had
  EXPECT_EQ(hadamard(largest_hadamard_order)->order, largest_hadamard_order);
  EXPECT_FALSE(hadamard(largest_hadamard_order + 1).ok());
}

// 52 = 2·(25 + 1), 100 = 2·(49 + 1), 244 = 243 + 1, 340 = 2·(169 + 1), 344 = 343 + 1.
TEST(Hadamard, FieldsOfPrimePowers) {
  for (size_t order : {52U, 100U, 244U, 340U, 344U})
    expect_hadamard(*hadamard(order));
}

TEST(Hadamard, SylvestersMatrixOfFour) {
  const std::vector<int8_t> expected = {1, 1, 1, 1, 1, -1, 1, -1, 1, 1, -1, -1, 1, -1, -1, 1};
  const HadamardMatrix matrix = *hadamard(4);
  std::multiset<std::vector<int>> rows;
  std::multiset<std::vector<int>> expected_rows;
  for (size_t row = 0; row < 4; ++row) {
    rows.insert({matrix.at(row, 0), matrix.at(row, 1), matrix.at(row, 2), matrix.at(row, 3)});
    expected_rows.insert(
        {expected[4 * row], expected[4 * row + 1], expected[4 * row + 2], expected[4 * row + 3]});
  }
  EXPECT_EQ(rows, expected_rows);
}

TEST(PrimePower, OfSmallNumbers) {
  EXPECT_FALSE(prime_power(0));
  EXPECT_FALSE(prime_power(1));
  EXPECT_FALSE(prime_power(6));
  EXPECT_FALSE(prime_power(45));
  EXPECT_EQ(prime_power(2)->prime, 2U);
  EXPECT_EQ(prime_power(343)->prime, 7U);
  EXPECT_EQ(prime_power(343)->exponent, 3U);
  EXPECT_EQ(prime_power(8191)->exponent, 1U);
}

// In every field half of the elements but 0 are squares, and the character of −1 is +1 where 4
// divides q − 1.
TEST(FiniteField, CharacterIsBalanced) {
  for (size_t q : {3U, 7U, 9U, 13U, 25U, 27U, 49U, 81U, 125U, 243U, 343U}) {
    const FiniteField field(q);
    const std::vector<int8_t> character = field.quadratic_character();
    int sum = 0;
    for (int8_t one : character)
      sum += one;
    EXPECT_EQ(sum, 0) << q;
    EXPECT_EQ(character[field.difference(0, 1)], q % 4 == 1 ? 1 : -1) << q;
  }
}

TEST(FiniteField, SquaresModuloThirteen) {
  const std::vector<int8_t> character = FiniteField(13).quadratic_character();
  for (size_t element = 1; element < 13; ++element) {
    const bool square = std::set<size_t>{1, 3, 4, 9, 10, 12}.count(element) > 0;
    EXPECT_EQ(character[element], square ? 1 : -1) << element;
  }
}

}  // namespace
}  // namespace topline
