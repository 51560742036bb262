#include "io/read_responses.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <map>
#include <set>

#include "base/date.hpp"
#include "base/files.hpp"
#include "instrument/answer_reason.hpp"
#include "io/cell_faults.hpp"
#include "io/column_map.hpp"
#include "io/csv_coded.hpp"
#include "io/file_doubts.hpp"
#include "io/unlikely_answers.hpp"
#include "io/written_others.hpp"

namespace topline {

namespace {

// Codes handed to the CSV reader above those of options stand for reasons.
constexpr int16_t reason_base = 30000;
constexpr int16_t not_ticked = 0;
constexpr int16_t ticked = 1;
constexpr int64_t most_told = 5;  // faults of one kind that are told one by one

class Filler {
 public:
  Filler(const Study& study, const Questionnaire& questionnaire,
         const std::vector<const Codebook*>& other_languages, RowLines& lines, Diagnostics& faults)
      : study_(study),
        questionnaire_(questionnaire),
        other_languages_(other_languages),
        lines_(lines),
        faults_(faults) {}

  [[nodiscard]] WantedColumn wanted(const ColumnUse& use) const {
    WantedColumn column;
    column.position = use.position;
    const Variable& variable = questionnaire_.codebook[use.variable];
    switch (use.use) {
      case CellUse::code:
        column.decoder = CodeColumn{code_dictionary(use, variable), std::nullopt};
        break;
      case CellUse::tick:
        column.decoder = CodeColumn{tick_dictionary(use, variable), std::nullopt};
        break;
      case CellUse::rank: {
        CodeColumn ranks;
        ranks.dictionary = reasons().take();
        ranks.integers = {int16_t{0}, static_cast<int16_t>(variable.option_count())};
        column.decoder = ranks;
        break;
      }
      case CellUse::number:
        // A number beside which texts may stand for don't know is read as text.
        if (variable.options->empty() && study_.data.missing.empty())
          column.decoder = NumberColumn{};
        else
          column.decoder = TextColumn{};
        break;
      case CellUse::list:
      case CellUse::date:
      case CellUse::text:
        column.decoder = TextColumn{};
        break;
    }
    return column;
  }

  // What can only be told when every column is filled.
  void finish() {
    constexpr int enough = 3;
    if (faulty_in_first_row_ >= enough && study_.data.header_rows < 3)
      faults_.note(
          {study_.data.file, lines_.line(0), 0, 0},
          "the first case has faults in " + std::to_string(faulty_in_first_row_) + " columns",
          "if this row belongs to the header, write `header_rows: " +
              std::to_string(study_.data.header_rows + 1) + "` under `data` in study.yaml");
    for (const auto& [id, count] : contradictions_)
      if (count > most_told)
        faults_.error({study_.data.file, 0, 0, 0},
                      further(count, "case has", "cases have") + " two answers to " +
                          questionnaire_.codebook[id].name,
                      "");
  }

  void fill(const ColumnUse& use, const CodedColumn& column, const std::string& head,
            Dataset& dataset) {
    head_ = head;
    if (const auto* codes = std::get_if<Codes>(&column)) {
      unknown_cells(use, codes->unknown);
      fill_codes(use, *codes, dataset);
    } else if (const auto* numbers = std::get_if<Numbers>(&column)) {
      unknown_cells(use, numbers->unknown);
      for (size_t row = 0; row < dataset.rows(); ++row) {
        if (numbers->valid[row] != 0)
          dataset.set_number(use.variable, row, numbers->values[row]);
      }
    } else {
      fill_texts(use, std::get<Texts>(column), dataset);
    }
  }

 private:
  using Dictionary = std::vector<std::pair<std::string, int16_t>>;

  // The first meaning that a text is given stays: codes before names before texts.
  class DictionaryBuilder {
   public:
    void add(const std::string& text, int16_t code) {
      if (!text.empty() && known_.insert(text).second)
        entries_.emplace_back(text, code);
    }
    [[nodiscard]] Dictionary take() { return std::move(entries_); }

   private:
    Dictionary entries_;
    std::set<std::string> known_;
  };

