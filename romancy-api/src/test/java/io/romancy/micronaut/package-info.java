@NullMarked
package io.romancy.micronaut;

import org.jspecify.annotations.NullMarked;
