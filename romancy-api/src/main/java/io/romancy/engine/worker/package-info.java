/** What makes a process a worker: its lease, its slots, the claims it makes, and the threads that run what was claimed. */
@NullMarked
package io.romancy.engine.worker;

import org.jspecify.annotations.NullMarked;
