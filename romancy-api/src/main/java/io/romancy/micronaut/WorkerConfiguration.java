package io.romancy.micronaut;

import io.micronaut.context.annotation.ConfigurationProperties;
import org.jspecify.annotations.Nullable;

/**
 * What this application does for workflows.
 *
 * @param enabled false for a client, which starts, sends and asks. It delivers messages, but runs no workflow, relays no events of the
 *     outbox, and deletes nothing that is old: some worker has to. Default: true
 */
@ConfigurationProperties(RomancyConfiguration.PREFIX + ".worker")
public record WorkerConfiguration(@Nullable Boolean enabled) {}
