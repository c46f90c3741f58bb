package io.romancy.micronaut;

import io.micronaut.context.BeanProvider;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.graceful.GracefulShutdownCapable;
import io.romancy.api.Romancy;
import jakarta.inject.Singleton;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Starts the engine with the application, and hands its work over when the application is asked to stop. It is closed with the other beans:
 * requests that the server is still answering may need it.
 */
@Singleton
class RomancyLifecycle implements GracefulShutdownCapable {
    private final BeanProvider<Romancy> romancy;
    private volatile @Nullable Romancy started;

    RomancyLifecycle(BeanProvider<Romancy> romancy) {
        this.romancy = romancy;
    }

    /** What cannot work stops the application here, with the reason. */
    @EventListener
    void start(StartupEvent event) {
        started = romancy.get();
    }

    /** On a thread of its own, because other beans stop at the same time and each may take its whole time-out. */
    @Override
    public CompletionStage<?> shutdownGracefully() {
        Romancy engine = started;
        if (engine == null) {
            return CompletableFuture.completedFuture(null);
        }
        var handedOver = new CompletableFuture<@Nullable Void>();
        Thread.ofVirtual().name("romancy-shutdown").start(() -> {
            try {
                engine.stopWorking();
                handedOver.complete(null);
            } catch (RuntimeException | Error e) {
                handedOver.completeExceptionally(e);
            }
        });
        return handedOver;
    }

    @Override
    public OptionalLong reportActiveTasks() {
        Romancy engine = started;
        return engine == null
                ? OptionalLong.empty()
                : OptionalLong.of(engine.status().running());
    }
}
