-- What is proposed, in all its versions, and what was said and decided about it.

CREATE TABLE draft (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  title TEXT NOT NULL,
  author INTEGER NOT NULL REFERENCES account,
  state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'in-review', 'accepting', 'accepted', 'returned', 'rejected')),
  version INTEGER NOT NULL,         -- the number of the version that stands
  assigned INTEGER REFERENCES account,
  submission INTEGER,               -- the stranger's suggestion that it was made from
  changed TEXT NOT NULL,            -- day
  since INTEGER,                    -- entries in the ledger when it began to be written there
  entry INTEGER                     -- the entry that it became
) STRICT;
CREATE INDEX draft_state ON draft (state, id);
CREATE INDEX draft_author ON draft (author, id);
CREATE INDEX draft_assigned ON draft (assigned, id);

CREATE TABLE version (
  draft INTEGER NOT NULL REFERENCES draft ON DELETE CASCADE,
  number INTEGER NOT NULL,
  base INTEGER NOT NULL,            -- the version that its author had before the eyes
  author INTEGER NOT NULL REFERENCES account,
  day TEXT NOT NULL,
  content TEXT NOT NULL,
  hash BLOB NOT NULL,               -- SHA-256 of draft and content: what is approved
  beside INTEGER NOT NULL,          -- 1: another came first; both wait until someone decides
  PRIMARY KEY (draft, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE event (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  draft INTEGER NOT NULL REFERENCES draft ON DELETE CASCADE,
  day TEXT NOT NULL,
  account INTEGER NOT NULL REFERENCES account,
  role TEXT NOT NULL,
  act TEXT NOT NULL,
  version INTEGER NOT NULL,
  hash BLOB NOT NULL,
  reason TEXT NOT NULL,
  interest TEXT NOT NULL            -- the statement on conflicts of interest
) STRICT;
CREATE INDEX event_draft ON event (draft, id);

CREATE TABLE comment (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  draft INTEGER NOT NULL REFERENCES draft ON DELETE CASCADE,
  version INTEGER NOT NULL,
  account INTEGER NOT NULL REFERENCES account,
  day TEXT NOT NULL,
  text TEXT NOT NULL,
  resolved INTEGER REFERENCES account,
  resolved_day TEXT
) STRICT;
CREATE INDEX comment_draft ON comment (draft, id);
