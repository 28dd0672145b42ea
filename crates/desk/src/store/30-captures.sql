-- Captures of what a draft cites, until it is decided. Accepted, they go to the archive and leave this store.

CREATE TABLE held_capture (
  draft INTEGER NOT NULL REFERENCES draft ON DELETE CASCADE,
  url TEXT NOT NULL,                -- as it was asked for
  day TEXT NOT NULL,
  operation BLOB NOT NULL,          -- what the ledger would say of it, without its source; empty if nothing came
  text BLOB NOT NULL,               -- its words; empty if none were read
  note TEXT NOT NULL,               -- what an editor should know
  PRIMARY KEY (draft, url)
) STRICT, WITHOUT ROWID;

CREATE TABLE held_piece (
  id INTEGER PRIMARY KEY,
  draft INTEGER NOT NULL REFERENCES draft ON DELETE CASCADE,
  url TEXT NOT NULL,
  number INTEGER NOT NULL,          -- from 0: their order
  bytes BLOB NOT NULL,
  UNIQUE (draft, url, number)
) STRICT;