  [[nodiscard]] DictionaryBuilder reasons() const {
    DictionaryBuilder dictionary;
    for (const auto& [text, state] : study_.data.missing)
      dictionary.add(text, static_cast<int16_t>(reason_base + static_cast<int>(state)));
    return dictionary;
  }

  // The option's text in every language.
  template <typename Each>
  void texts_of(const ColumnUse& use, size_t option, Each each) const {
    each((*questionnaire_.codebook[use.variable].options)[option].text);
    for (const Codebook* other : other_languages_)
      each((*(*other)[use.variable].options)[option].text);
  }

  [[nodiscard]] Dictionary code_dictionary(const ColumnUse& use, const Variable& variable) const {
    DictionaryBuilder dictionary = reasons();
    for (const auto& [text, option] : use.codes)
      dictionary.add(text, static_cast<int16_t>(option));
    const OptionList& options = *variable.options;
    for (size_t i = 0; i < options.size(); ++i)
      dictionary.add(std::to_string(options[i].code), static_cast<int16_t>(i));
    for (size_t i = 0; i < options.size(); ++i)
      dictionary.add(options[i].name, static_cast<int16_t>(i));
    for (size_t i = 0; i < options.size(); ++i)
      texts_of(use, i,
               [&](const std::string& text) { dictionary.add(text, static_cast<int16_t>(i)); });
    return dictionary.take();
  }

  [[nodiscard]] Dictionary tick_dictionary(const ColumnUse& use, const Variable& variable) const {
    DictionaryBuilder dictionary = reasons();
    for (const auto& [text, option] : use.codes)
      dictionary.add(text, option == use.option ? ticked : not_ticked);
    const Option& option = (*variable.options)[static_cast<size_t>(use.option)];
    dictionary.add("0", not_ticked);
    dictionary.add("1", ticked);
    dictionary.add(std::to_string(option.code), ticked);
    dictionary.add(option.name, ticked);
    texts_of(use, static_cast<size_t>(use.option),
             [&](const std::string& text) { dictionary.add(text, ticked); });
    for (const char* yes : {"yes", "Yes", "true", "TRUE", "x", "X"})
      dictionary.add(yes, ticked);
    for (const char* no : {"no", "No", "false", "FALSE"})
      dictionary.add(no, not_ticked);
    return dictionary.take();
  }

  void unknown_cells(const ColumnUse& use, const UnknownTexts& unknown) {
    const Variable& variable = questionnaire_.codebook[use.variable];
    if (!unknown.texts.empty() && unknown.texts.front().first_line == lines_.line(0))
      ++faulty_in_first_row_;
    constexpr size_t shown = 5;
    for (size_t i = 0; i < std::min(shown, unknown.texts.size()); ++i) {
      const UnknownText& text = unknown.texts[i];
      const std::string times = text.count == 1 ? "" : ", " + std::to_string(text.count) + " times";
      faults_.error({study_.data.file, static_cast<int>(text.first_line), 0, 0},
                    "column `" + head_ + "`: `" + text.text + "` is " +
                        no_such_cell(use.use, variable) + times,
                    cell_hint(use.use, variable, text.text));
    }
    if (unknown.texts.size() > shown)
      faults_.error({study_.data.file, static_cast<int>(unknown.texts[shown].first_line), 0, 0},
                    "column `" + head_ + "`: " + std::to_string(unknown.texts.size() - shown) +
                        (unknown.all_kept ? "" : " or more") + " further texts are " +
                        no_such_cell(use.use, variable),
                    "does the column belong to " + variable.name + "?");
  }

  void fill_codes(const ColumnUse& use, const Codes& column, Dataset& dataset) {
    const Variable& variable = questionnaire_.codebook[use.variable];
    const int16_t zero_means = use.use == CellUse::tick ? meaning_of_zero(use, column) : ticked;
    for (size_t row = 0; row < dataset.rows(); ++row) {
      const int16_t code = column.codes[row];
      if (code == kEmptyCode || code == kUnknownCode)
        continue;
      if (code >= reason_base) {
        set_reason(use.variable, row, static_cast<AnswerState>(code - reason_base), dataset);
      } else if (use.use == CellUse::code) {
        dataset.set_option(use.variable, row, code);
      } else if (use.use == CellUse::rank) {
        if (code > 0)
          dataset.set_mark(use.variable, row, use.option, code);
      } else if (code == ticked || zero_means == ticked) {
        if (variable.kind == VariableKind::multiple)
          dataset.set_mark(use.variable, row, use.option, 1);
        else
          set_only(use, row, dataset);
      }
    }
  }

