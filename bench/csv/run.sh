#!/bin/sh
# Reads an invented survey of 1 GB, every column of it, with Topline and with R's fread, both on
# two threads and with the file in the page cache, and prints how fast each is.
#
#   bench/csv/run.sh <build directory> [megabytes]
#
# The build directory must be configured with -DTOPLINE_BENCH=ON and optimized. Needs hyperfine
# and R with data.table (tools/install-deps --bench), and room for the file in TMPDIR.
set -eu

if [ $# -lt 1 ]; then
  sed -n '2,9s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi
programs=$1/bench/csv
megabytes=${2:-1000}
cmake --build "$1" --target bench_csv_generate bench_csv_read

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$programs/bench_csv_generate" "$megabytes" >"$folder/survey.csv"
cat "$folder/survey.csv" >/dev/null # into the page cache
"$programs/bench_csv_read" "$folder/survey.csv" 2

r_start='library(data.table); setDTthreads(2)'
hyperfine --warmup 1 --runs 5 --export-csv "$folder/times.csv" \
  --command-name 'topline, 2 threads' "$programs/bench_csv_read '$folder/survey.csv' 2" \
  --command-name 'topline, 1 thread' "$programs/bench_csv_read '$folder/survey.csv' 1" \
  --command-name 'fread, 2 threads' \
  "Rscript -e '$r_start; x <- fread(\"$folder/survey.csv\", showProgress = FALSE)'" \
  --command-name 'R without reading' "Rscript -e '$r_start'"

# Columns of times.csv: command, mean, stddev, median, user, system, min, max. The names above
# have a comma, so that columns are counted from the end. R's own start is taken off its time.
awk -F, -v megabytes="$megabytes" '
  { median = $(NF - 4); fastest = $(NF - 1) }
  NR == 2 { two = median; two_best = fastest }
  NR == 3 { one = median }
  NR == 4 { r = median; r_best = fastest }
  NR == 5 { start = median }
  END {
    printf "topline, 2 threads: %6.0f MB/s (best %.0f)\n", megabytes / two, megabytes / two_best
    printf "topline, 1 thread:  %6.0f MB/s\n", megabytes / one
    printf "fread, 2 threads:   %6.0f MB/s (best %.0f), without the start of R\n",
           megabytes / (r - start), megabytes / (r_best - start)
    printf "topline is %.1f times as fast (best against best %.1f)\n",
           (r - start) / two, (r_best - start) / two_best
  }' "$folder/times.csv"
