/** One run of a workflow in memory: its history, its mailbox, what it writes, and the context that its code sees. */
@NullMarked
package io.romancy.engine.replay;

import org.jspecify.annotations.NullMarked;
