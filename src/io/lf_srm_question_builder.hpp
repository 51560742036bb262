// How a question is put together, in four files: what kind it is (lf_srm_question.cpp), lists of
// options (…_options.cpp), one column for each option (…_columns.cpp), grids (…_grid.cpp).
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "io/lf_srm_question.hpp"

namespace topline::lf_srm {

class QuestionBuilder {
 public:
  QuestionBuilder(const RawTable& raw, const RawQuestion& columns, const QuestionSources& sources,
                  ImportLog& log)
      : raw_(raw), columns_(columns), sources_(sources), log_(log) {}

  // To be called once.
  std::vector<DraftQuestion> build();

 private:
  // A column of the data on its way to an option or a row.
  struct Slot {
    const RawColumn* column = nullptr;
    std::string label;
    std::optional<int> code;
    const ModelOption* model = nullptr;
    bool text = false;  // holds what respondents wrote
  };
  // "Contribute code upstream - Never".
  struct Cell {
    std::string row;
    std::string category;
  };

  void add(Topic topic, std::string text) { log_.add(topic, question_.name, std::move(text)); }
  void lost(const RawColumn& column, const std::string& why);

  // --- text and instruction ---

  void without_options();
  void choose_text();
  void choose_instruction();

  // --- what the columns are ---

  [[nodiscard]] const RawColumn& first() const { return columns_.columns.front(); }
  [[nodiscard]] bool is_open() const;
  [[nodiscard]] bool is_single_column() const;
  // A column for what respondents wrote.
  [[nodiscard]] static bool holds_text(const RawColumn& column);
  // Rows and categories, when the columns are all pairs of them. Columns of text stand apart.
  [[nodiscard]] std::vector<Cell> grid_cells() const;
  [[nodiscard]] bool has_rows() const;

  // --- the kinds ---

  void open_question();
  void single_column();
  // The list of options of a question whose columns do not name them.
  void options_from_lists();
  // A number given to two options is a slip. Where the data hold 1 up to the number of options,
  // the options are numbered in their order.
  void renumber(std::vector<std::string>& codes);
  void repair(std::vector<std::string>& labels);
  DraftOption& add_option(int code, const std::string& text, const std::string& model_code = {});
  [[nodiscard]] bool is_taken(int code) const;
  [[nodiscard]] int free_code() const;
  // Codes that the data hold and the list does not: 0 stands for "other" or "don't know" where
  // that option's own number does not occur; anything else becomes an option without a text.
  void codes_of_the_data(const std::vector<const RawColumn*>& columns);
  void find_zero(const std::set<int>& held);
  [[nodiscard]] bool zero_has_words() const;
  // A further column of a single question: the words behind "other".
  void other_column(const RawColumn& column);
  void comment(const RawColumn& column);

  // --- one column for each option ---

  void column_per_option();
  std::vector<Slot> slots_of(const std::vector<RawColumn>& columns);
  // Labels of the reference model, where they say the same; what differs is logged.
  void match_model(std::vector<Slot>& slots, const std::vector<ModelOption>& options);
  // From the cells; where they are empty or words, from the other files, the head's number, or
  // the place in the row.
  void give_codes(std::vector<Slot>& slots);
  [[nodiscard]] std::optional<int> criteria_code(const std::string& label) const;
  // Single or multiple: what the question says; where it says nothing, or the data contradict
  // it, what the respondents did.
  [[nodiscard]] QuestionKind one_or_several();

  // --- grids ---

  void grid_of_rows();
  [[nodiscard]] std::vector<std::string> grid_columns();
  void grid_of_cells(const std::vector<Cell>& cells);
  [[nodiscard]] QuestionKind several_in_a_row();

  // --- names and limits ---

  void name_rows();
  void name_options();
  // "select three" and "select up to three", held against what respondents did.
  void limits();

  const RawTable& raw_;
  const RawQuestion& columns_;
  const QuestionSources& sources_;
  ImportLog& log_;
  DraftQuestion question_;
  std::vector<DraftQuestion> comments_;
};

}  // namespace topline::lf_srm
