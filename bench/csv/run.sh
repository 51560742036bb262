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
  { median[NR] = $(NF - 4); cpu[NR] = $(NF - 3) + $(NF - 2); best[NR] = $(NF - 1) }
  END {
    r = median[4] - median[5]; r_best = best[4] - best[5]; r_cpu = cpu[4] - cpu[5]
    line = "%-19s %6.0f MB/s, best %6.0f MB/s, %5.2f CPU seconds\n"
    printf line, "topline, 2 threads:", megabytes / median[2], megabytes / best[2], cpu[2]
    printf line, "topline, 1 thread:", megabytes / median[3], megabytes / best[3], cpu[3]
    printf line, "fread, 2 threads:", megabytes / r, megabytes / r_best, r_cpu
    printf "topline is %.1f times as fast (best runs %.1f, CPU time %.1f)\n",
           r / median[2], r_best / best[2], r_cpu / cpu[2]
  }' "$folder/times.csv"
