/** The relayer: holds lanes of the outbox, hands due events to publishers in the order of their keys, and records what became of them. */
@NullMarked
package io.romancy.engine.outbox;

import org.jspecify.annotations.NullMarked;
