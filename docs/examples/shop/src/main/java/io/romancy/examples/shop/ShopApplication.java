package io.romancy.examples.shop;

import io.micronaut.runtime.Micronaut;

/** The shop as a process; as many of them as you like work on one database. */
public final class ShopApplication {
    private ShopApplication() {}

    /** Starts it. */
    public static void main(String... args) {
        Micronaut.build(args)
                .mainClass(ShopApplication.class)
                .defaultEnvironments("shop")
                .start();
    }
}
