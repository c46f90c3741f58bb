package io.romancy.engine;

import io.romancy.api.Compensation;
import io.romancy.api.WorkflowInfo;
import io.romancy.api.WorkflowQuery;
import io.romancy.api.error.WorkflowNotFoundException;
import io.romancy.engine.replay.RecordKind;
import io.romancy.engine.result.Results;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.error.Check;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.InstanceInfo;
import io.romancy.spi.model.InstanceQuery;
import io.romancy.spi.model.NodeId;
import io.romancy.spi.model.StepRecord;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What can be asked of instances and done to them from outside. */
final class Instances {
    private static final Logger LOG = LoggerFactory.getLogger(Instances.class);

    private final Parts parts;
    private final Joined joined;
    private final Messages messages;
    private final Admission admission;

    Instances(Parts parts, Joined joined, Messages messages, Admission admission) {
        this.parts = parts;
        this.joined = joined;
        this.messages = messages;
        this.admission = admission;
    }

    void require(String call, String remedy) {
        admission.require(call, remedy);
    }

    Messages messages() {
        return messages;
    }

    Results results() {
        return parts.results;
    }

    Joined joined() {
        return joined;
    }

    WorkflowInfo info(String id) {
        return info(find(id));
    }

    private InstanceInfo find(String id) {
        return parts.storage.instances().find(id).orElseThrow(() -> new WorkflowNotFoundException(id));
    }

    /** Pages are read as the stream is consumed; what starts meanwhile is not in it. */
    Stream<WorkflowInfo> list(WorkflowQuery query) {
        return Pages.<InstanceInfo>of(last -> page(query, last == null ? Long.MAX_VALUE : last.run()))
                .map(Instances::info);
    }

    private List<InstanceInfo> page(WorkflowQuery query, long beforeRun) {
        return parts.storage
                .instances()
                .list(new InstanceQuery(query.workflow(), query.statuses(), query.endedAfter(), beforeRun, Pages.SIZE));
    }

    boolean cancel(String id, String reason) {
        Check.text("Cancellation reason", reason);
        var cancel = new Commit.Cancel(id, reason);
        var transaction = joined.current();
        CommitResult result = transaction == null
                ? parts.pipeline.commit(cancel)
                : parts.storage.runs().commit(transaction, List.of(cancel)).get(0);
        if (!accepted(id, result, ErrorCode.INSTANCE_ENDED)) {
            return false;
        }
        if (transaction == null) {
            cancelled(id, reason);
        } else {
            transaction.afterCommit(parts.signals::published);
        }
        return true;
    }

    private void cancelled(String id, String reason) {
        if (parts.worker != null) {
            parts.worker.cancelled(id, reason);
        }
        hint(id);
    }

    /** Tells who may run it. The change is durable: without a word about it, a poll finds the instance. */
    private void hint(String id) {
        try {
            parts.storage.instances().find(id).ifPresent(info -> parts.signals.resumable(id, info.route()));
        } catch (RuntimeException e) {
            LOG.debug("Instance {} is ready, and who may run it is left to find it", id, e);
        }
    }

    boolean retry(String id) {
        joined.refuse("retry", "it changes an instance at once, and a rollback could not undo that");
        CommitResult result = parts.pipeline.commit(
                new Commit.Retry(id, RecordKind.STEP_FAILED.code(), RequestKeys.next(parts.environment.random())));
        if (!accepted(id, result, ErrorCode.RETRY_REFUSED)) {
            return false;
        }
        hint(id);
        return true;
    }

    /** What a refusal of something for this instance is to its caller. */
    static RomancyException refusal(@Nullable String id, RomancyException error) {
        return id != null && error.code() == ErrorCode.INSTANCE_NOT_FOUND ? new WorkflowNotFoundException(id) : error;
    }

    private static boolean accepted(String id, CommitResult result, ErrorCode no) {
        if (result instanceof CommitResult.Refused refused) {
            RomancyException error = refused.error();
            if (error.code() == no) {
                return false;
            }
            throw refusal(id, error);
        }
        return true;
    }

    private static WorkflowInfo info(InstanceInfo info) {
        Set<String> waitsFor = info.waitsFor().stream().map(ChannelName::text).collect(Collectors.toUnmodifiableSet());
        @Nullable NodeId owner = info.owner();
        return new WorkflowInfo(
                info.id(),
                info.route().workflow(),
                info.route().version(),
                info.status(),
                info.cancelReason(),
                info.startedAt(),
                info.dueAt(),
                info.endedAt(),
                waitsFor,
                owner == null ? null : owner.toString(),
                compensation(info.lastKind()));
    }

    private static Compensation compensation(int lastKind) {
        if (!StepRecord.isCompensation(lastKind)) {
            return Compensation.NONE;
        }
        return switch (RecordKind.ofCode(lastKind)) {
            case COMPENSATED -> Compensation.DONE;
            case COMPENSATED_IN_PART -> Compensation.INCOMPLETE;
            case null, default -> Compensation.RUNNING;
        };
    }
}
