/** The options of an engine: judged once, together, before anything is opened. */
@NullMarked
package io.romancy.engine.config;

import org.jspecify.annotations.NullMarked;
