package io.romancy.micronaut.http;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.ssl.AbstractClientSslConfiguration;

/** The TLS of the HTTP client under the publisher, if it has one of its own. */
@ConfigurationProperties(HttpOutboxTlsConfiguration.PREFIX)
@Requires(property = HttpOutboxTlsConfiguration.PREFIX)
@Requires(property = HttpOutboxConfiguration.PREFIX + ".url")
@Requires(classes = AbstractClientSslConfiguration.class)
public final class HttpOutboxTlsConfiguration extends AbstractClientSslConfiguration {
    static final String PREFIX = HttpOutboxConfiguration.PREFIX + ".client.ssl";

    /** On, unless it is said to be off. */
    public HttpOutboxTlsConfiguration(Key key, Keys keys, Trust trust) {
        setEnabled(true);
        setKey(key);
        setKeyStore(keys);
        setTrustStore(trust);
    }

    /** Which key of the store is meant. */
    @ConfigurationProperties("key")
    public static class Key extends KeyConfiguration {}

    /** The keys by which this application proves who it is. */
    @ConfigurationProperties("key-store")
    public static class Keys extends KeyStoreConfiguration {}

    /** Whom to trust. */
    @ConfigurationProperties("trust-store")
    public static class Trust extends TrustStoreConfiguration {}
}
