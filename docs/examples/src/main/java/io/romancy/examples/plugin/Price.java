package io.romancy.examples.plugin;

/**
 * A row of the price list.
 *
 * @param version raised by every change of the list; of two prices of one article the one with the higher version is the newer
 */
record Price(String sku, long cents, long version) {}
