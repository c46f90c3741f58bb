package io.romancy.examples.orders;

/**
 * What was ordered: the input of the workflow.
 *
 * @param id the number on the customer's screen; also the id of the workflow, so that one order is one workflow
 * @param cents what it costs altogether
 */
public record Order(String id, String customer, String item, int quantity, long cents, String address) {}
