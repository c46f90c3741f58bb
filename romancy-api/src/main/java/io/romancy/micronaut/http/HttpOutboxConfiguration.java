package io.romancy.micronaut.http;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.convert.format.MapFormat;
import io.micronaut.core.naming.conventions.StringConvention;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where events of the outbox are sent as CloudEvents over HTTP. Judged when the engine is opened. Printing it shows no secret. What lies
 * under {@code client} is for the HTTP client: what every client of Micronaut can be told, but for what would do nothing here, such as
 * time-outs and redirects.
 *
 * @param url where to; {@code http} or {@code https}. Without it nothing is sent
 * @param mode {@code binary} or {@code structured}. Default: {@code binary}
 * @param source the attribute {@code source} of every event, a URI reference that names this application. Default: a slash and
 *     {@code micronaut.application.name}
 * @param timeout how long to wait for an answer, the connecting included. Default: 5 s
 * @param headers what every request carries beside the event, such as {@code Authorization}
 * @param types the types of events that are sent, each a whole one or the beginning of some, such as {@code order.*}. Default: all that no
 *     other publisher takes
 */
@ConfigurationProperties(HttpOutboxConfiguration.PREFIX)
@Requires(property = HttpOutboxConfiguration.PREFIX + ".url")
public record HttpOutboxConfiguration(
        String url,
        @Nullable EventMode mode,
        @Nullable String source,
        @Nullable Duration timeout,

        @Nullable @MapFormat(transformation = MapFormat.MapTransformation.FLAT, keyFormat = StringConvention.RAW)
        Map<String, String> headers,

        @Nullable List<String> types) {
    /** Where these options lie. */
    public static final String PREFIX = "romancy.outbox.http";

    @Override
    public String toString() {
        return "HttpOutboxConfiguration[mode=" + mode + ", source=" + source + ", timeout=" + timeout + ", headers="
                + (headers == null ? null : headers.keySet()) + ", types=" + types + ", ..]";
    }
}
