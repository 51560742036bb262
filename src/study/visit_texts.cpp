#include <map>

#include "study/open_study.hpp"

namespace topline {

namespace {

using Lists = std::map<const OptionList*, std::shared_ptr<const OptionList>>;

class Visitor {
 public:
  Visitor(OpenStudy& study, const TextVisitor& visit) : study_(study), visit_(visit) {}

  void run() {
    about();
    questionnaire();
    processing();
    tables();
  }

 private:
  void text(const std::string& context, std::string& value, const Place& place) {
    if (!value.empty())
      visit_(context, value, place);
  }

  void about() {
    Study& study = study_.study;
    const auto entry = [&](const std::string& key, std::string& value) {
      text("study." + key, value, study.place_of(key));
    };
    entry("title", study.title);
    entry("subtitle", study.subtitle);
    entry("publisher", study.publisher);
    names("sponsors", study.sponsors);
    names("authors", study.authors);
    entry("population", study.population);
    entry("mode", study.mode);
    entry("quality", study.quality);
    entry("limitations", study.limitations);
    entry("processing", study.processing);
    entry("citation", study.citation);
    Sample& sample = study.sample;
    text("sample.frame", sample.frame, study.place_of("sample.frame"));
    for (NamedText& source : sample.sources)
      text("sample." + source.name, source.text, source.place);
    if (sample.model)
      text("sample.model", sample.model->text, study.place_of("sample.model.text"));
  }

  void names(const std::string& key, std::vector<std::string>& all) {
    for (size_t i = 0; i < all.size(); ++i)
      text("study." + key + "." + std::to_string(i + 1), all[i], study_.study.place_of(key));
  }

  void questionnaire() {
    Questionnaire& all = study_.questionnaire;
    for (Page& page : all.pages) {
      text("page." + page.name, page.title, page.place);
      text("page." + page.name + ".text", page.text, page.place);
      for (QuestionId id : page.questions)
        question(all.questions[id.index()]);
    }
    for (size_t i = 0; i < all.codebook.size(); ++i) {
      if (all.codebook.variables()[i].role == VariableRole::hidden)
        hidden(VariableId(i));
    }
  }

  void question(Question& question) {
    const std::string& name = question.name;
    text(name, question.text, question.place);
    text(name + ".label", question.label, question.place);
    text(name + ".note", question.note, question.place);
    text(name + ".unit", question.unit, question.place);
    question.options = options(name, question.options);
    for (GridRow& row : question.rows)
      text(name + "." + row.name, row.text, row.place);
    for (OptionGroup& group : question.groups)
      text(name + ".group." + group.name, group.text, group.place);
    const Codebook& codebook = study_.questionnaire.codebook;
    for (size_t i = 0; i < question.variables.size(); ++i) {
      edit(question.variables[i], [&](Variable& variable) {
        variable.text = question.is_grid() && variable.row >= 0
                            ? question.rows[static_cast<size_t>(variable.row)].text
                            : question.text;
        if (!question.is_grid())
          variable.label = question.label;
        variable.unit = question.unit;
        variable.options = question.options;
      });
    }
    for (const Option& option : *question.options) {
      const VariableId id =
          option.specify ? codebook.find(specify_name(name, option)) : VariableId();
      if (id.valid())
        edit(id, [&](Variable& variable) { variable.text = option.text; });
    }
  }

  void hidden(VariableId id) {
    Variable variable = study_.questionnaire.codebook[id];
    own_texts(variable, variable.name);
    variable.options = options(variable.name, variable.options);
    edit(id, [&](Variable& other) { other = variable; });
  }

  // The variable in both code books; the processing's begins with the questionnaire's.
  template <typename Change>
  void edit(VariableId id, const Change& change) {
    change(study_.questionnaire.codebook.edit(id));
    if (id.index() < study_.processing.codebook.size())
      change(study_.processing.codebook.edit(id));
  }

  void own_texts(Variable& variable, const std::string& context) {
    text(context, variable.text, variable.place);
    text(context + ".label", variable.label, variable.place);
    text(context + ".unit", variable.unit, variable.place);
  }

  // A new list with the visited texts, remembered for whoever shares the old one.
  std::shared_ptr<const OptionList> options(const std::string& owner,
                                            const std::shared_ptr<const OptionList>& old) {
    auto list = std::make_shared<OptionList>(*old);
    for (Option& option : *list)
      text(owner + "." + option.name, option.text, option.place);
    lists_[old.get()] = list;
    kept_.push_back(old);  // so that no new list gets the address of an old one
    return list;
  }

  void processing() {
    for (size_t i = 0; i < study_.processing.rules.size(); ++i) {
      CaseRule& rule = study_.processing.rules[i];
      text("cases." + std::to_string(i + 1), rule.why, rule.condition.place);
    }
    Codebook& codebook = study_.processing.codebook;
    for (size_t i = 0; i < codebook.size(); ++i) {
      if (codebook.variables()[i].role != VariableRole::derived)
        continue;
      Variable& variable = codebook.edit(VariableId(i));
      own_texts(variable, "derive." + variable.name);
      const auto shared = lists_.find(variable.options.get());
      variable.options =
          shared != lists_.end() ? shared->second : options(variable.name, variable.options);
    }
  }

  void tables() {
    TableBook& book = study_.tables;
    for (auto& [owner, nets] : book.nets) {
      for (Net& net : nets)
        text("net." + owner + "." + net.name, net.text, net.place);
    }
    const std::map<std::string, std::string> bases_before = book.bases;
    for (auto& [owner, base] : book.bases)
      text("base." + owner, base, {"tables.yaml", 0, 0, 0});
    for (size_t i = 0; i < book.tables.size(); ++i)
      table(book.tables[i], i == 0 ? nullptr : &book.tables[i - 1], bases_before);
  }

  // A table of a grid stands as one plan for each row, under "name.row": its texts are visited
  // once.
  void table(TablePlan& plan, const TablePlan* before,
             const std::map<std::string, std::string>& bases_before) {
    const auto name_of = [](const TablePlan& any) { return any.id.substr(0, any.id.find('.')); };
    const std::string name = name_of(plan);
    const TablePlan standard = frequency_plan(study_.tables, study_.codebook(), plan.stub);
    plan.nets = standard.nets;
    const bool own_base = !is_standard_base(plan, bases_before);
    if (before != nullptr && name_of(*before) == name) {
      plan.title = before->title;
      plan.base_text = own_base ? before->base_text : standard.base_text;
      return;
    }
    text("table." + name, plan.title, plan.place);
    if (own_base)
      text("table." + name + ".base", plan.base_text, plan.place);
    else
      plan.base_text = standard.base_text;
  }

  // Whether the base is that of the question, and not one that the table gives itself.
  [[nodiscard]] bool is_standard_base(const TablePlan& plan,
                                      const std::map<std::string, std::string>& bases) const {
    TableBook original;
    original.bases = bases;
    return plan.base_text == frequency_plan(original, study_.codebook(), plan.stub).base_text;
  }

  OpenStudy& study_;
  const TextVisitor& visit_;
  Lists lists_;
  std::vector<std::shared_ptr<const OptionList>> kept_;
};

}  // namespace

void visit_texts(OpenStudy& study, const TextVisitor& visit) {
  Visitor(study, visit).run();
}

}  // namespace topline
