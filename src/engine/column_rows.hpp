// The rows of a sample in columns, in memory: the reference engine for estimates.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "base/result.hpp"
#include "design/sample_design.hpp"
#include "tabulation/sample_rows.hpp"

namespace topline {

// Binds a design, inputs and a domain. `inputs` point to columns of design.rows() numbers that
// outlive the result; `domain` has a byte for each row, or is empty for the whole sample. A row
// whose input is NaN must not be in the domain. The design must outlive the result as well.
// The domain keeps the whole design: units without members count as zeros. Sums are the same bytes
// for any number of threads.
Result<std::unique_ptr<SampleRows>> column_rows(const SampleDesign& design,
                                                std::vector<const double*> inputs,
                                                std::vector<uint8_t> domain = {},
                                                size_t threads = 1);

// The same for a design that has been framed before (see frame_design).
std::unique_ptr<SampleRows> column_rows(const SampleDesign& design,
                                        std::shared_ptr<const FramedDesign> framed,
                                        std::vector<const double*> inputs,
                                        std::vector<uint8_t> domain = {}, size_t threads = 1);

}  // namespace topline
