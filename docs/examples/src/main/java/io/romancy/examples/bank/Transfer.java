package io.romancy.examples.bank;

/** Money from one account to another. */
public record Transfer(String from, String to, long cents) {}
