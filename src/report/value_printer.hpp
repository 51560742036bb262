// The numbers of the prose: an expression over the cases that count, printed as the study
// rounds and the language writes.
#pragma once

#include <optional>
#include <string>

#include "analysis/weighed_cases.hpp"
#include "report/document.hpp"
#include "report/printed_table.hpp"
#include "study/open_study.hpp"

namespace topline {

struct PrintedValue {
  std::string text;   // "41%"
  std::string trace;  // "102 / 249", or weighted "n = 249", where one share stands behind it
  std::optional<double> percent;  // of a single share, unrounded
};

// What an expression's number is, which decides how it is printed.
enum class Quantity { percent, points, count, number };

// share is a percentage; the difference of two is points; n and cases are counts; sums and
// differences of counts stay counts; everything else is a number.
Quantity quantity_of(const Expression& expression);

// Whether the expression reads a single case outside of share(), mean() and their like.
bool reads_one_case(const Expression& expression);

class ValuePrinter {
 public:
  // All must outlive the printer. `study` is in the edition's language.
  ValuePrinter(const OpenStudy& study, const Language& language, const WeighedCases& cases,
               const TablePrinter& printer, Diagnostics& faults)
      : study_(study), language_(language), cases_(cases), printer_(printer), faults_(faults) {}

  // A value that resolves (check_report). One on too small a base, or on none, is told to the
  // diagnostics and printed as a dash.
  PrintedValue print(const ValueText& value);

 private:
  PrintedValue print_share(const ValueText& value, const Expression& expression);
  bool bases_suffice(const Expression& expression);
  [[nodiscard]] std::string in_unit(Quantity quantity, int decimals, double number) const;

  const OpenStudy& study_;
  const Language& language_;
  const WeighedCases& cases_;
  const TablePrinter& printer_;
  Diagnostics& faults_;
};

}  // namespace topline
