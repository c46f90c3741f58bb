package io.romancy.examples.orders.world;

/**
 * Something that the outside world has done, once.
 *
 * @param key what it was asked with; a second request with this key is the same request
 * @param answer what it answered, also the second time
 * @param calls how often it was asked
 */
public record Deed(Service service, String key, String order, long cents, String answer, int calls) {}