  // In a column for an option whose code is 0, a zero is a tick if the column has no ones.
  [[nodiscard]] int16_t meaning_of_zero(const ColumnUse& use, const Codes& column) const {
    const Variable& variable = questionnaire_.codebook[use.variable];
    if ((*variable.options)[static_cast<size_t>(use.option)].code != 0)
      return not_ticked;
    return std::find(column.codes.begin(), column.codes.end(), ticked) == column.codes.end()
               ? ticked
               : not_ticked;
  }

  static void set_reason(VariableId id, size_t row, AnswerState state, Dataset& dataset) {
    if (dataset.column(id).state[row] != AnswerState::answered)
      dataset.set_state(id, row, state);
  }

  // A single question with one column per option: two ticks contradict each other.
  void set_only(const ColumnUse& use, size_t row, Dataset& dataset) {
    const Answer before = dataset.answer(use.variable, row);
    if (before.answered() && before.option != use.option) {
      if (++contradictions_[use.variable] > most_told)
        return;
      const Variable& variable = questionnaire_.codebook[use.variable];
      auto name = [&](int option) { return (*variable.options)[static_cast<size_t>(option)].name; };
      faults_.error({study_.data.file, lines_.line(row), 0, 0},
                    "case " + dataset.ids[row] + " has two answers to " + variable.name + ": " +
                        name(before.option) + " and " + name(use.option),
                    "a single question takes one; make it `kind: multiple` if it was one");
      return;
    }
    dataset.set_option(use.variable, row, use.option);
  }

  void fill_texts(const ColumnUse& use, const Texts& column, Dataset& dataset) {
    int64_t wrong = 0;
    for (size_t row = 0; row < dataset.rows(); ++row) {
      const std::string_view cell = column.cells[row];
      if (cell.empty() || reason(use.variable, row, cell, dataset))
        continue;
      if (use.use == CellUse::text)
        dataset.set_text(use.variable, row, std::string(cell));
      else if (!parse(use, row, cell, dataset) && ++wrong <= most_told)
        wrong_cell(use, row, cell, dataset);
    }
    if (wrong > most_told)
      faults_.error({study_.data.file, 0, 0, 0},
                    "column `" + head_ + "`: " + further(wrong, "cell is ", "cells are ") +
                        no_such_cell(use.use, questionnaire_.codebook[use.variable]),
                    "");
  }

  bool reason(VariableId id, size_t row, std::string_view cell, Dataset& dataset) const {
    for (const auto& [text, state] : study_.data.missing) {
      if (text == cell) {
        set_reason(id, row, state, dataset);
        return true;
      }
    }
    return false;
  }

  void wrong_cell(const ColumnUse& use, size_t row, std::string_view cell, const Dataset& dataset) {
    const Variable& variable = questionnaire_.codebook[use.variable];
    if (row == 0)
      ++faulty_in_first_row_;
    const std::string wrong =
        use.use == CellUse::list ? unknown_item(use, cell) : std::string(cell);
    const std::string within = wrong == cell ? "" : " (in `" + std::string(cell) + "`)";
    faults_.error({study_.data.file, lines_.line(row), 0, 0},
                  "case " + dataset.ids[row] + ", column `" + head_ + "`: `" + wrong + "` is " +
                      no_such_cell(use.use, variable) + within,
                  cell_hint(use.use, variable, wrong));
  }

  // The first item of a delimited list that is no option.
  [[nodiscard]] std::string unknown_item(const ColumnUse& use, std::string_view cell) const {
    const Variable& variable = questionnaire_.codebook[use.variable];
    for (const std::string_view item : items_of(use, cell))
      if (option_of(use, variable, item) < 0)
        return std::string(item);
    return std::string(cell);
  }

  static std::string further(int64_t all, const std::string& one, const std::string& many) {
    const int64_t count = all - most_told;
    return std::to_string(count) + " further " + (count == 1 ? one : many);
  }

