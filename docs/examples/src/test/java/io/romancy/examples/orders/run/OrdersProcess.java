package io.romancy.examples.orders.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The orders as somebody else sees them: a process that prints lines, and that can be killed. */
final class OrdersProcess implements AutoCloseable {
    static final String ADDS_UP = "It adds up: no order lost, none charged twice, none shipped twice.";

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Pattern CHARGED = Pattern.compile("([0-9,]+) charged");
    private static final String NO_MORE = "\0";

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> seen = new ArrayList<>();

    private OrdersProcess(Process process) {
        this.process = process;
        Thread.ofVirtual().start(this::read);
    }

    static OrdersProcess start(Path dir, String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), OrdersCommand.class.getName()));
        command.addAll(List.of("--dir", dir.toString()));
        command.addAll(List.of(options));
        return new OrdersProcess(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** Waits until a line fits, and returns it. */
    String await(String what, Predicate<String> fits) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            assertThat(line)
                    .as("a line that says %s, after %s", what, seen)
                    .isNotNull()
                    .isNotEqualTo(NO_MORE);
            seen.add(line);
            if (fits.test(line)) {
                return line;
            }
        }
    }

    /** Waits until so many customers were charged: then there is something in each state. */
    void awaitCharged(int atLeast) throws InterruptedException {
        await(atLeast + " charged", line -> {
            var charged = CHARGED.matcher(line);
            return charged.find() && Integer.parseInt(charged.group(1).replace(",", "")) >= atLeast;
        });
    }

    /** Waits for the end, and returns everything that was printed. */
    String awaitEnd(int exitCode) throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                .as("ended in time, after %s", lines)
                .isTrue();
        for (var line = lines.take(); !line.equals(NO_MORE); line = lines.take()) {
            seen.add(line);
        }
        var printed = String.join("\n", seen);
        assertThat(process.exitValue()).as("exit code after\n%s", printed).isEqualTo(exitCode);
        return printed;
    }

    /** Sends the signal of a plain {@code kill}. */
    void askToStop() {
        process.toHandle().destroy(); // Process.destroy would also close the pipe that its last words come through
    }

    /** Lets it live for so long, and kills it as {@code kill -9} does; returns the workers that it leaves behind. */
    List<ProcessHandle> killAfter(long millis) throws InterruptedException {
        assertThat(process.waitFor(millis, TimeUnit.MILLISECONDS))
                .as("ended before it could be killed, after %s", seen)
                .isFalse();
        var orphans = workers();
        process.destroyForcibly().waitFor();
        return orphans;
    }

    /** Its worker processes. */
    List<ProcessHandle> workers() {
        return process.children()
                .filter(child -> child.info().command().orElse("").endsWith("java"))
                .toList();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    private void read() {
        try (var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (IOException killed) {
            lines.add("(" + killed.getMessage() + ")");
        }
        lines.add(NO_MORE);
    }
}
