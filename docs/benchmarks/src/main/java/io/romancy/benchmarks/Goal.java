package io.romancy.benchmarks;

/** What a figure has to reach, and what would be good. */
record Goal(Better better, double required, double aim, String unit) {
    enum Better {
        HIGHER,
        LOWER
    }

    static Goal atLeast(double required, double aim) {
        return new Goal(Better.HIGHER, required, aim, "");
    }

    static Goal atMost(double required, double aim, String unit) {
        return new Goal(Better.LOWER, required, aim, unit);
    }

    boolean isReachedBy(double value) {
        return switch (better) {
            case HIGHER -> value >= required;
            case LOWER -> value <= required;
        };
    }

    String requiredText() {
        return text(required);
    }

    String aimText() {
        return text(aim);
    }

    private String text(double value) {
        String sign = switch (better) {
            case HIGHER -> "≥ ";
            case LOWER -> "≤ ";
        };
        return sign + Numbers.of(value) + (unit.isEmpty() ? "" : " " + unit);
    }
}