  bool parse(const ColumnUse& use, size_t row, std::string_view cell, Dataset& dataset) const {
    switch (use.use) {
      case CellUse::number:
        return number(use, row, cell, dataset);
      case CellUse::date: {
        // What stands behind the day, a time, is left out.
        const std::optional<int> days = parse_date(cell.substr(0, 10));
        if (days && (cell.size() == 10 || cell[10] == ' ' || cell[10] == 'T')) {
          dataset.set_number(use.variable, row, *days);
          return true;
        }
        return missing_option(use, row, cell, dataset);
      }
      default:
        return list(use, row, cell, dataset);
    }
  }

  bool number(const ColumnUse& use, size_t row, std::string_view cell, Dataset& dataset) const {
    double value = 0;
    const char* last = cell.data() + cell.size();
    const auto [stop, error] = std::from_chars(cell.data(), last, value);
    // An option's code (98 for don't know) goes before the number 98.
    if (missing_option(use, row, cell, dataset))
      return true;
    if (error != std::errc() || stop != last)
      return false;
    dataset.set_number(use.variable, row, value);
    return true;
  }

  // Don't know and its like beside a number or a date.
  bool missing_option(const ColumnUse& use, size_t row, std::string_view cell,
                      Dataset& dataset) const {
    const Variable& variable = questionnaire_.codebook[use.variable];
    const int option = option_of(use, variable, cell);
    if (option < 0)
      return false;
    const MissingReason reason = (*variable.options)[static_cast<size_t>(option)].missing;
    dataset.set_state(use.variable, row, reason_state(reason));
    return true;
  }

  [[nodiscard]] int option_of(const ColumnUse& use, const Variable& variable,
                              std::string_view cell) const {
    if (const auto known = use.codes.find(std::string(cell)); known != use.codes.end())
      return known->second;
    const int option = variable.find_option(cell);
    if (option >= 0)
      return option;
    for (size_t i = 0; i < variable.options->size(); ++i) {
      bool found = false;
      texts_of(use, i, [&](const std::string& text) { found = found || text == cell; });
      if (found)
        return static_cast<int>(i);
    }
    return -1;
  }

  bool list(const ColumnUse& use, size_t row, std::string_view cell, Dataset& dataset) const {
    const Variable& variable = questionnaire_.codebook[use.variable];
    // One column per answer: the whole cell is one option.
    if (const int whole = option_of(use, variable, trimmed(cell)); whole >= 0) {
      dataset.set_mark(use.variable, row, whole, 1);
      return true;
    }
    std::vector<int> options;
    for (const std::string_view item : items_of(use, cell)) {
      options.push_back(option_of(use, variable, item));
      if (options.back() < 0)
        return false;
    }
    for (int option : options)
      dataset.set_mark(use.variable, row, option, 1);
    return true;
  }

  // The items of a delimited list, without blanks around them.
  static std::vector<std::string_view> items_of(const ColumnUse& use, std::string_view cell) {
    std::string separator = use.separator;
    if (separator.empty())
      separator = cell.find(';') != std::string_view::npos ? ";" : ",";
    std::vector<std::string_view> items;
    while (!cell.empty()) {
      const size_t end = std::min(cell.find(separator), cell.size());
      const std::string_view item = trimmed(cell.substr(0, end));
      cell.remove_prefix(std::min(cell.size(), end + separator.size()));
      if (!item.empty())
        items.push_back(item);
    }
    return items;
  }

  static std::string_view trimmed(std::string_view text) {
    const size_t begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos)
      return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
  }

