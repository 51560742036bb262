// What an import did, for IMPORT.md: nothing that was read is dropped without a line here.
#pragma once

#include <string>
#include <vector>

namespace topline::lf_srm {

enum class Topic {
  logic,     // a rule, and what became of it
  unread,    // a rule or text that could not be taken over
  repaired,  // damage put right, with the evidence
  differs,   // two files, or file and data, say different things
  decided,   // read from the data, or decided without being told
  column,    // a column of the raw data that belongs to nothing
  row,       // a row of another file that became nothing
  remark,    // a note of the publisher, kept for reading
};

struct LogEntry {
  Topic topic = Topic::remark;
  std::string where;  // "RawData.csv, columns 258-321", "Data-SurveyReferenceModel.csv:12", "Q7"
  std::string text;
};

class ImportLog {
 public:
  void add(Topic topic, std::string where, std::string text) {
    entries_.push_back({topic, std::move(where), std::move(text)});
  }
  [[nodiscard]] const std::vector<LogEntry>& entries() const { return entries_; }

 private:
  std::vector<LogEntry> entries_;
};

}  // namespace topline::lf_srm
