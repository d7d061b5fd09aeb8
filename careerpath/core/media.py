"""The kinds of files that are handed out."""

PDF = "application/pdf"
JSON = "application/json"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"
