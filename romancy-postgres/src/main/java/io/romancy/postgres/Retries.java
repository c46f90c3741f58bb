package io.romancy.postgres;

import static io.romancy.postgres.jooq.Tables.RUN;
import static io.romancy.postgres.jooq.Tables.STEP;
import static io.romancy.postgres.jooq.Tables.SUB;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.substring;

import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.error.StorageException;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.StepRecord;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jooq.DSLContext;
import org.jooq.Field;

/** Lets an instance that is STUCK or FAILED go on: by hand and rarely, so in plain statements and a transaction. */
final class Retries {
    private final Database database;

    Retries(Database database) {
        this.database = database;
    }

    void retry(Item<Commit.Retry> item) {
        try {
            item.answer(database.transactionQuery("Retrying", dsl -> retry(dsl, item.commit())));
        } catch (StorageException e) {
            if (e.code() != ErrorCode.STORAGE_BUSY) {
                throw e;
            }
            item.answer(new CommitResult.Refused(e)); // by itself: others of its batch need no row of this run
        }
    }

    /** Races with other retries and with retention; the lock decides, and the statements after it see what the winner left. */
    private CommitResult retry(DSLContext dsl, Commit.Retry retry) {
        dsl.execute("SET LOCAL lock_timeout = '" + HotStatement.LOCK_TIMEOUT + "'");
        var run = dsl.select(RUN.NO, RUN.STATE, RUN.RETRY, Times.clock())
                .from(RUN)
                .where(RUN.ID.eq(retry.id()))
                .forNoKeyUpdate()
                .fetchOne();
        if (run == null) {
            return Absent.notFound(retry.id());
        }
        if (retry.key().equals(run.value3())) {
            return new CommitResult.Accepted(run.value4().toInstant());
        }
        long no = run.value1();
        var status = InstanceStatus.ofCode(run.value2());
        if (status != InstanceStatus.STUCK && status != InstanceStatus.FAILED) {
            return new CommitResult.Refused(new RomancyException(
                    ErrorCode.RETRY_REFUSED,
                    "Instance '" + retry.id() + "' is " + status + ", and only a STUCK or FAILED one can be retried."
                            + (status.isFinal() ? " Start a new one." : " It goes on by itself.")));
        }
        if (status == InstanceStatus.FAILED) {
            dsl.insertInto(STEP, STEP.RUN, STEP.FENCE, STEP.AT, STEP.POS, STEP.KIND, STEP.NAME, STEP.BODY)
                    .select(select(
                                    RUN.NO,
                                    RUN.FENCE,
                                    RUN.ENDED_AT,
                                    RUN.LAST_POS,
                                    RUN.LAST_KIND,
                                    RUN.LAST_NAME,
                                    RUN.LAST_BODY)
                            .from(RUN)
                            .where(RUN.NO.eq(no))
                            .and(RUN.LAST_POS.isNotNull()))
                    .onConflictDoNothing()
                    .execute();
            Integer lastKind = dsl.select(STEP.KIND)
                    .from(STEP)
                    .where(STEP.RUN.eq(no))
                    .orderBy(STEP.POS.desc())
                    .limit(1)
                    .fetchOne(STEP.KIND);
            if (lastKind != null && StepRecord.isCompensation(lastKind)) {
                return new CommitResult.Refused(new RomancyException(
                        ErrorCode.COMPENSATED,
                        "Instance '" + retry.id() + "' cannot be retried: it failed and then undid what it did. Start"
                                + " another one."));
            }
            dsl.deleteFrom(STEP)
                    .where(STEP.RUN.eq(no))
                    .and(STEP.POS.eq(select(max(STEP.POS)).from(STEP).where(STEP.RUN.eq(no))))
                    .and(STEP.KIND.eq(retry.failedStepKind()))
                    .execute();
            dsl.update(SUB)
                    .set(SUB.CHANNEL, substring(SUB.CHANNEL, RunCommitSql.RESTING.length() + 1))
                    .where(SUB.RUN.eq(no))
                    .and(SUB.CHANNEL.startsWith(RunCommitSql.RESTING))
                    .execute();
        }
        Field<OffsetDateTime> clock = Times.clock();
        Instant at = dsl.update(RUN)
                .set(RUN.STATE, (short) InstanceStatus.READY.code())
                .set(RUN.FENCE, RUN.FENCE.plus(1))
                .set(RUN.RETRY, retry.key())
                .set(RUN.RUN_AT, clock)
                .setNull(RUN.ENDED_AT)
                .setNull(RUN.OUTPUT)
                .setNull(RUN.LAST_POS)
                .setNull(RUN.LAST_KIND)
                .setNull(RUN.LAST_NAME)
                .setNull(RUN.LAST_BODY)
                .where(RUN.NO.eq(no))
                .returningResult(clock)
                .fetchSingle()
                .value1()
                .toInstant();
        return new CommitResult.Accepted(at);
    }
}
