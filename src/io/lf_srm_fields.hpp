// Columns of the raw data that are no questions: who, when, from where, in which language.
#pragma once

#include "io/lf_srm_draft.hpp"
#include "io/lf_srm_log.hpp"
#include "io/lf_srm_model.hpp"

namespace topline::lf_srm {

// Hidden variables of `draft`, and the column with the case's name. `model` may be null.
void build_fields(const RawTable& raw, const ReferenceModel* model, Draft& draft, ImportLog& log);

// The first and the last day that the columns of dates hold: "2022-06-21"; empty without any.
struct FieldworkDays {
  std::string from;
  std::string to;
};
FieldworkDays fieldwork_days(const RawTable& raw, const Draft& draft);

}  // namespace topline::lf_srm
