// Estimates on a million rows, in memory. bench/estimation/run runs R's survey beside them.
#include <benchmark/benchmark.h>
#include <fstream>
#include <iostream>
#include <string>

#include "engine/column_rows.hpp"
#include "estimation/means.hpp"
#include "sample.hpp"
#include "weighting/rake.hpp"

namespace topline::bench {
namespace {

constexpr size_t rows = 1'000'000;
constexpr size_t threads = 2;

// Only the first task needs replicate weights, and the memory that they take.
const Survey& survey() {
  static const Survey made = make_survey(rows, 0);
  return made;
}

void replicate_mean(benchmark::State& state) {
  static const Survey of = make_survey(rows, 80);
  const std::vector<size_t> inputs = {0};
  for (auto unused : state) {
    const auto sample = column_rows(of.replicated, {of.y.data()}, {}, threads);
    benchmark::DoNotOptimize(means(**sample, inputs)->at(0).standard_error);
  }
}
BENCHMARK(replicate_mean)
    ->Name("mean, 80 replicate weights")
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
// Replicate weights are their own design: there is nothing to be made before.
BENCHMARK(replicate_mean)
    ->Name("mean, design at hand")
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

// From the columns of the survey to the covariance.
void taylor_crosstab(benchmark::State& state) {
  const Survey& of = survey();
  const std::vector<double> ones(rows, 1.0);
  for (auto unused : state) {
    const auto sample = column_rows(of.design, {ones.data(), of.cell.data()}, {}, threads);
    benchmark::DoNotOptimize(class_totals(**sample, 0, 1, 12)->covariance(3, 4));
  }
}
BENCHMARK(taylor_crosstab)
    ->Name("crosstab of 4 x 3, Taylor")
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

// A design is framed once, whatever is estimated under it: the next table.
void next_crosstab(benchmark::State& state) {
  const Survey& of = survey();
  const std::vector<double> ones(rows, 1.0);
  const auto framed = std::make_shared<const FramedDesign>(*frame_design(of.design));
  for (auto unused : state) {
    const auto sample = column_rows(of.design, framed, {ones.data(), of.cell.data()}, {}, threads);
    benchmark::DoNotOptimize(class_totals(*sample, 0, 1, 12)->covariance(3, 4));
  }
}
BENCHMARK(next_crosstab)
    ->Name("crosstab, design at hand")
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

void raking(benchmark::State& state) {
  const Survey& of = survey();
  std::vector<Margin> margins;
  auto margin = [&](const std::vector<uint32_t>& code, size_t categories) {
    Margin one;
    one.category = code;
    for (size_t c = 0; c < categories; ++c) {
      one.population.emplace_back(
          1e8 * (1 + 0.1 * static_cast<double>(c)) /
          (static_cast<double>(categories) * (1 + 0.05 * (static_cast<double>(categories) - 1))));
    }
    margins.push_back(std::move(one));
  };
  margin(of.age, 6);
  margin(of.sex, 2);
  margin(of.region, 8);
  for (auto unused : state) {
    const Result<RakedWeights> raked = rake(of.design.weights, margins, {}, threads);
    if (!raked) {
      state.SkipWithError(raked.fault().message.c_str());
      break;
    }
    benchmark::DoNotOptimize(raked->weights.front());
  }
}
BENCHMARK(raking)->Name("raking to 3 margins")->Unit(benchmark::kMillisecond)->UseRealTime();
// Raking needs weights and categories alone, no design.
BENCHMARK(raking)->Name("raking, design at hand")->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace topline::bench

// Runs what --benchmark_filter names, then prints the megabytes that the process held at most.
int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv))
    return 1;
  benchmark::RunSpecifiedBenchmarks();
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.rfind("VmHWM:", 0) == 0)
      std::cout << "peak," << std::stol(line.substr(6)) / 1024 << '\n';
  }
  return 0;
}
