// What is found on the way through a file, piece by piece, and put together in file order.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/diagnostic.hpp"
#include "io/csv_chunk.hpp"
#include "io/csv_columns.hpp"

namespace topline {

// The unknown texts of one column in one piece, in the order of their first cells.
class UnknownCollector {
 public:
  // `line` is asked for the line only where the text is new.
  template <typename Line>
  void add(const std::string& text, const Line& line) {
    ++cells_;
    const auto [place, is_new] = index_.try_emplace(text, texts_.size());
    if (is_new)
      texts_.push_back({text, line(), 0});
    ++texts_[place->second].count;
  }
  // Adds those of a later piece; at most `limit` texts are kept.
  void append(const UnknownCollector& later, size_t limit);
  [[nodiscard]] bool empty() const { return cells_ == 0; }
  UnknownTexts take() &&;

 private:
  std::unordered_map<std::string, size_t> index_;  // only to find, never walked through
  std::vector<UnknownText> texts_;
  int64_t cells_ = 0;
  bool all_kept_ = true;
};

// The first cell that is not in the file's encoding, and how many there are.
struct UndecodableCells {
  int64_t cells = 0;
  Place place;
  size_t column = 0;  // in the file
  std::string bytes;  // from the first bad one
};

struct CsvFindings {
  std::optional<Diagnostic> fault;  // in the form of the file: ends the reading
  CsvMisfits misfits;
  UndecodableCells undecodable;
  std::vector<UnknownCollector> unknown;  // for each wanted column, or empty: none at all

  void append(const CsvFindings& later, size_t unknown_limit);
};

// Takes the findings of the pieces in any order and puts them together in that of the file.
class FindingsInOrder {
 public:
  explicit FindingsInOrder(size_t unknown_limit) : unknown_limit_(unknown_limit) {}

  void add(uint64_t piece, CsvFindings findings);
  [[nodiscard]] const CsvFindings& all() const { return all_; }
  CsvFindings& all() { return all_; }

 private:
  std::mutex mutex_;
  size_t unknown_limit_;
  uint64_t next_ = 0;
  std::map<uint64_t, CsvFindings> waiting_;
  CsvFindings all_;
};

}  // namespace topline
