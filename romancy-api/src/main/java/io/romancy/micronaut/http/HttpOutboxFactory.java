package io.romancy.micronaut.http;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.reflect.ClassUtils;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.outbox.OutboxPublisher;
import jakarta.inject.Singleton;
import java.util.Map;

/** Makes the publisher, if there is a URL to send to. */
@Factory
final class HttpOutboxFactory {
    private static final String HTTP_CLIENT = "io.micronaut.http.client.RawHttpClient";
    private static final String HTTP_CLIENT_ARTIFACT = "io.micronaut:micronaut-http-client";
    private static final Map<String, String> NEEDED = Map.of(
            HTTP_CLIENT,
            HTTP_CLIENT_ARTIFACT,
            "io.cloudevents.http.HttpMessageFactory",
            "io.cloudevents:cloudevents-http-basic",
            "io.cloudevents.jackson.JsonFormat",
            "io.cloudevents:cloudevents-json-jackson");

    /** Left out with a word, a publisher that was configured would leave all events lying. */
    @Singleton
    @Bean(typed = OutboxPublisher.class, preDestroy = "close")
    @Requires(property = HttpOutboxConfiguration.PREFIX + ".url")
    HttpOutboxPublisher httpOutboxPublisher(ApplicationContext context, HttpOutboxConfiguration options) {
        NEEDED.forEach((type, artifact) -> {
            if (!ClassUtils.isPresent(type, context.getClassLoader())) {
                throw missing(type, artifact);
            }
        });
        // Declarative clients bring the interfaces, and not what implements them.
        if (!HttpOutboxPublisher.isPossible(context)) {
            throw missing("what implements " + HTTP_CLIENT, HTTP_CLIENT_ARTIFACT);
        }
        ClientOptions.check(context);
        return HttpOutboxPublisher.of(context, Destination.of(options, context.getEnvironment()));
    }

    private static RomancyException missing(String type, String artifact) {
        return new RomancyException(
                ErrorCode.INVALID_OPTION,
                "Option " + HttpOutboxConfiguration.PREFIX + ".url is set, but " + type
                        + " is not on the class path, so nothing could be sent. Add " + artifact
                        + " to the application, or remove the option.");
    }
}
