#include <algorithm>
#include <filesystem>
#include <memory>

#include "analysis/measure_table.hpp"
#include "base/files.hpp"
#include "cli/command.hpp"
#include "cli/loaded_study.hpp"
#include "engine/count.hpp"
#include "instrument/resolve.hpp"
#include "report/printed_table.hpp"

namespace topline {

namespace {

constexpr const char* where_file = "--where";  // what faults in that option's text name

struct TablesOptions {
  std::vector<std::string> words;  // a study's folder, then names of variables and tables
  std::vector<std::string> by;
  std::string where;
  std::string percent = "column";
  std::string sort;
  std::string dont_know;
  std::string tests;
  std::string format = "text";
  std::string language;
  std::string output;
};

class Planner {
 public:
  Planner(const TablesOptions& options, const OpenStudy& study, Diagnostics& faults)
      : options_(options), study_(study), faults_(faults) {}

  // The tables that `names` ask for; the whole book when there are none.
  std::vector<TablePlan> plans(const std::vector<std::string>& names) {
    std::vector<TablePlan> all;
    if (names.empty()) {
      all = frequency_deck(study_.tables, study_.codebook());
      all.insert(all.end(), study_.tables.tables.begin(), study_.tables.tables.end());
    }
    for (const std::string& name : names)
      named(name, all);
    for (TablePlan& plan : all)
      adjust(plan);
    return all;
  }

 private:
  static Place on_the_command_line(const std::string& text) {
    return {"command line", 0, 0, static_cast<int>(text.size())};
  }

  void named(const std::string& name, std::vector<TablePlan>& all) {
    const size_t before = all.size();
    for (const TablePlan& plan : study_.tables.tables) {
      if (plan.id == name || plan.id.starts_with(name + "."))
        all.push_back(plan);
    }
    for (VariableId id : study_.codebook().find_all(name)) {
      const VariableKind kind = study_.codebook()[id].kind;
      if (kind == VariableKind::text || kind == VariableKind::date) {
        faults_.error(on_the_command_line(name), name + " is a text or a date: it has no table",
                      "derive bands or a recode of it in processing.yaml");
        return;
      }
      all.push_back(frequency_plan(study_.tables, study_.codebook(), id));
    }
    if (all.size() > before)
      return;
    std::vector<std::string> known = study_.codebook().names();
    for (const TablePlan& plan : study_.tables.tables)
      known.push_back(plan.id);
    const std::string near = did_you_mean(name, known);
    faults_.error(
        on_the_command_line(name), "there is no question or table `" + name + "`",
        near.empty() ? "a study's folder is written with a slash: `" + name + "/`" : near);
  }

  void adjust(TablePlan& plan) {
    for (const std::string& name : options_.by) {
      const auto banner = study_.tables.banners.find(name);
      if (banner != study_.tables.banners.end()) {
        plan.banner.insert(plan.banner.end(), banner->second.begin(), banner->second.end());
        continue;
      }
      const VariableId id = study_.codebook().find(name);
      if (!id.valid() && !study_.codebook().find_all(name).empty()) {
        faults_.error(on_the_command_line(name), name + " is a grid: it makes no columns",
                      "name one of its rows");
        continue;
      }
      const bool usable = id.valid() && (study_.codebook()[id].kind == VariableKind::single ||
                                         study_.codebook()[id].kind == VariableKind::multiple ||
                                         study_.codebook()[id].kind == VariableKind::flag);
      if (usable)
        plan.banner.push_back(id);
      else if (id.valid())
        faults_.error(on_the_command_line(name), name + " has no options to make columns of",
                      "derive bands or a recode of it in processing.yaml");
      else
        faults_.error(on_the_command_line(name),
                      "`" + name + "` is no question or banner to make columns of",
                      did_you_mean(name, study_.codebook().names()));
    }
    if (!options_.where.empty())
      plan.where = resolve_expression(options_.where, {where_file, 1, 1, 0}, study_.codebook(),
                                      ExpressionType::boolean, Aggregates::refused, faults_);
    if (options_.percent == "row")
      plan.percentages = Percentages::row;
    else if (options_.percent == "total")
      plan.percentages = Percentages::total;
    else if (options_.percent == "mentions")
      plan.percentages = Percentages::mentions;
    if (!options_.sort.empty())
      plan.sort = options_.sort == "size" ? SortOrder::size : SortOrder::listed;
    if (!options_.tests.empty()) {
      const std::vector<std::string>& words = column_test_words();
      plan.tests = static_cast<ColumnTests>(std::find(words.begin(), words.end(), options_.tests) -
                                            words.begin());
    }
    if (!options_.dont_know.empty())
      plan.dont_know = options_.dont_know == "apart" ? DontKnow::apart : DontKnow::excluded;
  }