  const Study& study_;
  const Questionnaire& questionnaire_;
  const std::vector<const Codebook*>& other_languages_;
  RowLines& lines_;
  Diagnostics& faults_;
  std::string head_;
  int faulty_in_first_row_ = 0;                   // columns whose first cell means nothing
  std::map<VariableId, int64_t> contradictions_;  // cases with two answers to a single question
};

std::optional<CsvOptions> options_of(const Study& study, Diagnostics& faults) {
  CsvOptions options;
  options.header_rows = study.data.header_rows;
  options.title_lines = study.data.title_rows;
  options.delimiter = study.data.delimiter;
  if (study.data.encoding.empty() || study.data.encoding == "auto")
    return options;
  options.encoding = encoding_named(study.data.encoding);
  if (options.encoding)
    return options;
  faults.error(study.data.encoding_place, "the encoding `" + study.data.encoding + "` is not known",
               "it is auto, utf-8, utf-16le, utf-16be, cp1252 or mac_roman");
  return std::nullopt;
}

// The cases' own names, where a column holds them; two cases of one name are told.
void set_ids(const Texts& column, const Study& study, Dataset& dataset, Diagnostics& faults) {
  std::vector<std::string> sorted;
  for (size_t row = 0; row < dataset.rows(); ++row) {
    if (!column.cells[row].empty())
      dataset.ids[row] = column.cells[row];
    sorted.push_back(dataset.ids[row]);
  }
  tell_repeated_names(std::move(sorted), study, faults);
}

}  // namespace

std::optional<Responses> read_responses(const std::string& folder, const Study& study,
                                        const Questionnaire& questionnaire,
                                        const std::vector<const Codebook*>& other_languages,
                                        int threads, Diagnostics& faults) {
  if (study.data.file.empty()) {
    faults.error({"study.yaml", 0, 0, 0}, "does not say where the responses lie",
                 "add `data: {file: data/responses.csv}`, or let `topline simulate` invent some");
    return std::nullopt;
  }
  const std::optional<CsvOptions> options = options_of(study, faults);
  if (!options)
    return std::nullopt;
  const std::filesystem::path base(folder);
  Result<CodedCsvReader> reader =
      CodedCsvReader::open((base / study.data.file).string(), study.data.file, *options);
  if (!reader) {
    Diagnostic fault = reader.fault();
    if (fault.hint.empty())
      fault.hint =
          "`data.file` in study.yaml says where the responses lie; `topline simulate` can "
          "invent some";
    faults.add(std::move(fault));
    return std::nullopt;
  }
  std::string map_text;
  if (!study.data.columns.empty()) {
    Result<std::string> text = read_file((base / study.data.columns).string(), study.data.columns);
    if (!text) {
      Diagnostic fault = text.fault();
      fault.hint = "`data.columns` in study.yaml names it";
      faults.add(std::move(fault));
      return std::nullopt;
    }
    map_text = std::move(*text);
  }
  const int errors_before = faults.count(Severity::error);
  const ColumnMap map = map_columns(reader->head().header, map_text, study, questionnaire, faults);
  if (faults.count(Severity::error) > errors_before)
    return std::nullopt;

  tell_encoding(reader->head().format, *options, study, faults);
  doubt_header(reader->head(), map, questionnaire, study, faults);
  RowLines lines((base / study.data.file).string(), *options);
  Filler filler(study, questionnaire, other_languages, lines, faults);
  std::vector<WantedColumn> wanted;
  for (const ColumnUse& use : map.uses)
    wanted.push_back(filler.wanted(use));
  if (map.id >= 0)
    wanted.push_back({static_cast<size_t>(map.id), TextColumn{}});
  CodedCsvOptions coded;
  coded.threads = threads;
  Result<CodedTable> table = reader->read(wanted, coded);
  if (!table) {
    faults.add(table.fault());
    return std::nullopt;
  }
  faults.append(csv_warnings(table->report, study.data.file));

  Responses result;
  result.columns_left_alone = map.left_alone;
  result.dataset = Dataset(questionnaire.codebook, table->rows);
  if (map.id >= 0)
    set_ids(std::get<Texts>(table->columns.back()), study, result.dataset, faults);
  for (size_t i = 0; i < map.uses.size(); ++i)
    filler.fill(map.uses[i], table->columns[i],
                csv_column_name(reader->head(), map.uses[i].position), result.dataset);
  filler.finish();
  if (faults.count(Severity::error) > errors_before)
    return std::nullopt;
  choose_written_others(map.uses, questionnaire, study.data.file, lines, result.dataset, faults);
  warn_of_unlikely_answers(result.dataset, questionnaire, study.data.file, lines, faults);
  return result;
}

}  // namespace topline
