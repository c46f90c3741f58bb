package io.romancy.testkit.simulation;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.StartOptions;
import io.romancy.spi.InstanceStore;
import io.romancy.spi.RunStore;
import io.romancy.spi.Storage;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.StorageException;
import io.romancy.spi.model.InstanceInfo;
import io.romancy.spi.model.InstanceQuery;
import io.romancy.spi.model.NewInstance;
import io.romancy.spi.model.NodeId;
import io.romancy.spi.model.Outcome;
import io.romancy.spi.model.Payload;
import io.romancy.spi.model.Route;
import io.romancy.testkit.fault.ForwardingStorage;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Defects that seeds have found, each made certain here instead of rare. */
@ExtendWith(Quiet.class)
class FoundDefectsTest {
    private static final SimulatedScenario ONE_INSTANCE = world -> {
        world.workflow(Shops.OTHER, (ctx, nothing) -> "done");
        world.client("client", client -> {
            client.ask(romancy -> romancy.start(Shops.OTHER, StartOptions.id("other")));
            String result =
                    client.ask(romancy -> romancy.handle("other", Shops.OTHER).result(ofMinutes(10)));
            assertThat(result).isEqualTo("done");
        });
    };

    /** The worker's lease ended while its start was on the way, and everybody has forgotten it. */
    @Test
    void aStartWhoseOwnerIsGoneIsTakenOver() {
        Simulation.seeds(5).faults().storage(FoundDefectsTest::losingStarts).run(ONE_INSTANCE);
    }

    private static Storage losingStarts(Storage behind) {
        return new ForwardingStorage(behind) {
            @Override
            public RunStore runs() {
                return BrokenWays.changing(
                        behind.runs(),
                        commit -> commit instanceof Commit.Start start
                                ? new Commit.Start(ownedByNobody(start.instance()))
                                : commit,
                        answer -> answer instanceof CommitResult.Born ? new CommitResult.Existing() : answer);
            }
        };
    }

    private static NewInstance ownedByNobody(NewInstance instance) {
        return new NewInstance(
                instance.id(),
                instance.route(),
                instance.input(),
                instance.startHash(),
                new NodeId(new UUID(0, instance.id().hashCode())));
    }

    /** A worker that could not ask works, or does not open; it leaves no threads behind. */
    @Test
    void anEngineOpensAlthoughItsReportFails() {
        Simulation.seeds(5)
                .faults()
                .storage(behind -> new ForwardingStorage(behind) {
                    @Override
                    public InstanceStore instances() {
                        return new Unreported(behind.instances());
                    }
                })
                .run(ONE_INSTANCE);
    }

    private record Unreported(InstanceStore behind) implements InstanceStore {
        @Override
        public Optional<InstanceInfo> find(String id) {
            return behind.find(id);
        }

        @Override
        public List<InstanceInfo> list(InstanceQuery query) {
            return behind.list(query);
        }

        @Override
        public List<Outcome> outcomes(Collection<String> ids) {
            return behind.outcomes(ids);
        }

        @Override
        public Optional<Payload> input(String id) {
            return behind.input(id);
        }

        @Override
        public Set<Route> activeRoutes() {
            throw new StorageException(ErrorCode.STORAGE_FAILED, "A fault on purpose", null, true);
        }
    }
}
