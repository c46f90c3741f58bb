/** Replay tests: recorded histories, run against today's code of their workflows. */
@NullMarked
package io.romancy.testkit.replay;

import org.jspecify.annotations.NullMarked;
