# What R needs to read a study's YAML files, without checking anything in them.
folder <- commandArgs(trailingOnly = TRUE)[1]
for (file in c("study.yaml", "questionnaire.yaml", "processing.yaml", "tables.yaml", "targets.yaml"))
  invisible(yaml::yaml.load_file(file.path(folder, file)))
