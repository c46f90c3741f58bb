package io.romancy.api;

/** Work without a result. */
@FunctionalInterface
public interface Action {
    void run() throws Exception;
}
