#include "cli/command.hpp"

#include "study/open_study.hpp"
#include "study/render_diagnostics.hpp"

namespace topline {

bool report_faults(Context& context, Diagnostics faults,
                   const std::map<std::string, std::string>& files) {
  faults.sort(study_file_order());
  if (!faults.empty())
    context.console.error(render_diagnostics(
        faults, files, context.console.colour() ? Colours::terminal : Colours::none));
  if (!faults.has_errors())
    return false;
  context.status = Status::fault;
  return true;
}

void report_fault(Context& context, const Diagnostic& fault, Status status) {
  Diagnostics faults;
  faults.add(fault);
  report_faults(context, std::move(faults), {});
  context.status = status;
}

}  // namespace topline
