/** What belongs to one piece of work in the outside world: how often it is tried, and what it may ask while it runs. */
@NullMarked
package io.romancy.api.activity;

import org.jspecify.annotations.NullMarked;
