package io.romancy.micronaut.http;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.client.HttpClientConfiguration;
import io.micronaut.http.ssl.ClientSslConfiguration;
import io.micronaut.runtime.ApplicationConfiguration;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client under the publisher: TLS, proxy, pool and whatever else Micronaut's clients can be told. Time-outs and redirects are
 * not the client's business here: the publisher sets them.
 */
@ConfigurationProperties(HttpOutboxConfiguration.PREFIX + ".client")
@Requires(property = HttpOutboxConfiguration.PREFIX + ".url")
@Requires(classes = HttpClientConfiguration.class)
public final class HttpOutboxClientConfiguration extends HttpClientConfiguration {
    private final Pool pool;

    /** Begins with what the application says of all of its clients. */
    public HttpOutboxClientConfiguration(
            ApplicationConfiguration application, Pool pool, @Nullable ClientSslConfiguration tls) {
        super(application);
        this.pool = pool;
        if (tls != null) {
            super.setSslConfiguration(tls);
        }
    }

    @Override
    public ConnectionPoolConfiguration getConnectionPoolConfiguration() {
        return pool;
    }

    HttpClientConfiguration within(Duration timeout) {
        setConnectTimeout(timeout);
        setReadTimeout(timeout);
        setRequestTimeout(timeout);
        setFollowRedirects(false);
        setExceptionOnErrorStatus(false);
        return this;
    }

    /** The connections that are kept. */
    @ConfigurationProperties("pool")
    public static class Pool extends ConnectionPoolConfiguration {}
}
