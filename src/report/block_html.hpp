// The blocks of a document as HTML, figures and findings among them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "report/counted_exhibit.hpp"
#include "report/prose_html.hpp"
#include "report/render_report.hpp"

namespace topline {

class BlockWriter {
 public:
  // All must outlive the writer. `about` is what an about block becomes.
  BlockWriter(const Document& document, const Edition& edition, const WeighedCases& cases,
              const TablePrinter& printer, const References& references, ProseWriter& prose,
              ValuePrinter& values, FaceSet& faces, std::string about, Diagnostics& faults)
      : document_(document),
        edition_(edition),
        cases_(cases),
        printer_(printer),
        references_(references),
        prose_(prose),
        values_(values),
        faces_(faces),
        about_(std::move(about)),
        faults_(faults) {}

  std::string html(const Block& block);
  std::string html(const std::vector<Block>& blocks);

  // The files of the figures written so far: figures/<id>.<lang>.svg and .csv.
  std::map<std::string, std::string> take_files() { return std::move(files_); }

 private:
  std::string heading(const Block& block);
  std::string list(const Block& block);
  std::string table(const Block& block);
  std::string cell(const Block& block);
  std::string findings(const std::vector<FindingText>& findings);
  std::string exhibit(const ExhibitText& text, size_t index);
  std::string drawings(const CountedExhibit& counted, const ExhibitContext& context,
                       const std::string& id, const std::string& title,
                       const std::vector<std::string>& notes);
  std::string data_tables(const CountedExhibit& counted, const ExhibitContext& context,
                          const std::string& label);

  const Document& document_;
  const Edition& edition_;
  const WeighedCases& cases_;
  const TablePrinter& printer_;
  const References& references_;
  ProseWriter& prose_;
  ValuePrinter& values_;
  FaceSet& faces_;
  std::string about_;
  Diagnostics& faults_;
  std::map<std::string, std::string> files_;
};

// The address of an exhibit: its id, or one made of its position in the document.
std::string exhibit_id(const ExhibitText& exhibit, size_t index);

// `filled` of `total` dots, `columns` in a row, from the lowest row upwards: for decoration, so
// hidden from readers who listen.
std::string dots_svg(int64_t filled, int64_t total, int columns, const std::string& filled_colour,
                     const std::string& rest_colour);

}  // namespace topline
