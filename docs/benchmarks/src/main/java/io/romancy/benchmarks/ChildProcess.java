package io.romancy.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Another JVM with the same class path, which reports by lines on its standard output. It ends when its standard input does, so it does not
 * outlive this one.
 */
final class ChildProcess implements AutoCloseable {
    private static final String END = "the process ended";
    private static final String COMPILERS = "compilers";

    private final Process process;
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private ChildProcess(Process process) {
        this.process = process;
        Thread.ofPlatform().daemon().name("child-output").start(this::read);
    }

    static ChildProcess start(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ChildProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** For the process itself: waits until its parent lets go of it, and answers what it is asked meanwhile. */
    static void awaitParent() throws IOException {
        while (System.in.read() >= 0) {
            System.out.println(COMPILERS + " " + Compilers.ownBusyFor());
        }
    }

    /** How long the compilers of that JVM have been at work; while it has nothing else to say. */
    Duration compilersBusyFor() throws IOException, InterruptedException {
        process.getOutputStream().write('?');
        process.getOutputStream().flush();
        return Duration.parse(await(COMPILERS));
    }

    private void read() {
        try (BufferedReader reader = process.inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the output of a child process could not be read", e);
        } finally {
            lines.add(END);
        }
    }

    /** The rest of the next line, which must begin with this word. */
    String await(String word) throws InterruptedException {
        String line = lines.poll(Lab.DEADLINE.toSeconds(), TimeUnit.SECONDS);
        if (line == null || !line.startsWith(word)) {
            throw new IllegalStateException("waited for '" + word + "' of a child process, and got: " + line);
        }
        return line.substring(word.length()).strip();
    }

    /** Ends it without a word, as {@code kill -9} does. */
    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() throws Exception {
        process.getOutputStream().close();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("a child process did not end by itself");
        }
    }
}
