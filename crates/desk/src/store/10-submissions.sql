-- What strangers send in. No address, no agent, no hour, no name of a file; days are UTC days.

CREATE TABLE submission_key (         -- with which codes are hashed; made with the first suggestion
  one INTEGER PRIMARY KEY CHECK (one = 1),
  key BLOB NOT NULL
) STRICT;

CREATE TABLE submission (
  id INTEGER PRIMARY KEY,             -- random: it tells no order within a day
  code BLOB NOT NULL UNIQUE,          -- keyed hash of the code: the code itself is nowhere
  day TEXT NOT NULL,                  -- on which it came
  about TEXT NOT NULL,                -- a record, a value, an empty place, a page, or `new`
  lang TEXT NOT NULL,
  what TEXT NOT NULL,
  place TEXT NOT NULL,
  moment TEXT NOT NULL,
  source TEXT NOT NULL,
  passage TEXT NOT NULL,
  note TEXT NOT NULL,
  size INTEGER NOT NULL,              -- bytes of all words and files
  step TEXT NOT NULL CHECK (step IN ('received', 'in-review', 'asked', 'accepted', 'returned', 'rejected')),
  since TEXT NOT NULL
) STRICT;
CREATE INDEX submission_step ON submission (step, day);

CREATE TABLE submission_file (
  id INTEGER PRIMARY KEY,
  submission INTEGER NOT NULL REFERENCES submission ON DELETE CASCADE,
  number INTEGER NOT NULL,            -- from 1: its only name
  media_type TEXT NOT NULL,
  width INTEGER NOT NULL,             -- of a picture; 0 for words
  height INTEGER NOT NULL,
  bytes BLOB NOT NULL,                -- cleaned; the original was never written
  UNIQUE (submission, number)
) STRICT;

CREATE TABLE submission_word (        -- reviewers' questions and reasons, senders' answers
  id INTEGER PRIMARY KEY,
  submission INTEGER NOT NULL REFERENCES submission ON DELETE CASCADE,
  number INTEGER NOT NULL,            -- from 1: their order
  day TEXT NOT NULL,
  by_sender INTEGER NOT NULL,
  text TEXT NOT NULL,
  UNIQUE (submission, number)
) STRICT;
