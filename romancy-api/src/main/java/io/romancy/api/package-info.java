/** What an application calls: it starts workflows, waits for them, sends them messages and asks how they are. */
@NullMarked
package io.romancy.api;

import org.jspecify.annotations.NullMarked;
