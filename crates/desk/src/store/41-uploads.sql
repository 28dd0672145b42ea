-- A table that somebody brought for a draft, until its columns are laid into ours. One for each draft and account.

CREATE TABLE upload (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  draft INTEGER NOT NULL REFERENCES draft ON DELETE CASCADE,
  account INTEGER NOT NULL REFERENCES account,
  day TEXT NOT NULL,
  rows TEXT NOT NULL,               -- JSON: rows of cells, the heading first
  UNIQUE (draft, account)
) STRICT;
