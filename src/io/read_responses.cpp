#include "io/read_responses.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "base/date.hpp"
#include "base/files.hpp"
#include "io/column_map.hpp"
#include "io/csv_coded.hpp"

namespace topline {

namespace {

// Codes handed to the CSV reader above those of options stand for reasons.
constexpr int16_t reason_base = 30000;
constexpr int16_t not_ticked = 0;
constexpr int16_t ticked = 1;

class Filler {
 public:
  Filler(const Study& study, const Questionnaire& questionnaire,
         const std::vector<const Codebook*>& other_languages, Diagnostics& faults)
      : study_(study),
        questionnaire_(questionnaire),
        other_languages_(other_languages),
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
        ranks.dictionary = reasons();
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

  [[nodiscard]] Dictionary reasons() const {
    Dictionary dictionary;
    for (const auto& [text, state] : study_.data.missing)
      add(dictionary, text, static_cast<int16_t>(reason_base + static_cast<int>(state)));
    return dictionary;
  }

  // The first meaning that a text is given stays: codes before names before texts.
  static void add(Dictionary& dictionary, const std::string& text, int16_t code) {
    const bool known = std::any_of(dictionary.begin(), dictionary.end(),
                                   [&](const auto& entry) { return entry.first == text; });
    if (!text.empty() && !known)
      dictionary.emplace_back(text, code);
  }

  // The option's text in every language.
  template <typename Each>
  void texts_of(const ColumnUse& use, size_t option, Each each) const {
    each((*questionnaire_.codebook[use.variable].options)[option].text);
    for (const Codebook* other : other_languages_)
      each((*(*other)[use.variable].options)[option].text);
  }

  [[nodiscard]] Dictionary code_dictionary(const ColumnUse& use, const Variable& variable) const {
    Dictionary dictionary = reasons();
    for (const auto& [text, option] : use.codes)
      add(dictionary, text, static_cast<int16_t>(option));
    const OptionList& options = *variable.options;
    for (size_t i = 0; i < options.size(); ++i)
      add(dictionary, std::to_string(options[i].code), static_cast<int16_t>(i));
    for (size_t i = 0; i < options.size(); ++i)
      add(dictionary, options[i].name, static_cast<int16_t>(i));
    for (size_t i = 0; i < options.size(); ++i)
      texts_of(use, i,
               [&](const std::string& text) { add(dictionary, text, static_cast<int16_t>(i)); });
    return dictionary;
  }

  [[nodiscard]] Dictionary tick_dictionary(const ColumnUse& use, const Variable& variable) const {
    Dictionary dictionary = reasons();
    for (const auto& [text, option] : use.codes)
      add(dictionary, text, option == use.option ? ticked : not_ticked);
    const Option& option = (*variable.options)[static_cast<size_t>(use.option)];
    add(dictionary, "0", not_ticked);
    add(dictionary, "1", ticked);
    add(dictionary, std::to_string(option.code), ticked);
    add(dictionary, option.name, ticked);
    texts_of(use, static_cast<size_t>(use.option),
             [&](const std::string& text) { add(dictionary, text, ticked); });
    for (const char* yes : {"yes", "Yes", "true", "TRUE", "x", "X"})
      add(dictionary, yes, ticked);
    for (const char* no : {"no", "No", "false", "FALSE"})
      add(dictionary, no, not_ticked);
    return dictionary;
  }

  void unknown_cells(const ColumnUse& use, const UnknownTexts& unknown) {
    const Variable& variable = questionnaire_.codebook[use.variable];
    constexpr size_t shown = 5;
    for (size_t i = 0; i < std::min(shown, unknown.texts.size()); ++i) {
      const UnknownText& text = unknown.texts[i];
      const std::string times = text.count == 1 ? "" : ", " + std::to_string(text.count) + " times";
      faults_.error(
          {study_.data.file, static_cast<int>(text.first_line), 0, 0},
          "column `" + head_ + "`: `" + text.text + "` is " + no_such(use, variable) + times,
          hint_for(use, variable, text.text));
    }
    if (unknown.texts.size() > shown)
      faults_.error({study_.data.file, static_cast<int>(unknown.texts[shown].first_line), 0, 0},
                    "column `" + head_ + "`: " + std::to_string(unknown.texts.size() - shown) +
                        (unknown.all_kept ? "" : " or more") + " further texts are " +
                        no_such(use, variable),
                    "does the column belong to " + variable.name + "?");
  }

