#include "analysis/domain_share.hpp"

namespace topline {

Result<ShareBounds> domain_share_interval(const Estimates& shares, Eigen::Index index,
                                          const DomainSize& size, const DesignFrame& frame,
                                          ShareInterval method, double level, Reference reference) {
  Estimates one = shares;
  one.size = size;
  const double share = shares.value(index);
  const bool silent = (share <= 0 || share >= 1) && method != ShareInterval::wilson &&
                      method != ShareInterval::beta;
  return design_share_interval(one, index, frame, silent ? ShareInterval::beta : method, level,
                               reference);
}

}  // namespace topline
