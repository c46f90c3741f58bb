package io.romancy.examples.shop;

import io.micronaut.runtime.Micronaut;

/** Bank and carrier as a process. */
public final class PartnersApplication {
    private PartnersApplication() {}

    /** Starts it. */
    public static void main(String... args) {
        Micronaut.build(args)
                .mainClass(PartnersApplication.class)
                .defaultEnvironments("partners")
                .start();
    }
}
