-- The journal's first schema. @ stands for the schema's name and a dot.

CREATE TABLE @version (
  version integer PRIMARY KEY,
  applied timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
  applied_by text NOT NULL DEFAULT session_user
);

-- A stream, locked by whoever appends to it; what stands here tells a last entry that went missing.
CREATE TABLE @stream (
  name text COLLATE "C" PRIMARY KEY,
  kind text COLLATE "C" NOT NULL,
  ordinal bigint GENERATED ALWAYS AS IDENTITY,
  last bigint NOT NULL,
  hash text NOT NULL
);

CREATE INDEX stream_kind ON @stream (kind, ordinal);

-- The line is JSON and hashed as it is; the token says which append wrote it.
CREATE TABLE @entry (
  stream text COLLATE "C" NOT NULL REFERENCES @stream,
  sequence bigint NOT NULL,
  token text NOT NULL,
  line text NOT NULL,
  PRIMARY KEY (stream, sequence)
);

-- since and until are what the holder was told, by his clock; whether it ran out is decided by ends.
CREATE TABLE @lease (
  resource text COLLATE "C" PRIMARY KEY,
  epoch bigint NOT NULL,
  held boolean NOT NULL,
  holder text NOT NULL,
  reason text NOT NULL,
  since text NOT NULL,
  until text NOT NULL,
  ends text NOT NULL
);

CREATE TABLE @kept (
  digest text COLLATE "C" PRIMARY KEY,
  size bigint NOT NULL
);

CREATE TABLE @chunk (
  digest text COLLATE "C" NOT NULL REFERENCES @kept,
  ordinal integer NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (digest, ordinal)
);

ALTER TABLE @chunk ALTER COLUMN bytes SET STORAGE EXTERNAL;