  const TablesOptions& options_;
  const OpenStudy& study_;
  Diagnostics& faults_;
};

std::string as_text(const std::vector<PrintedTable>& tables, int width) {
  std::string out;
  for (const PrintedTable& table : tables)
    out += (out.empty() ? "" : "\n") + table_text(table, width);
  return out;
}

std::string listed(const std::vector<std::string>& words) {
  std::string list;
  for (const std::string& word : words)
    list += (list.empty() ? "" : ", ") + word;
  return list;
}

bool write(const TablesOptions& options, const std::string& bytes, Context& context) {
  if (options.output.empty()) {
    context.console.out(bytes);
    return true;
  }
  const Result<Done> done = write_file(options.output, bytes);
  if (!done)
    report_fault(context, done.fault(), Status::environment);
  return done.ok();
}

void run(const TablesOptions& options, Context& context) {
  std::vector<std::string> names = options.words;
  std::string folder = ".";
  std::error_code ignored;
  if (!names.empty() && (std::filesystem::is_directory(names[0], ignored) ||
                         names[0].find('/') != std::string::npos)) {
    folder = study_folder(names[0]);
    names.erase(names.begin());
  }
  std::optional<LoadedStudy> loaded = load_or_tell(context, folder);
  if (!loaded)
    return;
  if (!options.output.empty() && is_of_the_study(context, loaded->study, options.output, true))
    return;
  Diagnostics faults = loaded->warnings;
  const std::string tag =
      options.language.empty() ? loaded->study.study.language : options.language;
  const std::vector<std::string>& editions = loaded->study.study.languages;
  if (std::find(editions.begin(), editions.end(), tag) == editions.end() &&
      tag != loaded->study.study.language)
    faults.error({"command line", 0, 0, 0}, "the study has no edition in `" + tag + "`",
                 "it has " + listed(editions));
  const Result<Language> language = Language::parse(tag, {"command line", 0, 0, 0});
  if (!language)
    faults.add(language.fault());
  if (faults.has_errors()) {
    report_faults(context, std::move(faults), loaded->study.files);
    return;
  }
  const OpenStudy study = in_language(loaded->study, tag, faults);
  const std::vector<TablePlan> plans = Planner(options, study, faults).plans(names);
  std::map<std::string, std::string> files = study.files;
  files[where_file] = options.where;
  if (report_faults(context, std::move(faults), files))
    return;

  const std::optional<WeighedCases> cases = weigh_or_tell(context, *loaded);
  if (!cases)
    return;
  const Dataset dataset = loaded->screened.dataset.with_codebook(study.codebook());
  std::vector<Table> tables;
  for (const TablePlan& plan : plans) {
    tables.push_back(count_table(plan, dataset, cases->screened.valid, cases->weights));
    const Result<Done> measured =
        measure_table(plan, study.study, dataset, *cases, ColumnTests::bonferroni, tables.back());
    if (!measured) {
      Diagnostic fault = measured.fault();
      fault.place = study.study.place_of("sample");
      report_fault(context, fault, Status::fault);
      return;
    }
    if (!cases->plain())
      tables.back().design = design_in_words(cases->sample.design, *cases->framed->frame,
                                             Messages::for_language(*language));
  }
  if (options.format == "csv") {
    write(options, tables_csv(tables, study.codebook(), study.study.suppress_below), context);
    return;
  }
  const TablePrinter printer(study.study, study.codebook(), study.questionnaire, *language);
  std::vector<PrintedTable> printed;
  for (const Table& table : tables)
    printed.push_back(printer.print(table));
  write(options,
        options.format == "html" ? tables_page(printed, study.study, *language)
                                 : as_text(printed, context.console.width()),
        context);
}

}  // namespace

void add_tables_command(CLI::App& app, Context& context) {
  auto options = std::make_shared<TablesOptions>();
  CLI::App* command = app.add_subcommand("tables", "Print frequency tables and crosstabs");
  command->add_option("WORDS", options->words,
                      "The study's folder (default: this one), then questions, derived variables "
                      "or tables of tables.yaml (default: all)");
  command->add_option("--by", options->by, "A question or banner to make columns of; repeatable");
  command->add_option("--where", options->where, "Only cases for whom this holds");
  command->add_option("--percent", options->percent, "column, row, total or mentions")
      ->check(CLI::IsMember({"column", "row", "total", "mentions"}))
      ->capture_default_str();
  command->add_option("--sort", options->sort, "size or listed")
      ->check(CLI::IsMember({"size", "listed"}));
  command->add_option("--dont-know", options->dont_know, "apart or excluded")
      ->check(CLI::IsMember({"apart", "excluded"}));
  command
      ->add_option("--tests", options->tests,
                   "Of pairs of columns: bonferroni (usual), benjamini_hochberg, unadjusted or "
                   "none")
      ->check(CLI::IsMember(column_test_words()));
  command->add_option("--format", options->format, "text, csv or html")
      ->check(CLI::IsMember({"text", "csv", "html"}))
      ->capture_default_str();
  command->add_option("--language", options->language, "One of the study's languages");
  command->add_option("-o,--output", options->output, "A file to write (default: the terminal)");
  command->footer("Example:\n  topline tables examples/genai-2023 Q17 --by Q3");
  command->callback([options, &context] { run(*options, context); });
}

}  // namespace topline
