# The part of a report that a script in base R would make: a percentage table of every question
# and 17 bar charts as SVG, for each of two languages. No routing, no bases, no page.
arguments <- commandArgs(trailingOnly = TRUE)
answers <- read.csv(arguments[1])
dir.create(arguments[2], showWarnings = FALSE)
for (language in c("en", "ja")) {
  tables <- lapply(answers[-1], function(column) 100 * prop.table(table(column)))
  charts <- Filter(function(counts) length(counts) >= 2 && length(counts) <= 20, tables)[1:17]
  for (name in names(charts)) {
    svg(file.path(arguments[2], paste0(name, ".", language, ".svg")), width = 7, height = 4)
    barplot(charts[[name]], horiz = TRUE, main = name, las = 1)
    dev.off()
  }
}
