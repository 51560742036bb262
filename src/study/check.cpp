#include "study/check.hpp"

#include "study/check_parts.hpp"

namespace topline {

void check_study(const OpenStudy& study, Diagnostics& faults) {
  // A condition that could not be read is missing from the routing, and what follows from the
  // routing would be wrong.
  const bool readable = !faults.has_errors();
  Diagnostics found;
  check_disclosure(study, found);
  check_options(study, found);
  check_order(study, found);
  const bool routed = readable && !found.has_errors();
  check_piping(study, routed, found);
  if (routed) {
    check_routing(study, found);
    check_derivations(study, found);
  }
  check_translations(study, readable, found);
  found.sort(study_file_order());
  faults.append(std::move(found));
}

}  // namespace topline
