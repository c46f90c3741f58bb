package io.romancy.micronaut.http;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Reads a body up to a number of bytes, and no longer than some time. What is more is not asked for, so that it waits at the sender's side
 * until the client's read time-out closes the connection: a client that is told to cancel goes on reading, to keep the connection, and an
 * answer without end would never let it go.
 */
final class BodyBeginning extends BaseSubscriber<byte[]> {
    private static final int MOST = 64 * 1024;

    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> done = new CompletableFuture<>();
    private final Duration patience;
    private final Duration untilClosed;

    /**
     * @param patience how long to read
     * @param untilClosed after which time the client has closed a connection that nobody reads from
     */
    BodyBeginning(Duration patience, Duration untilClosed) {
        this.patience = patience;
        this.untilClosed = untilClosed;
    }

    /** What could be read; never an error, because the status is known by now. */
    Mono<byte[]> bytes() {
        return Mono.fromFuture(done, true).timeout(patience, Mono.fromSupplier(this::stop));
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        request(1);
    }

    @Override
    protected void hookOnNext(byte[] part) {
        if (add(part)) {
            request(1);
        } else {
            stop();
        }
    }

    @Override
    protected void hookOnComplete() {
        done.complete(soFar());
    }

    @Override
    protected void hookOnError(Throwable failure) {
        done.complete(soFar());
    }

    private synchronized boolean add(byte[] part) {
        if (done.isDone()) {
            return false;
        }
        read.write(part, 0, Math.min(part.length, MOST - read.size()));
        return read.size() < MOST;
    }

    private synchronized byte[] soFar() {
        return read.toByteArray();
    }

    /** Reads no more. Cancels at last, for a client that closes a connection only then. */
    private byte[] stop() {
        byte[] bytes = soFar();
        if (done.complete(bytes)) {
            Schedulers.parallel().schedule(this::cancel, untilClosed.toMillis(), TimeUnit.MILLISECONDS);
        }
        return bytes;
    }
}
