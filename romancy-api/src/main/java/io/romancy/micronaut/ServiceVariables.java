package io.romancy.micronaut;

import java.util.regex.Pattern;

/**
 * The variables that Kubernetes sets in every container for each service of its namespace. Those of a service that is called
 * {@code romancy}, or {@code romancy-} and more, begin like ours and are meant for nobody here.
 */
final class ServiceVariables {
    private static final String SERVICE = "ROMANCY(?:_[A-Z0-9_]+)?_";

    private static final Pattern NAME = Pattern.compile(SERVICE
            + "(?:SERVICE_HOST|SERVICE_PORT(?:_[A-Z0-9_]+)?|PORT_\\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)");

    private static final Pattern PORT = Pattern.compile(SERVICE + "PORT");
    private static final Pattern ADDRESS = Pattern.compile("(?:tcp|udp|sctp)://.*");

    private ServiceVariables() {}

    /** Whether this is one of them. */
    static boolean isOne(String name, Object value) {
        return NAME.matcher(name).matches()
                || (PORT.matcher(name).matches()
                        && ADDRESS.matcher(value.toString()).matches());
    }
}
