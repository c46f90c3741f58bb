/** Where messages go: to one instance through its mailbox, or to whoever is subscribed to a topic. */
@NullMarked
package io.romancy.api.channel;

import org.jspecify.annotations.NullMarked;
