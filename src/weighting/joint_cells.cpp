#include "weighting/joint_cells.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/row_blocks.hpp"

namespace topline {

namespace {

// Beyond so many possible cells only those that occur are numbered.
constexpr size_t most_dense_cells = size_t{1} << 18;
constexpr size_t most_blocks = 32;

// Adds a margin's part to the cells' numbers, or makes them `outside` where the row has no stated
// category. `step` is the number of cells that the margins before can form.
void add_margin(const Margin& margin, uint32_t step, uint32_t outside, size_t first, size_t end,
                uint32_t* cell) {
  const auto size = static_cast<uint32_t>(margin.population.size());
  const uint32_t* category = margin.category.data();
  for (size_t row = first; row < end; ++row) {
    const bool known = category[row] < size && cell[row] != outside;
    cell[row] = known ? cell[row] + step * category[row] : outside;
  }
}

}  // namespace

Result<JointCells> JointCells::of(const std::vector<Margin>& margins, size_t threads) {
  const size_t rows = margins.front().category.size();
  for (const Margin& margin : margins) {
    if (margin.category.size() != rows)
      return fault_in("", "the margins " + margins.front().name + " and " + margin.name +
                              " are known for different numbers of rows");
  }
  JointCells joint;
  joint.cell_of_row_.resize(rows);
  if (!joint.cross_densely(margins, threads))
    joint.cross_sorted(margins);
  return joint;
}

bool JointCells::cross_densely(const std::vector<Margin>& margins, size_t threads) {
  size_t possible = 1;
  for (const Margin& margin : margins) {
    if (margin.population.size() > most_dense_cells)
      return false;
    possible *= std::max<size_t>(1, margin.population.size());
    if (possible > most_dense_cells)
      return false;
  }
  const auto outside = static_cast<uint32_t>(possible);
  const RowBlocks blocks(rows(), most_blocks);
  in_parallel(blocks.count, threads, [&](size_t block) {
    // Short stretches, so that the cells' numbers stay near while the margins are gone through.
    constexpr size_t stretch = 4096;
    for (size_t first = blocks.first(block); first < blocks.end(block); first += stretch) {
      const size_t end = std::min(first + stretch, blocks.end(block));
      std::fill(cell_of_row_.begin() + static_cast<std::ptrdiff_t>(first),
                cell_of_row_.begin() + static_cast<std::ptrdiff_t>(end), 0);
      uint32_t step = 1;
      for (const Margin& margin : margins) {
        add_margin(margin, step, outside, first, end, cell_of_row_.data());
        step *= static_cast<uint32_t>(std::max<size_t>(1, margin.population.size()));
      }
    }
  });
  codes_.assign(margins.size(), std::vector<uint32_t>(possible + 1, no_category));
  size_t step = 1;
  for (size_t m = 0; m < margins.size(); ++m) {
    const size_t size = std::max<size_t>(1, margins[m].population.size());
    for (size_t cell = 0; cell < possible; ++cell)
      codes_[m][cell] = static_cast<uint32_t>(cell / step % size);
    step *= size;
  }
  return true;
}

void JointCells::cross_sorted(const std::vector<Margin>& margins) {
  constexpr uint64_t outside = std::numeric_limits<uint64_t>::max();
  std::fill(cell_of_row_.begin(), cell_of_row_.end(), 0);
  codes_.assign(margins.size(), {});
  std::vector<uint64_t> keys(rows());
  for (size_t m = 0; m < margins.size(); ++m) {
    const Margin& margin = margins[m];
    // The outside cell of the margins before is the last one; its codes are no_category.
    const auto before_outside =
        m == 0 ? no_category : static_cast<uint32_t>(codes_.front().size() - 1);
    for (size_t row = 0; row < rows(); ++row) {
      const bool known =
          margin.category[row] < margin.population.size() && cell_of_row_[row] != before_outside;
      keys[row] = known ? uint64_t{cell_of_row_[row]} << 32 | margin.category[row] : outside;
    }
    std::vector<uint64_t> distinct = keys;
    std::sort(distinct.begin(), distinct.end());
    distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
    if (distinct.empty() || distinct.back() != outside)
      distinct.push_back(outside);
    for (size_t row = 0; row < rows(); ++row)
      cell_of_row_[row] = static_cast<uint32_t>(
          std::lower_bound(distinct.begin(), distinct.end(), keys[row]) - distinct.begin());
    for (size_t earlier = 0; earlier < m; ++earlier) {
      std::vector<uint32_t> codes;
      for (uint64_t key : distinct)
        codes.push_back(key == outside ? no_category : codes_[earlier][key >> 32]);
      codes_[earlier] = std::move(codes);
    }
    for (uint64_t key : distinct)
      codes_[m].push_back(key == outside ? no_category : static_cast<uint32_t>(key));
  }
}

JointCells::Sums JointCells::sums(const std::vector<double>& weights, size_t threads) const {
  // Few blocks where there are many cells: each block has sums of its own.
  const RowBlocks blocks(rows(), std::clamp<size_t>(rows() / (4 * cells()), 1, most_blocks));
  std::vector<Sums> parts(blocks.count);
  in_parallel(blocks.count, threads, [&](size_t block) {
    std::vector<double> sum(cells());
    double least = 0;
    const size_t end = blocks.end(block);
    for (size_t row = blocks.first(block); row < end; ++row) {
      sum[cell_of_row_[row]] += weights[row];
      least = std::min(least, weights[row]);
    }
    parts[block].valid = least >= 0;
    parts[block].by_cell = std::move(sum);
  });
  Sums all;
  all.by_cell.resize(cells());
  for (const Sums& part : parts) {
    all.valid = all.valid && part.valid;
    for (size_t cell = 0; cell < cells(); ++cell)
      all.by_cell[cell] += part.by_cell[cell];
  }
  // A weight that is not finite makes its cell's sum so.
  for (double sum : all.by_cell)
    all.valid = all.valid && sum <= std::numeric_limits<double>::max();
  return all;
}

void JointCells::multiply(const std::vector<double>& factors, const double* weights,
                          double* product, size_t threads) const {
  const RowBlocks blocks(rows(), most_blocks);
  const uint32_t* cell = cell_of_row_.data();
  in_parallel(blocks.count, threads, [&](size_t block) {
    const size_t end = blocks.end(block);
    for (size_t row = blocks.first(block); row < end; ++row)
      product[row] = weights[row] * factors[cell[row]];
  });
}

}  // namespace topline
