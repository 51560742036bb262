// The responses: one row for each case, one column for each variable of the code book.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "instrument/questionnaire.hpp"

namespace topline {

// The values of one variable, in row order. Only the vectors that its kind needs are filled.
struct Column {
  std::vector<AnswerState> state;
  std::vector<int16_t> option;  // single, flag: position in the option list; -1 none
  std::vector<uint8_t> marks;   // multiple, ranking: rows x options
  std::vector<double> number;   // number, date
  std::vector<std::string> text;
};

class Dataset {
 public:
  Dataset() = default;
  // `rows` cases that have answered nothing (every state is skipped).
  Dataset(Codebook codebook, size_t rows);

  [[nodiscard]] size_t rows() const { return rows_; }
  [[nodiscard]] const Codebook& codebook() const { return codebook_; }
  [[nodiscard]] const Column& column(VariableId id) const { return columns_[id.index()]; }
  [[nodiscard]] Column& column(VariableId id) { return columns_[id.index()]; }

  // The same answers under a code book that differs in texts only: a translated one.
  [[nodiscard]] Dataset with_codebook(Codebook codebook) const;

  // Adds a derived variable; its column has no answers yet.
  VariableId add(Variable variable);

  [[nodiscard]] Answer answer(VariableId id, size_t row) const;
  void set_state(VariableId id, size_t row, AnswerState state);
  void set_option(VariableId id, size_t row, int option);          // single, flag
  void set_mark(VariableId id, size_t row, int option, int mark);  // multiple, ranking
  void set_number(VariableId id, size_t row, double number);
  void set_text(VariableId id, size_t row, std::string text);

  // The case's number or name, for messages and files; "1", "2", … unless set.
  std::vector<std::string> ids;
  // The last page that the case has answered something on; -1 none.
  std::vector<int32_t> last_page;
  std::vector<uint8_t> at_end;  // 1: the case got to the end

 private:
  void allocate(Column& column, const Variable& variable) const;

  Codebook codebook_;
  std::vector<Column> columns_;
  size_t rows_ = 0;
};

// One row as expressions see it.
class DatasetCase final : public CaseView {
 public:
  explicit DatasetCase(const Dataset& dataset, size_t row = 0) : dataset_(&dataset), row_(row) {}
  void move_to(size_t row) { row_ = row; }
  [[nodiscard]] size_t row() const { return row_; }

  [[nodiscard]] Answer answer(VariableId variable) const override {
    return dataset_->answer(variable, row_);
  }
  [[nodiscard]] bool reached(PageId page) const override {
    return dataset_->at_end[row_] != 0 ||
           dataset_->last_page[row_] >= static_cast<int32_t>(page.index());
  }
  [[nodiscard]] bool reached_end() const override { return dataset_->at_end[row_] != 0; }

 private:
  const Dataset* dataset_;
  size_t row_;
};

}  // namespace topline
