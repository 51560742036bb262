// The files of the imported study, as texts.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "io/lf_srm_draft.hpp"
#include "text/po_file.hpp"

namespace topline::lf_srm {

struct StudyHead {
  std::string name;
  std::string title;
  std::vector<std::string> languages;
  std::string from;  // fieldwork, "2022-06-21"
  std::string to;
  std::string licence;
  bool online = false;
  std::string data_file;  // "data/RawData.csv"
};

std::string study_yaml(const StudyHead& head, const Draft& draft, const RawTable& raw);
std::string questionnaire_yaml(const Draft& draft);
std::string columns_yaml(const Draft& draft, const RawTable& raw);
std::string processing_yaml(const Draft& draft);
std::string tables_yaml(const Draft& draft);
// A frequency deck: every closed question as a figure, page by page. With `translation`, the
// titles of pages are in its language where it has them, and no sentence stands there.
std::string report_markdown(const Draft& draft, const PoFile* translation);

// How data/columns.yaml and study.yaml name columns: by the head, where it is wanted and unique,
// else by the position; by the head, too, where the position's number is itself a head ("2").
class ColumnNames {
 public:
  explicit ColumnNames(const RawTable& raw);
  [[nodiscard]] std::string of(int column, bool prefer_head) const;

 private:
  const RawTable& raw_;
  std::map<std::string, std::set<int>> heads_;  // the columns of each head
};

}  // namespace topline::lf_srm
