// "About this study": what the professions' codes ask a study to disclose, from study.yaml and
// the ledger of the cases.
#pragma once

#include <string>

#include "analysis/typical_precision.hpp"
#include "report/printed_table.hpp"
#include "study/open_study.hpp"

namespace topline {

struct AboutContext {
  const OpenStudy& study;  // in the edition's language
  const Language& language;
  const WeighedCases& cases;
  const TablePrinter& printer;
  std::optional<TypicalPrecision> precision;
  bool with_licence = true;  // unless the text itself prints them
  bool with_citation = true;
};

// The eleven items of the disclosure list in the AAPOR Code of Professional Ethics and Practices
// (2021, section III.A), then contact, licence and citation.
std::string about_html(const AboutContext& context);

}  // namespace topline
