package io.romancy.examples.plugin;

/** The number of an article. */
record Sku(String code) {
    /** Throws on what is none: such a hint then counts as missed. */
    static Sku parse(String text) {
        if (!text.matches("[a-z0-9-]{1,40}")) {
            throw new IllegalArgumentException("no article number: " + text);
        }
        return new Sku(text);
    }
}
