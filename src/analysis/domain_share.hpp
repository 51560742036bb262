// The interval of one of several shares that were estimated together, each in a domain of its own.
#pragma once

#include "estimation/design_share_interval.hpp"

namespace topline {

// Of shares.at(index), whose base `size` describes, by `method`. Shares of 0 and 1 show no
// variance: where `method` has nothing to say of them, Korn and Graubard's interval stands in.
// Refused as design_share_interval.
Result<ShareBounds> domain_share_interval(const Estimates& shares, Eigen::Index index,
                                          const DomainSize& size, const DesignFrame& frame,
                                          ShareInterval method, double level,
                                          Reference reference = Reference::student);

}  // namespace topline