  static std::string no_such(const ColumnUse& use, const Variable& variable) {
    switch (use.use) {
      case CellUse::number:
        return "no number";
      case CellUse::date:
        return "no date";
      case CellUse::rank:
        return "no rank from 1 to " + std::to_string(variable.option_count());
      default:
        return "no code, name or text of an option of " + variable.name;
    }
  }

  static std::string hint_for(const ColumnUse& use, const Variable& variable,
                              const std::string& text) {
    if (use.use == CellUse::date)
      return "a date is written 2023-09-01";
    if (use.use == CellUse::number)
      return "a text that stands for a missing answer goes into data.missing of study.yaml";
    std::vector<std::string> known;
    for (const Option& option : *variable.options) {
      known.push_back(option.name);
      known.push_back(option.text);
    }
    const std::string near = did_you_mean(text, known);
    return near.empty() ? "add the option to the questionnaire, or the text to data.missing or "
                          "to `codes` in data.columns"
                        : near;
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
      const Variable& variable = questionnaire_.codebook[use.variable];
      auto name = [&](int option) { return (*variable.options)[static_cast<size_t>(option)].name; };
      faults_.error({study_.data.file, 0, 0, 0},
                    "case " + dataset.ids[row] + " has two answers to " + variable.name + ": " +
                        name(before.option) + " and " + name(use.option),
                    "a single question takes one; make it `kind: multiple` if it was one");
      return;
    }
    dataset.set_option(use.variable, row, use.option);
  }

  void fill_texts(const ColumnUse& use, const Texts& column, Dataset& dataset) {
    int wrong = 0;
    for (size_t row = 0; row < dataset.rows(); ++row) {
      const std::string_view cell = column.cells[row];
      if (cell.empty() || reason(use.variable, row, cell, dataset))
        continue;
      if (use.use == CellUse::text)
        dataset.set_text(use.variable, row, std::string(cell));
      else if (!parse(use, row, cell, dataset) && ++wrong <= 5)
        wrong_cell(use, row, cell, dataset);
    }
    if (wrong > 5)
      faults_.error({study_.data.file, 0, 0, 0},
                    "column `" + head_ + "`: " + std::to_string(wrong - 5) + " further cells are " +
                        no_such(use, questionnaire_.codebook[use.variable]),
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
    faults_.error({study_.data.file, 0, 0, 0},
                  "case " + dataset.ids[row] + ", column `" + head_ + "`: `" + std::string(cell) +
                      "` is " + no_such(use, variable),
                  hint_for(use, variable, std::string(cell)));
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
    dataset.set_state(
        use.variable, row,
        reason == MissingReason::refused ? AnswerState::refused : AnswerState::dont_know);
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
    std::string separator = use.separator;
    if (separator.empty())
      separator = cell.find(';') != std::string_view::npos ? ";" : ",";
    std::vector<int> options;
    while (!cell.empty()) {
      const size_t end = std::min(cell.find(separator), cell.size());
      const std::string_view item = trimmed(cell.substr(0, end));
      cell.remove_prefix(std::min(cell.size(), end + separator.size()));
      if (item.empty())
        continue;
      options.push_back(option_of(use, variable, item));
      if (options.back() < 0)
        return false;
    }
    for (int option : options)
      dataset.set_mark(use.variable, row, option, 1);
    return true;
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
  Diagnostics& faults_;
  std::string head_;
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
  std::sort(sorted.begin(), sorted.end());
  const auto twice = std::adjacent_find(sorted.begin(), sorted.end());
  if (twice != sorted.end())
    faults.warning(
        {study.data.file, 0, 0, 0},
        "two cases have the same name `" + *twice + "` in column `" + study.data.id + "`",
        "both are counted; drop one in processing.yaml if it is the same person");
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
    faults.add(reader.fault());
    return std::nullopt;
  }
  std::string map_text;
  if (!study.data.columns.empty()) {
    Result<std::string> text = read_file((base / study.data.columns).string(), study.data.columns);
    if (!text) {
      faults.add(text.fault());
      return std::nullopt;
    }
    map_text = std::move(*text);
  }
  const int errors_before = faults.count(Severity::error);
  const ColumnMap map = map_columns(reader->head().header, map_text, study, questionnaire, faults);
  if (faults.count(Severity::error) > errors_before)
    return std::nullopt;

  Filler filler(study, questionnaire, other_languages, faults);
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
  if (faults.count(Severity::error) > errors_before)
    return std::nullopt;
  return result;
}

}  // namespace topline
