package io.romancy.examples.orders.world;

import java.util.List;

/** What can be ordered, and where to. */
final class Catalogue {
    /** An item and its price. */
    record Item(String name, long cents) {}

    static final List<Item> ITEMS = List.of(
            new Item("teapot", 3490),
            new Item("lamp", 7900),
            new Item("atlas", 5250),
            new Item("compass", 1995),
            new Item("kite", 2400));

    static final Item SOLD_OUT = new Item("unicorn", 99900);

    static final List<String> TOWNS = List.of("Lisbon", "Aarhus", "Graz", "Bergen", "Turin");

    static final String NOWHERE = "Atlantis";

    private Catalogue() {}

    static boolean isSoldOut(String item) {
        return item.equals(SOLD_OUT.name());
    }

    static boolean isKnown(String town) {
        return !town.equals(NOWHERE);
    }
}
