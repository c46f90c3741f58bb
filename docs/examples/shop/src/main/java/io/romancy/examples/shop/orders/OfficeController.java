package io.romancy.examples.shop.orders;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.romancy.api.outbox.Outbox;
import java.util.List;

/** For the people of the shop: what the carrier would not take. */
@Controller("/office/undelivered")
@ExecuteOn(TaskExecutors.BLOCKING)
class OfficeController {
    private static final int SHOWN = 100;

    private final Outbox outbox;

    OfficeController(Outbox outbox) {
        this.outbox = outbox;
    }

    @Get
    List<String> show() {
        return outbox.setAside()
                .limit(SHOWN)
                .map(event -> event.type() + " of " + event.key() + ": " + event.reason())
                .toList();
    }

    /** Once the cause is mended; returns how many leave again. */
    @Post
    long sendAgain() {
        return outbox.setAside().filter(outbox::sendAgain).count();
    }
}
