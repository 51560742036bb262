// A figure or table with its counts, in the words of an edition: the tables behind it, the
// picture's model, and the small print below it.
#pragma once

#include <string>
#include <vector>

#include "analysis/weighed_cases.hpp"
#include "figure/figure_model.hpp"
#include "report/exhibit.hpp"
#include "report/printed_table.hpp"

namespace topline {

struct CountedExhibit {
  Exhibit exhibit;
  std::vector<Table> tables;  // one for each plan, labels in the edition's language
};

// What the functions below read. `study` is in the edition's language.
struct ExhibitContext {
  const OpenStudy& study;
  const Language& language;
  const TablePrinter& printer;
};

// Counts over the valid cases. Rows and columns that `where` leaves empty are dropped where they
// are answers that it excludes (don't know, not applicable, banner answers). Refused where
// measure_table is.
Result<CountedExhibit> count_exhibit(Exhibit exhibit, const WeighedCases& cases,
                                     const OpenStudy& study);

// The picture. `title` is the printed title, `notes` the small print, for files that stand alone.
FigureModel figure_model(const CountedExhibit& counted, const ExhibitContext& context,
                         const std::string& id, const std::string& title,
                         const std::vector<std::string>& notes);

// The numbers behind the picture, as they are printed below it; for a table, the table itself.
std::vector<PrintedTable> exhibit_tables(const CountedExhibit& counted,
                                         const ExhibitContext& context);

// Questions, bases, and what must be said about the numbers, a line each; `note` is the author's.
std::vector<std::string> exhibit_notes(const CountedExhibit& counted, const ExhibitContext& context,
                                       const std::string& note);

}  // namespace topline
