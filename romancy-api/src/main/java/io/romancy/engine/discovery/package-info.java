/** What an engine finds when it starts: storages and plugins by ServiceLoader, and the workflows that were registered. */
@NullMarked
package io.romancy.engine.discovery;

import org.jspecify.annotations.NullMarked;
