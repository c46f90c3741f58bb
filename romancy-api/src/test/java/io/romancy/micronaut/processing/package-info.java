@NullMarked
package io.romancy.micronaut.processing;

import org.jspecify.annotations.NullMarked;
