package io.romancy.engine.config;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The label that a worker has if nobody gives it one. */
final class WorkerName {
    private WorkerName() {}

    /** Host and process id, such as {@code app-7f9c-4711}. The environment is asked first: a name server may take seconds. */
    static String ofThisProcess() {
        return host() + "-" + ProcessHandle.current().pid();
    }

    private static String host() {
        for (String variable : new String[] {"HOSTNAME", "COMPUTERNAME"}) {
            String host = System.getenv(variable);
            if (host != null && !host.isBlank()) {
                return host.strip();
            }
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
