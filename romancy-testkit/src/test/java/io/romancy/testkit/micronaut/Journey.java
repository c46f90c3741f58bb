package io.romancy.testkit.micronaut;

import io.romancy.api.Durable;
import io.romancy.api.Workflow;
import io.romancy.api.WorkflowContext;
import java.util.List;

/** Books all of it, waits, and goes to the museum. */
@Workflow("journey")
class Journey implements Durable<String, String> {
    private final Agency agency;

    Journey(Agency agency) {
        this.agency = agency;
    }

    @Override
    public String run(WorkflowContext ctx, String city) {
        Agency.Room room = agency.hotel(city, List.of(1, 2));
        agency.train(city);
        String guide = agency.guide(city);
        ctx.receive(Greeting.GO);
        agency.museum(city);
        return room.hotel() + " with " + guide;
    }
}
