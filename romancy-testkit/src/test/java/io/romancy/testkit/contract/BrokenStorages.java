package io.romancy.testkit.contract;

import io.romancy.spi.DispatchResult;
import io.romancy.spi.MessageStore;
import io.romancy.spi.NodeStore;
import io.romancy.spi.OwnedRun;
import io.romancy.spi.Reaped;
import io.romancy.spi.Renewal;
import io.romancy.spi.RunStore;
import io.romancy.spi.Storage;
import io.romancy.spi.StorageCapability;
import io.romancy.spi.Upkeep;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.NodeId;
import io.romancy.spi.model.TopicMode;
import io.romancy.testkit.fault.ForwardingStorage;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Storages that are wrong outside their runs, each in one way that a real one could be. */
final class BrokenStorages {
    private BrokenStorages() {}

    static UnaryOperator<Storage> withRuns(UnaryOperator<RunStore> broken) {
        return behind -> {
            RunStore runs = broken.apply(behind.runs());
            return new ForwardingStorage(behind) {
                @Override
                public RunStore runs() {
                    return runs;
                }
            };
        };
    }

    /** Says that it notifies, and cannot. */
    static Storage boasting(Storage behind) {
        return new ForwardingStorage(behind) {
            @Override
            public Set<StorageCapability> capabilities() {
                Set<StorageCapability> capabilities = new HashSet<>(behind.capabilities());
                capabilities.add(StorageCapability.NOTIFICATIONS);
                return capabilities;
            }
        };
    }

    /** Wakes runs and tells nobody. */
    static Storage silent(Storage behind) {
        return new ForwardingStorage(behind) {
            @Override
            public MessageStore messages() {
                return new MessageStore() {
                    @Override
                    public DispatchResult dispatch(int limit) {
                        var result = behind.messages().dispatch(limit);
                        return new DispatchResult(
                                result.dispatched(), result.dropped(), result.saturated(), false, List.of());
                    }

                    @Override
                    public TopicMode declareTopic(ChannelName topic, TopicMode mode) {
                        return behind.messages().declareTopic(topic, mode);
                    }
                };
            }
        };
    }

    /** Forgets a node that leaves and keeps its runs. */
    static Storage leavingRunsBehind(Storage behind) {
        return new ForwardingStorage(behind) {
            @Override
            public NodeStore nodes() {
                return new WrappedNodes(behind.nodes()) {
                    @Override
                    public void leave(NodeId node) {
                        behind.renew(node, Duration.ofMinutes(30));
                    }
                };
            }
        };
    }

    /** Lets leases end when a test lets time pass. */
    static Storage movingLeases(Storage behind) {
        Set<NodeId> known = new HashSet<>();
        return new ForwardingStorage(behind) {
            @Override
            public NodeStore nodes() {
                return new WrappedNodes(behind.nodes()) {
                    @Override
                    public void join(NodeId node, String label, Duration lease) {
                        known.add(node);
                        behind.join(node, label, lease);
                    }
                };
            }

            @Override
            public Upkeep upkeep() {
                return new Upkeep() {
                    @Override
                    public int purge(Duration retention, int limit) {
                        return behind.upkeep().purge(retention, limit);
                    }

                    @Override
                    public void advanceClock(Duration by) {
                        behind.upkeep().advanceClock(by);
                        known.forEach(behind.nodes()::leave);
                    }
                };
            }
        };
    }

    private static class WrappedNodes implements NodeStore {
        final NodeStore behind;

        WrappedNodes(NodeStore behind) {
            this.behind = behind;
        }

        @Override
        public void join(NodeId node, String label, Duration lease) {
            behind.join(node, label, lease);
        }

        @Override
        public Renewal renew(NodeId node, Duration lease) {
            return behind.renew(node, lease);
        }

        @Override
        public void leave(NodeId node) {
            behind.leave(node);
        }

        @Override
        public Reaped reap(int limit) {
            return behind.reap(limit);
        }

        @Override
        public List<OwnedRun> owned(NodeId node, long afterRun, int limit) {
            return behind.owned(node, afterRun, limit);
        }
    }
}
