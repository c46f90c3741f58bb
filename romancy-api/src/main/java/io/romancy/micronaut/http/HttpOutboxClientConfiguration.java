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
 * not the client's business here: the publisher sets them, and refuses them as options of the client.
 */
@ConfigurationProperties(HttpOutboxConfiguration.PREFIX + ".client")
@Requires(property = HttpOutboxConfiguration.PREFIX + ".url")
@Requires(classes = HttpClientConfiguration.class)
public final class HttpOutboxClientConfiguration extends HttpClientConfiguration {
    private final Pool pool;
    private final Http2 http2;

    /** With no TLS of its own it has that of all clients of the application. */
    public HttpOutboxClientConfiguration(
            ApplicationConfiguration application,
            Pool pool,
            Http2 http2,
            @Nullable HttpOutboxTlsConfiguration own,
            @Nullable ClientSslConfiguration ofAll) {
        super(application);
        this.pool = pool;
        this.http2 = http2;
        if (own != null) {
            super.setSslConfiguration(own);
        } else if (ofAll != null) {
            super.setSslConfiguration(ofAll);
        }
    }

    @Override
    public ConnectionPoolConfiguration getConnectionPoolConfiguration() {
        return pool;
    }

    @Override
    public Http2ClientConfiguration getHttp2Configuration() {
        return http2;
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

    /** What concerns HTTP/2 only. */
    @ConfigurationProperties("http2")
    public static class Http2 extends Http2ClientConfiguration {}
}
