-- Who works at the desk, and how they prove that it is they. Days are UTC days, moments are seconds since 1970.

CREATE TABLE account (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,        -- a pseudonym will do; it is never published
  handle BLOB NOT NULL UNIQUE,      -- 16 random bytes: how passkeys name the account
  roles TEXT NOT NULL,              -- words parted by a blank
  made TEXT NOT NULL,               -- day
  closed TEXT                       -- day on which it was closed
) STRICT;

CREATE TABLE secret (
  account INTEGER PRIMARY KEY REFERENCES account,
  password BLOB NOT NULL,           -- salt and argon2id hash
  totp BLOB NOT NULL,               -- the shared secret of RFC 6238
  step INTEGER NOT NULL             -- the last time step that was used: no code counts twice
) STRICT;

CREATE TABLE passkey (
  credential BLOB PRIMARY KEY,
  account INTEGER NOT NULL REFERENCES account,
  data TEXT NOT NULL,               -- public key and counter, as JSON
  made TEXT NOT NULL
) STRICT;

CREATE TABLE enrolment (
  hash BLOB PRIMARY KEY,            -- SHA-256 of the link's token
  account INTEGER NOT NULL REFERENCES account,
  totp BLOB NOT NULL,               -- the secret that is offered
  ends INTEGER NOT NULL
) STRICT;

CREATE TABLE session (
  hash BLOB PRIMARY KEY,            -- SHA-256 of the cookie's token
  account INTEGER NOT NULL REFERENCES account,
  begun INTEGER NOT NULL,
  seen INTEGER NOT NULL
) STRICT;
CREATE INDEX session_account ON session (account);

CREATE TABLE act (                  -- administrative acts
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  day TEXT NOT NULL,
  account INTEGER REFERENCES account, -- none: the command line
  what TEXT NOT NULL,
  about TEXT NOT NULL
) STRICT;
