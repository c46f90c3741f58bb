package io.romancy.engine.codec;

import java.util.LinkedHashMap;
import java.util.Map;

/** Headers of messages and events. */
public final class Headers {
    private Headers() {}

    /** The application's, and beside them what is carried along; what the application says itself stays. */
    public static Map<String, String> with(Map<String, String> carried, Map<String, String> own) {
        if (carried.isEmpty()) {
            return own;
        }
        Map<String, String> all = new LinkedHashMap<>(carried);
        all.putAll(own);
        return all;
    }
}
