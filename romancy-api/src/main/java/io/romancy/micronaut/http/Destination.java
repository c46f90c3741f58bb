package io.romancy.micronaut.http;

import io.micronaut.context.env.Environment;
import io.micronaut.core.value.PropertyResolver;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where events go and how, known to be good. Printing it shows no secret. */
record Destination(
        URI url, EventMode mode, URI source, Duration timeout, Map<String, String> headers, List<String> types) {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);

    static Destination of(HttpOutboxConfiguration options, Environment environment) {
        Map<String, String> bound = options.headers() == null ? Map.of() : options.headers();
        Map<String, String> headers = Map.copyOf(ConfiguredHeaders.with(bound, environment));
        headers.forEach(Destination::check);
        return new Destination(
                url(options.url()),
                options.mode() == null ? EventMode.BINARY : options.mode(),
                source(options.source(), environment),
                timeout(options.timeout()),
                headers,
                options.types() == null ? List.of("*") : List.copyOf(options.types()));
    }

    /** Whether events of this type go there. */
    boolean takes(String type) {
        return types.stream()
                .anyMatch(wanted -> wanted.endsWith("*")
                        ? type.startsWith(wanted.substring(0, wanted.length() - 1))
                        : type.equals(wanted));
    }

    /** The URL without what may be a secret, for people. */
    String shown() {
        return url.getScheme() + "://" + url.getAuthority() + url.getPath();
    }

    @Override
    public String toString() {
        return "Destination[url=" + shown() + ", mode=" + mode + ", source=" + source + ", headers=" + headers.keySet()
                + ", types=" + types + "]";
    }

    private static URI url(String written) {
        URI url = uri("url", written, written.replaceAll("[?#].*", "?..").replaceAll("//[^/]*@", "//..@"));
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        String shown = url.getScheme() + "://" + url.getHost() + "/..";
        if (!(scheme.equals("http") || scheme.equals("https")) || url.getHost() == null) {
            throw refuse("url", shown, "it is no address that a request could be sent to", "Take https://host/path");
        }
        if (url.getUserInfo() != null) {
            throw refuse(
                    "url",
                    shown,
                    "it carries credentials, which would be seen wherever a URL is logged",
                    "Set " + HttpOutboxConfiguration.PREFIX + ".headers.Authorization instead");
        }
        return url;
    }

    private static URI source(@Nullable String written, PropertyResolver properties) {
        if (written == null) {
            String name = properties
                    .getProperty("micronaut.application.name", String.class)
                    .orElse("romancy");
            return uri("source", "/" + name, "/" + name);
        }
        if (written.isBlank()) {
            throw refuse("source", "''", "it is empty, and an event has to say where it comes from", "Take /shop");
        }
        return uri("source", written, written);
    }

    private static URI uri(String option, String written, String shown) {
        try {
            return new URI(written);
        } catch (URISyntaxException e) {
            throw refuse(option, shown, "it is no URI: " + e.getReason() + " at index " + e.getIndex(), "Mend it");
        }
    }

    private static Duration timeout(@Nullable Duration written) {
        Duration timeout = written == null ? DEFAULT_TIMEOUT : written;
        if (timeout.compareTo(Duration.ofMillis(1)) < 0 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw refuse("timeout", timeout.toString(), "it is out of range", "Take 1 ms to 1 h, such as 5s");
        }
        return timeout;
    }

    private static void check(String name, String value) {
        if (!HeaderNames.isFree(name)) {
            throw refuse(
                    "headers." + name,
                    "..",
                    "it is no name of a header, or of one that belongs to the event or to the connection",
                    "Take another");
        }
        if (!HeaderNames.isValue(value)) {
            throw refuse("headers." + name, "..", "its value has a line break or another control character", "Mend it");
        }
    }

    private static RomancyException refuse(String option, String value, String reason, String remedy) {
        return new RomancyException(
                ErrorCode.INVALID_OPTION,
                "Option " + HttpOutboxConfiguration.PREFIX + "." + option + " = " + value + " is refused: " + reason
                        + ". " + remedy + ".");
    }
}
