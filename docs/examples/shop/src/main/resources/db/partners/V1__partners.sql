-- The bank: what was charged, by the key of the request.
CREATE TABLE charge (
    key       text PRIMARY KEY,
    reference text NOT NULL,
    cents     bigint NOT NULL
);

-- Agreements that have come to nothing: what was charged by them is given back.
CREATE TABLE refund (
    reference text PRIMARY KEY
);

-- The carrier: which events have come, and what was done for them.
CREATE TABLE inbox (
    id   text PRIMARY KEY,
    type text NOT NULL
);

CREATE TABLE parcel (
    order_id text NOT NULL,
    article  text NOT NULL,
    quantity integer NOT NULL,
    address  text NOT NULL
);

CREATE TABLE letter (
    order_id text NOT NULL,
    email    text NOT NULL
);
