package io.romancy.examples.bank;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/** What somebody has. */
@MappedEntity("account")
public record Account(@Id String owner, long cents) {}
