package io.romancy.examples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Somebody at a browser, and the bank that reports what they agreed to: both ask again until they have an answer. Thread-safe. */
final class Customer {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration BEFORE_NEXT = Duration.ofMillis(50);
    private static final Pattern STAGE = Pattern.compile("\"stage\":\"(\\w+)\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger troubles = new AtomicInteger();
    private final URI shop;

    Customer(URI shop) {
        this.shop = shop;
    }

    HttpResponse<String> order(String id, String article, int quantity) {
        return order("""
                {"id":"%s","article":"%s","quantity":%d,"email":"%s@example.org","address":"Main Street 1"}""".formatted(id, article, quantity, id));
    }

    HttpResponse<String> order(String json) {
        return post("/orders", json);
    }

    HttpResponse<String> pay(String id) {
        return post("/payments", """
                {"order":"%s","reference":"pay-%s"}""".formatted(id, id));
    }

    HttpResponse<String> cancel(String id) {
        return untilAnswered(to("/orders/" + id).DELETE());
    }

    String stage(String id) {
        var answer = get("/orders/" + id);
        var stage = STAGE.matcher(answer.body());
        assertThat(stage.find()).as(answer.statusCode() + " " + answer.body()).isTrue();
        return stage.group(1);
    }

    /** Looks until the order is there, and returns where it is. */
    String awaitStage(String id, Predicate<String> wanted) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String stage = stage(id);
        while (!wanted.test(stage)) {
            assertThat(System.nanoTime() - end)
                    .as("order %s is %s after %s", id, stage, PATIENCE)
                    .isNegative();
            LockSupport.parkNanos(BEFORE_NEXT.toNanos());
            stage = stage(id);
        }
        return stage;
    }

    /** How often there was no answer, or one that said that something is broken. */
    int troubles() {
        return troubles.get();
    }

    HttpResponse<String> get(String path) {
        return untilAnswered(to(path).GET());
    }

    HttpResponse<String> post(String path, String json) {
        return untilAnswered(to(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(shop.resolve(path)).timeout(Duration.ofSeconds(20));
    }

    private HttpResponse<String> untilAnswered(HttpRequest.Builder request) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String last = "nothing";
        while (System.nanoTime() - end < 0) {
            try {
                var answer = http.send(request.build(), BodyHandlers.ofString());
                if (answer.statusCode() < 500) {
                    return answer;
                }
                last = answer.statusCode() + " " + answer.body();
            } catch (IOException e) {
                last = e.toString();
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted while " + request + " was asked", e);
            }
            troubles.incrementAndGet();
            LockSupport.parkNanos(BEFORE_NEXT.toNanos());
        }
        throw new AssertionError("no answer within " + PATIENCE + ", the last: " + last);
    }
}
