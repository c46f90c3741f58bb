CREATE TABLE article (
    name     text PRIMARY KEY,
    cents    bigint NOT NULL,
    in_stock integer NOT NULL CHECK (in_stock >= 0),
    damaged  boolean NOT NULL
);

CREATE TABLE customer_order (
    id       text PRIMARY KEY,
    article  text NOT NULL REFERENCES article,
    quantity integer NOT NULL CHECK (quantity > 0),
    cents    bigint NOT NULL,
    email    text NOT NULL,
    address  text NOT NULL,
    stage    text NOT NULL
);

INSERT INTO article VALUES
    ('teapot', 2900, 100, false),
    ('cup', 700, 500, false),
    ('saucer', 400, 500, false),
    ('vase', 4900, 20, true),
    ('samovar', 39900, 3, false);
