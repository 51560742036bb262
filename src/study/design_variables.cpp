#include "study/design_variables.hpp"

#include "instrument/resolve.hpp"

namespace topline {

namespace {

class Finder {
 public:
  Finder(const Codebook& codebook, Diagnostics& faults) : codebook_(codebook), faults_(faults) {}

  VariableId number(const FormulaText& name, const std::string& what) {
    const VariableId id = find(name, what);
    if (id.valid() && codebook_[id].kind != VariableKind::number) {
      faults_.error(name.place, name.text + " is no number, and " + what + " is one",
                    "declare it with `kind: numeric`");
      return {};
    }
    return id;
  }

  VariableId name_of_group(const FormulaText& name, const std::string& what) {
    const VariableId id = find(name, what);
    if (!id.valid())
      return id;
    const VariableKind kind = codebook_[id].kind;
    if (kind == VariableKind::single || kind == VariableKind::number ||
        kind == VariableKind::text || kind == VariableKind::flag)
      return id;
    faults_.error(name.place, name.text + " cannot tell " + what + " apart",
                  "name a variable with one answer: single, numeric or text");
    return {};
  }

 private:
  VariableId find(const FormulaText& name, const std::string& what) {
    const VariableId id = codebook_.find(name.text);
    if (!id.valid()) {
      const std::string near = did_you_mean(name.text, codebook_.names());
      faults_.error(name.place, "there is no variable `" + name.text + "` for " + what,
                    near.empty() ? "variables that come with the cases are declared under "
                                   "`hidden:` in questionnaire.yaml"
                                 : near);
    }
    return id;
  }

  const Codebook& codebook_;
  Diagnostics& faults_;
};

}  // namespace

DesignVariables design_variables(const Study& study, const Codebook& codebook,
                                 Diagnostics& faults) {
  DesignVariables found;
  if (!study.sample.design)
    return found;
  const DesignEntry& entry = *study.sample.design;
  Finder finder(codebook, faults);
  for (const DesignStageEntry& written : entry.stages) {
    StageVariables stage;
    for (const FormulaText& name : written.strata)
      stage.strata.push_back(finder.name_of_group(name, "the strata"));
    if (written.units)
      stage.units = finder.name_of_group(*written.units, "the units");
    if (written.population)
      stage.population = finder.number(*written.population, "a population size");
    found.stages.push_back(std::move(stage));
  }
  if (entry.weight)
    found.weight = finder.number(*entry.weight, "the weight");
  if (entry.replicates) {
    for (const FormulaText& name : entry.replicates->weights)
      found.replicates.push_back(finder.number(name, "a replicate weight"));
  }
  return found;
}

}  // namespace topline
