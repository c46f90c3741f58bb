package io.romancy.examples.shop.orders;

/** How far an order is. */
public enum Stage {
    PLACED,
    SOLD_OUT,
    RESERVED,
    SHIPPED,
    CANCELLED
}
