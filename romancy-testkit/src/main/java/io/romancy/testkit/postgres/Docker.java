package io.romancy.testkit.postgres;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether containers can be started here. Looks before it asks: Testcontainers takes seconds and logs an error to find out. */
final class Docker {
    private static final int PATIENCE_MILLIS = 2_000;

    private Docker() {}

    static boolean answers() {
        String host = System.getenv("DOCKER_HOST");
        if (host != null && !host.startsWith("unix:")) {
            return isOnClassPath();
        }
        Path socket = Path.of(host == null ? "/var/run/docker.sock" : host.replaceFirst("unix:/*", "/"));
        return Files.exists(socket) && isOnClassPath() && answersAt(socket);
    }

    private static boolean isOnClassPath() {
        try {
            Class.forName("org.testcontainers.postgresql.PostgreSQLContainer", false, Docker.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException notBrought) {
            return false;
        }
    }

    private static boolean answersAt(Path socket) {
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                var selector = Selector.open()) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(ByteBuffer.wrap("GET /_ping HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            if (selector.select(PATIENCE_MILLIS) == 0) {
                return false;
            }
            var answer = ByteBuffer.allocate(64);
            channel.read(answer);
            return new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII).contains(" 200 ");
        } catch (IOException nobodyThere) {
            return false;
        }
    }
}
