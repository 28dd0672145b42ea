-- Small pieces of research, each about one record: made by editors of what a question finds, worked by whoever takes one.

CREATE TABLE task (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,               -- a word of the program's table of kinds
  record TEXT NOT NULL,             -- link/ID, item/ID or term/ID
  filter TEXT NOT NULL,             -- the query under which it was found
  maker INTEGER NOT NULL REFERENCES account,
  made TEXT NOT NULL,               -- day
  state TEXT NOT NULL CHECK (state IN ('open', 'taken', 'submitted', 'done', 'dropped')),
  since TEXT NOT NULL,              -- day
  holder INTEGER REFERENCES account,
  until TEXT,                       -- the last day for whoever holds it
  draft INTEGER REFERENCES draft ON DELETE SET NULL,
  CHECK ((state IN ('taken', 'submitted')) <= (holder IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX task_live ON task (kind, record) WHERE state IN ('open', 'taken', 'submitted');
CREATE INDEX task_state ON task (state, kind, id);
CREATE INDEX task_holder ON task (holder, state);
CREATE INDEX task_draft ON task (draft);

-- A task follows its draft, in the same transaction: nobody has to remember it.
CREATE TRIGGER task_follows AFTER UPDATE OF state ON draft WHEN new.state <> old.state
BEGIN
  UPDATE task SET
    state = CASE
      WHEN new.state IN ('submitted', 'in-review', 'accepting') THEN 'submitted'
      WHEN new.state = 'accepted' THEN 'done'
      WHEN new.state = 'rejected' THEN 'open'
      ELSE 'taken' END,
    since = new.changed,
    until = CASE WHEN new.state IN ('draft', 'returned') THEN date(new.changed, '+3 days') END,
    holder = CASE WHEN new.state <> 'rejected' THEN holder END,
    draft = CASE WHEN new.state <> 'rejected' THEN draft END
  WHERE draft = new.id AND state IN ('taken', 'submitted');
END;
