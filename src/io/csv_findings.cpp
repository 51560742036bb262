#include "io/csv_findings.hpp"

#include <utility>

namespace topline {

void UnknownCollector::append(const UnknownCollector& later, size_t limit) {
  cells_ += later.cells_;
  for (const UnknownText& unknown : later.texts_) {
    const auto known = index_.find(unknown.text);
    if (known != index_.end()) {
      texts_[known->second].count += unknown.count;
    } else if (texts_.size() < limit) {
      index_.emplace(unknown.text, texts_.size());
      texts_.push_back(unknown);
    } else {
      all_kept_ = false;
    }
  }
}

UnknownTexts UnknownCollector::take() && {
  return {std::move(texts_), cells_, all_kept_};
}

void CsvFindings::append(const CsvFindings& later, size_t unknown_limit) {
  if (fault)
    return;  // what comes behind it means nothing
  fault = later.fault;
  misfits.empty_rows += later.misfits.empty_rows;
  misfits.short_rows.append(later.misfits.short_rows);
  if (misfits.wide_rows.count == 0) {
    misfits.first_wide = later.misfits.first_wide;
    misfits.first_wide_cells = later.misfits.first_wide_cells;
  }
  misfits.wide_rows.append(later.misfits.wide_rows);
  if (undecodable.cells == 0) {
    undecodable = later.undecodable;
  } else {
    undecodable.cells += later.undecodable.cells;
  }
  if (unknown.size() < later.unknown.size())
    unknown.resize(later.unknown.size());
  for (size_t i = 0; i < later.unknown.size(); ++i)
    unknown[i].append(later.unknown[i], unknown_limit);
}

void FindingsInOrder::add(uint64_t piece, CsvFindings findings) {
  const std::lock_guard lock(mutex_);
  waiting_.emplace(piece, std::move(findings));
  for (auto next = waiting_.begin(); next != waiting_.end() && next->first == next_;
       next = waiting_.erase(next)) {
    all_.append(next->second, unknown_limit_);
    ++next_;
  }
}

}  // namespace topline
