// The Plural-Forms rule of a PO header: a small C expression over n that picks msgstr[…].
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace topline {

class PluralForms {
 public:
  PluralForms();  // English: nplurals=2; plural=(n != 1)

  // Reads "nplurals=2; plural=(n != 1);". The fault's column counts from the start of `rule`.
  static Result<PluralForms> parse(std::string_view rule);

  [[nodiscard]] int count() const { return count_; }

  // The index of the form for `n`, always below count(): a rule that asks for more gives the
  // last form, a division by zero the first.
  [[nodiscard]] int index_for(uint64_t n) const;

 private:
  enum class Op : uint8_t {
    number,
    n,
    or_,
    and_,
    eq,
    ne,
    lt,
    gt,
    le,
    ge,
    add,
    sub,
    mul,
    div,
    mod,
    not_,
    choose
  };
  struct Node {
    Op op = Op::number;
    uint64_t number = 0;
    int a = -1, b = -1, c = -1;  // children in nodes_
  };
  class Parser;

  [[nodiscard]] uint64_t evaluate(int node, uint64_t n) const;

  int count_ = 2;
  int root_ = -1;
  std::vector<Node> nodes_;
};

}  // namespace topline
