/**
 * The loops that look for work: when each poller looks, why, and how it goes on after an error. Knows nothing of how hints arrive, only
 * whether they can be trusted.
 */
@NullMarked
package io.romancy.engine.poll;

import org.jspecify.annotations.NullMarked;
