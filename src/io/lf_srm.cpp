#include "io/lf_srm.hpp"

#include <algorithm>
#include <filesystem>

#include "base/files.hpp"
#include "io/csv_table.hpp"
#include "io/lf_srm_account.hpp"
#include "io/lf_srm_assemble.hpp"
#include "io/lf_srm_fields.hpp"
#include "io/lf_srm_locale.hpp"
#include "io/lf_srm_names.hpp"
#include "io/lf_srm_write.hpp"
#include "text/utf8.hpp"

namespace topline {
namespace lf_srm {
namespace {

std::string file_name(const std::string& path) {
  return std::filesystem::path(path).filename().string();
}

Result<Sheet> read_sheet(const std::string& path) {
  Result<CsvTable> table = read_csv(path, path);
  if (!table)
    return table.fault();
  Sheet sheet;
  sheet.file = file_name(path);
  sheet.empty_columns = static_cast<size_t>(table->report.empty_columns);
  sheet.rows = std::move(table->header);
  sheet.lines.assign(sheet.rows.size(), 1);
  for (size_t row = 0; row < table->rows(); ++row) {
    std::vector<std::string> cells;
    for (const std::string_view cell : table->row(row))
      cells.emplace_back(cell);
    sheet.rows.push_back(std::move(cells));
    sheet.lines.push_back(static_cast<int>(table->lines[row]));
  }
  return sheet;
}

// A Markdown file, which must be UTF-8.
Result<std::string> read_markdown(const std::string& path) {
  Result<std::string> text = read_file(path, path);
  if (!text)
    return text;
  const std::optional<size_t> invalid = first_invalid_utf8(*text);
  if (!invalid)
    return text;
  const auto line =
      std::count(text->begin(), text->begin() + static_cast<std::ptrdiff_t>(*invalid), '\n');
  return Diagnostic{Severity::error,
                    {path, static_cast<int>(line) + 1, 0, 0},
                    "this is not UTF-8",
                    "save the questionnaire in the encoding UTF-8"};
}

std::string counted(size_t count, const std::string& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

class Importer {
 public:
  Importer(const LfSrmSources& sources, Diagnostics& faults) : from_(sources), faults_(faults) {}

  Result<ImportedStudy> run() {
    if (Result<Done> read = read_all(); !read)
      return read.fault();
    if (faults_.has_errors())
      return std::move(study_);
    const Draft draft = assemble(sources_, log_, faults_);
    head(draft);
    write(draft);
    return std::move(study_);
  }

 private:
  void was_read(const std::string& path, const std::string& as) {
    read_.push_back({file_name(path), as});
  }

  void wrong_sort(const std::string& path, const std::string& what, const std::string& hint) {
    faults_.error({path, 1, 0, 0}, "this is not " + what, hint);
  }

  Result<Done> read_all() {
    if (from_.raw_data.empty())
      return fault_in("", "no raw data were named", "name the .csv file with the responses");
    Result<Sheet> raw = read_sheet(from_.raw_data);
    if (!raw)
      return raw.fault();
    if (is_raw_data(*raw))
      sources_.raw = read_raw_data(std::move(*raw), log_, faults_);
    else
      wrong_sort(from_.raw_data, "raw data with three header rows",
                 "the first row holds the questions' numbers (Q1, Q2_1), the second their texts, "
                 "the third the responses");
    if (!from_.reference_model.empty()) {
      Result<Sheet> sheet = read_sheet(from_.reference_model);
      if (!sheet)
        return sheet.fault();
      read_model(*sheet);
    }
    if (!from_.filtering_criteria.empty()) {
      Result<Sheet> sheet = read_sheet(from_.filtering_criteria);
      if (!sheet)
        return sheet.fault();
      read_criteria(*sheet);
    }
    was_read(from_.raw_data, "raw data: " + counted(sources_.raw.cases(), "respondent") + ", " +
                                 counted(sources_.raw.width(), "column") + ", " +
                                 counted(sources_.raw.questions.size(), "question"));
    return read_questionnaires();
  }

  void read_model(const Sheet& sheet) {
    if (!is_reference_model(sheet))
      return wrong_sort(
          from_.reference_model, "a survey reference model",
          "one of its first rows has the heads \"Page or Section\", \"Q#\" and \"R#\"");
    sources_.model = read_reference_model(sheet, log_, faults_);
    size_t questions = 0;
    for (const ModelPage& page : sources_.model->pages)
      questions += page.questions.size();
    was_read(from_.reference_model,
             "survey reference model: " + counted(sources_.model->pages.size(), "page") + ", " +
                 counted(questions, "question"));
  }

  void read_criteria(const Sheet& sheet) {
    if (!is_filtering_criteria(sheet))
      return wrong_sort(from_.filtering_criteria, "a list of filtering criteria",
                        "one of its first rows has the heads \"Q#\" and \"R#\"");
    sources_.criteria = read_filtering_criteria(sheet, log_);
    was_read(from_.filtering_criteria,
             "filtering criteria for " + counted(sources_.criteria->questions.size(), "question"));
  }

  Result<Done> read_questionnaires() {
    for (const LfSrmQuestionnaire& questionnaire : from_.questionnaires) {
      Result<std::string> text = read_markdown(questionnaire.path);
      if (!text)
        return text.fault();
      if (!is_markdown_questionnaire(*text)) {
        wrong_sort(questionnaire.path, "a questionnaire in Markdown",
                   "questions begin with their number (`1. Where …`), options with `* `");
        continue;
      }
      MarkdownQuestionnaire read =
          read_markdown_questionnaire(*text, file_name(questionnaire.path));
      if (!questionnaire.language.empty())
        read.language = questionnaire.language;
      was_read(questionnaire.path, "questionnaire (" + read.language +
                                       "): " + counted(read.questions.size(), "question"));
      sources_.markdown.push_back(std::move(read));
    }
    // The data are labelled in English; its questionnaire is the original.
    std::stable_sort(sources_.markdown.begin(), sources_.markdown.end(),
                     [](const MarkdownQuestionnaire& a, const MarkdownQuestionnaire& b) {
                       return a.language == "en" && b.language != "en";
                     });
    for (const std::string& path : from_.notes) {
      Result<std::string> text = read_markdown(path);
      if (!text)
        return text.fault();
      read_note(path, *text);
    }
    return Done{};
  }

  // A readme or guide: its title, and the licence that it names.
  void read_note(const std::string& path, const std::string& text) {
    std::vector<std::string> found;
    for (const std::string& line : lines_of(text)) {
      const std::string plain = lower(line);
      if (starts_with(line, "# ") && contains(plain, "survey") && title_.empty()) {
        title_ = cleaned(line.substr(2));
        if (title_.ends_with(" Results"))
          title_.resize(title_.size() - 8);
        found.emplace_back("title");
      }
      const size_t address = line.find("https://");
      if (address != std::string::npos && head_.licence.empty() &&
          (contains(plain, "license") || contains(plain, "licence"))) {
        const std::string rest = line.substr(address);
        head_.licence = rest.substr(0, rest.find_first_of(" )>\t"));
        found.emplace_back("licence");
      }
    }
    if (!found.empty())
      was_read(path, joined(found, " and ") + " only");
  }

  void head(const Draft& draft) {
    head_.title = !draft.title.empty() ? draft.title
                  : !title_.empty()    ? title_
                                       : file_name(from_.raw_data);
    head_.name = file_name_of(from_.name.empty() ? head_.title : from_.name);
    head_.languages = {"en"};
    const FieldworkDays days = fieldwork_days(sources_.raw, draft);
    head_.from = days.from;
    head_.to = days.to;
    head_.online =
        std::any_of(draft.fields.begin(), draft.fields.end(),
                    [](const DraftField& field) { return starts_with(field.name, "collector"); });
    head_.data_file = "data/" + file_name(from_.raw_data);
    log_.add(Topic::decided, "study.yaml",
             "`sample.kind` is opt-in, because no file speaks of a probability sample" +
                 std::string(head_.online ? "; `mode` is online, because the data name collectors"
                                          : ""));
    if (!head_.from.empty())
      log_.add(Topic::decided, "study.yaml",
               "`fieldwork` spans the first and the last day in the columns of dates");
  }

  void write(const Draft& draft) {
    translate(draft);
    study_.files["study.yaml"] = study_yaml(head_, draft, sources_.raw);
    study_.files["questionnaire.yaml"] = questionnaire_yaml(draft);
    study_.files["tables.yaml"] = tables_yaml(draft);
    study_.files["data/columns.yaml"] = columns_yaml(draft, sources_.raw);
    study_.files["report/en.md"] = report_markdown(draft, nullptr);
    if (!draft.cases.empty())
      study_.files["processing.yaml"] = processing_yaml(draft);
    study_.files["IMPORT.md"] = import_account(head_.title, read_, draft, sources_.raw, log_);
    study_.copies.push_back({from_.raw_data, head_.data_file});
  }

  void translate(const Draft& draft) {
    if (sources_.markdown.size() < 2)
      return;
    const MarkdownQuestionnaire& original = sources_.markdown.front();
    const std::vector<int> numbers = match_by_wording(sources_.raw, original);
    for (size_t i = 1; i < sources_.markdown.size(); ++i) {
      const MarkdownQuestionnaire& translated = sources_.markdown[i];
      if (translated.language == original.language) {
        log_.add(Topic::row, translated.file, "a second questionnaire in the same language");
        continue;
      }
      const PoFile po = locale_file(draft, original, numbers, translated, log_);
      if (po.entries.empty())
        continue;
      study_.files["locale/" + translated.language + ".po"] = write_po(po);
      study_.files["report/" + translated.language + ".md"] = report_markdown(draft, &po);
      head_.languages.push_back(translated.language);
    }
  }

  const LfSrmSources& from_;
  Diagnostics& faults_;
  ImportLog log_;
  Sources sources_;
  StudyHead head_;
  std::string title_;
  std::vector<ReadFile> read_;
  ImportedStudy study_;
};

// Sets `place` to `path`, or complains that there are two.
void take_source(std::string& place, const std::string& path, const std::string& what,
                 Diagnostics& faults) {
  if (!place.empty())
    faults.error({path, 0, 0, 0}, "this is a second file of the sort: " + what,
                 "the first is " + place + "; name the one that is meant");
  else
    place = path;
}

}  // namespace
}  // namespace lf_srm

Result<LfSrmSources> find_lf_srm_sources(const std::string& folder, Diagnostics& faults) {
  std::error_code error;
  std::vector<std::string> paths;
  for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end;
       at.increment(error))
    paths.push_back(at->path().string());
  if (error)
    return fault_in(folder, "the folder cannot be read", "is the path right?");
  std::sort(paths.begin(), paths.end());
  LfSrmSources sources;
  sources.name = lf_srm::file_name(std::filesystem::path(folder).lexically_normal().string());
  for (const std::string& path : paths) {
    const std::string ending = lf_srm::lower(std::filesystem::path(path).extension().string());
    if (ending == ".csv") {
      const Result<lf_srm::Sheet> sheet = lf_srm::read_sheet(path);
      if (!sheet)
        faults.warning(sheet.fault().place, sheet.fault().message, sheet.fault().hint);
      else if (lf_srm::is_reference_model(*sheet))
        lf_srm::take_source(sources.reference_model, path, "survey reference model", faults);
      else if (lf_srm::is_raw_data(*sheet))
        lf_srm::take_source(sources.raw_data, path, "raw data", faults);
      else if (lf_srm::is_filtering_criteria(*sheet))
        lf_srm::take_source(sources.filtering_criteria, path, "filtering criteria", faults);
    } else if (ending == ".md") {
      const Result<std::string> text = lf_srm::read_markdown(path);
      if (!text)
        faults.warning(text.fault().place, text.fault().message, text.fault().hint);
      else if (lf_srm::is_markdown_questionnaire(*text))
        sources.questionnaires.push_back({path, {}});
      else
        sources.notes.push_back(path);
    }
  }
  if (sources.raw_data.empty())
    return fault_in(folder, "no raw data in this folder",
                    "a .csv file with three header rows whose first holds Q1, Q2, …");
  return sources;
}

Result<ImportedStudy> import_lf_srm(const LfSrmSources& sources, Diagnostics& faults) {
  return lf_srm::Importer(sources, faults).run();
}

}  // namespace topline
